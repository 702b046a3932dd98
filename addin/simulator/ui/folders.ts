// The folders beside the form: inbox, drafts and sent mail.

import type { MailClient } from "../client";
import type { SentItem } from "../mailbox";
import { INBOX, type Received } from "../people";
import { button, byId, make } from "./dom";
import { answerButtons, renderReceivedMail, renderSentMail } from "./reading";

export function renderFolders(mail: MailClient): void {
  byId("folders").replaceChildren(
    make(
      "div",
      { class: "new-buttons" },
      button(mail.say("newMessage"), () => mail.compose(), { id: "new-message", class: "primary" }),
      button(mail.say("newAppointment"), () => mail.compose({ kind: "appointment" }), { id: "new-appointment" }),
    ),
    folder(
      "inbox",
      mail.say("inbox"),
      INBOX.map((received) => renderReceived(mail, received)),
      mail,
    ),
    folder(
      "drafts",
      mail.say("drafts"),
      mail.mailbox.drafts.map((item) =>
        make(
          "li",
          {},
          button(title(mail, item.subject), () => mail.openDraft(item), { class: "entry" }),
        ),
      ),
      mail,
    ),
    folder(
      "sent",
      mail.say("sent"),
      [...mail.mailbox.sent].reverse().map((sent) => renderSent(mail, sent)),
      mail,
    ),
  );
}

function folder(id: string, name: string, entries: readonly HTMLElement[], mail: MailClient): HTMLElement {
  const list = entries.length > 0 ? make("ul", { id }, ...entries) : make("p", { class: "empty" }, mail.say("empty"));
  return make(
    "section",
    { "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, name, " ", make("span", { class: "count" }, String(entries.length))),
    list,
  );
}

function renderReceived(mail: MailClient, received: Received): HTMLElement {
  return make(
    "li",
    {},
    make("span", { class: "who" }, received.from.name),
    button(received.subject, () => mail.show(renderReceivedMail(mail, received)), { class: "entry" }),
    make("span", { class: "answers" }, ...answerButtons(mail, received)),
  );
}

function renderSent(mail: MailClient, sent: SentItem): HTMLElement {
  const entry = make(
    "li",
    { "data-how": sent.how },
    make("span", { class: "who" }, [...sent.to, ...sent.cc, ...sent.bcc].join("; ")),
    button(title(mail, sent.subject), () => mail.show(renderSentMail(mail, sent)), { class: "entry" }),
  );
  if (sent.how !== "checked") {
    entry.append(make("span", { class: "mark" }, mail.say("deliveredUnchecked")));
  }
  return entry;
}

function title(mail: MailClient, subject: string): string {
  return subject === "" ? mail.say("noSubject") : subject;
}
