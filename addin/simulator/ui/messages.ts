// The list of messages in the chosen folder.

import type { Folder, MailClient } from "../client";
import { htmlToText } from "../item/bodytext";
import type { Item } from "../item/item";
import type { SentItem } from "../mailbox";
import { INBOX, personOf, type Received } from "../people";
import { button, byId, make, redraw } from "./dom";
import { whenOf } from "./when";

interface Entry {
  readonly key: string;
  readonly who: string;
  readonly subject: string;
  readonly preview: string;
  readonly when?: string;
  readonly mark?: string;
  readonly isOpen: boolean;
  readonly open: () => void;
}

export function renderMessages(mail: MailClient): void {
  const { say, mailbox } = mail;
  const names: Readonly<Record<Folder, string>> = { inbox: say("inbox"), drafts: say("drafts"), sent: say("sent") };
  const list = byId("messages");
  list.setAttribute("aria-label", names[mail.folder]);
  redraw(
    list,
    make("h2", {}, names[mail.folder]),
    folder(
      mail,
      "inbox",
      INBOX.map((received) => line({}, ofReceived(mail, received))),
    ),
    folder(
      mail,
      "drafts",
      [...mailbox.drafts].reverse().map((item, index) => line({}, ofDraft(mail, item, index))),
    ),
    folder(
      mail,
      "sent",
      [...mailbox.sent].reverse().map((sent, index) => line({ "data-how": sent.how }, ofSent(mail, sent, index))),
    ),
  );
}

// All folders are in the page, and only the chosen one is shown.
function folder(mail: MailClient, id: Folder, lines: readonly HTMLElement[]): HTMLElement {
  const hidden = mail.folder !== id;
  return lines.length > 0
    ? make("ul", { id, hidden }, ...lines)
    : make("p", { class: "empty", hidden }, mail.say("empty"));
}

function ofReceived(mail: MailClient, received: Received): Entry {
  return {
    key: received.id,
    who: received.from.name,
    subject: received.subject,
    preview: previewOf(received.html),
    when: whenOf(arrivalOf(received), mail.host.language),
    isOpen: mail.reading === received,
    open: () => mail.read(received),
  };
}

function arrivalOf({ daysAgo, clock }: Received): number {
  const day = new Date();
  day.setDate(day.getDate() - daysAgo);
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return day.setHours(hours, minutes, 0, 0);
}

function ofDraft(mail: MailClient, item: Item, index: number): Entry {
  const people = (["to", "cc", "bcc"] as const).flatMap((field) => item.recipients(field)).map(({ name }) => name);
  return {
    key: `draft ${String(index)}`,
    who: people.length > 0 ? people.join("; ") : mail.say("noOne"),
    subject: titleOf(mail, item.subject),
    preview: item.bodyType === "html" ? previewOf(item.body) : item.body,
    isOpen: mail.item === item,
    open: () => mail.openDraft(item),
  };
}

function ofSent(mail: MailClient, sent: SentItem, index: number): Entry {
  return {
    key: `sent ${String(index)}`,
    who: [...sent.to, ...sent.cc, ...sent.bcc].map((address) => personOf(address).name).join("; "),
    subject: titleOf(mail, sent.subject),
    preview: sent.bodyType === "html" ? previewOf(sent.body) : sent.body,
    when: whenOf(sent.sentAt, mail.host.language),
    ...(sent.how !== "checked" && { mark: mail.say("deliveredUnchecked") }),
    isOpen: mail.reading === sent,
    open: () => mail.read(sent),
  };
}

function line(attributes: Readonly<Record<string, string>>, entry: Entry): HTMLElement {
  const text = make(
    "span",
    { class: "entry-text" },
    make("span", { class: "who" }, entry.who),
    make("span", { class: "when" }, entry.when ?? ""),
    make("span", { class: "subject" }, entry.subject),
    make("span", { class: "preview" }, entry.preview),
  );
  if (entry.mark !== undefined) {
    text.append(make("span", { class: "mark" }, entry.mark));
  }
  const element = button("", entry.open, {
    class: "entry",
    "data-key": entry.key,
    "aria-current": entry.isOpen ? "true" : undefined,
  });
  element.append(avatarOf(entry.who), text);
  return make("li", attributes, element);
}

const COLOURS = 5;

/** A round badge with the initials of `name`. */
export function avatarOf(name: string): HTMLElement {
  const initials = name
    .split(/[\s,@.]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("")
    .toUpperCase();
  const colour = Array.from(name, (letter) => letter.charCodeAt(0)).reduce((sum, code) => sum + code, 0) % COLOURS;
  return make("span", { class: "avatar", "data-colour": String(colour), "aria-hidden": "true" }, initials);
}

function previewOf(html: string): string {
  return htmlToText(html).replace(/\s+/g, " ").slice(0, 120);
}

export function titleOf(mail: MailClient, subject: string): string {
  return subject === "" ? mail.say("noSubject") : subject;
}
