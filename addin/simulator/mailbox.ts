// The folders, and new items that start from them.

import type { Language } from "./host/context";
import { readRecipients } from "./item/addresses";
import { textToHtml } from "./item/bodytext";
import {
  Item,
  RECIPIENT_FIELDS,
  type AttachmentStart,
  type BodyType,
  type ComposeType,
  type ItemKind,
  type Recipient,
  type RecipientField,
} from "./item/item";
import { personOf, INBOX, ME, type Person, type Received } from "./people";
import { say } from "./texts";

/** Why a sent item passed the add-in. */
export type SentHow =
  /** The add-in allowed it. */
  | "checked"
  /** The user chose "Send anyway". */
  | "send-anyway"
  /** No add-in was asked. */
  | "unchecked";

export interface SentItem {
  readonly kind: ItemKind;
  readonly how: SentHow;
  readonly from: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly body: string;
  readonly bodyType: BodyType;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** It waits until then. */
  readonly scheduledFor?: number;
}

/** The initial content of a new mail or meeting. Recipients as people type them: `"Name <address>"` or `"address"`. */
export interface ComposeRequest {
  readonly kind?: ItemKind;
  readonly from?: string;
  readonly subject?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly body?: string;
  readonly bodyType?: BodyType;
  readonly attachments?: readonly AttachmentStart[];
  /** Replies to or forwards this mail of the inbox; the other properties override its content. */
  readonly respond?: { readonly to: string; readonly how: "reply" | "reply-all" | "forward" };
}

/** The cancellation of a meeting that was sent. */
export function cancellationOf(sent: SentItem, language: Language): Item {
  return new Item({
    kind: "appointment",
    composeType: "newMail",
    from: personOf(sent.from),
    subject: say(language, "cancelledPrefix") + sent.subject,
    recipients: { to: sent.to.flatMap(toRecipients), cc: sent.cc.flatMap(toRecipients) },
    body: sent.body,
    bodyType: sent.bodyType,
    cancels: true,
  });
}

export class Mailbox {
  readonly sent: SentItem[] = [];
  readonly drafts: Item[] = [];

  create(request: ComposeRequest, language: Language): Item {
    const base =
      request.respond === undefined
        ? emptyStart()
        : respondTo(receivedMail(request.respond.to), request.respond.how, language);
    const recipients = Object.fromEntries(
      RECIPIENT_FIELDS.map((field) => [
        field,
        request[field] === undefined ? base.recipients[field] : request[field].flatMap(toRecipients),
      ]),
    );
    return new Item({
      kind: request.kind ?? "message",
      composeType: base.composeType,
      from: request.from === undefined ? ME : personOf(request.from),
      subject: request.subject ?? base.subject,
      recipients,
      body: request.body ?? base.body,
      bodyType: request.bodyType ?? "html",
      attachments: request.attachments ?? [],
    });
  }

  saveDraft(item: Item): void {
    item.saved = true;
    if (!this.drafts.includes(item)) {
      this.drafts.push(item);
    }
  }

  removeDraft(item: Item): void {
    const at = this.drafts.indexOf(item);
    if (at !== -1) {
      this.drafts.splice(at, 1);
    }
  }

  deliver(item: Item, how: SentHow): SentItem {
    this.removeDraft(item);
    const addresses = (field: RecipientField): string[] => item.recipients(field).map(({ address }) => address);
    const sent: SentItem = {
      kind: item.kind,
      how,
      from: item.from.address,
      subject: item.subject,
      to: addresses("to"),
      cc: addresses("cc"),
      bcc: addresses("bcc"),
      body: item.body,
      bodyType: item.bodyType,
      headers: Object.fromEntries(item.internetHeaders),
      sentAt: Date.now(),
      ...(item.scheduledFor !== undefined && { scheduledFor: item.scheduledFor }),
    };
    this.sent.push(sent);
    return sent;
  }
}

function receivedMail(id: string): Received {
  const received = INBOX.find((mail) => mail.id === id);
  if (received === undefined) {
    throw new Error(`The inbox has no mail "${id}".`);
  }
  return received;
}

export function toRecipients(typed: string): Recipient[] {
  return readRecipients(typed).map(({ name, address }) =>
    address === "" ? { name, address, kind: "other", resolved: false } : { ...personOf(address, name), resolved: true },
  );
}

interface Base {
  composeType: ComposeType;
  subject: string;
  body: string;
  recipients: Record<RecipientField, Recipient[]>;
}

function emptyStart(): Base {
  return { composeType: "newMail", subject: "", body: "", recipients: { to: [], cc: [], bcc: [] } };
}

/** The header that Outlook puts before the mail that is answered. */
function headerOf({ from, to, subject, daysAgo, clock }: Received, language: Language): string {
  const day = new Date(Date.now() - daysAgo * 86_400_000).toLocaleDateString(language, { dateStyle: "long" });
  const lines: [Parameters<typeof say>[1], string][] = [
    ["from", from.name],
    ["sent", `${day} ${clock}`],
    ["to", to.map(({ name }) => name).join("; ")],
    ["subject", subject],
  ];
  return lines.map(([key, value]) => `<b>${say(language, key)}:</b> ${textToHtml(value)}`).join("<br>");
}

function respondTo(received: Received, how: "reply" | "reply-all" | "forward", language: Language): Base {
  const others = (people: readonly Person[]): Recipient[] =>
    people.filter(({ address }) => address !== ME.address).map((person) => ({ ...person, resolved: true }));
  const quote = `<p><br></p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${headerOf(received, language)}</div>${received.html}`;
  if (how === "forward") {
    return {
      composeType: "forward",
      subject: say(language, "forwardPrefix") + received.subject,
      body: quote,
      recipients: { to: [], cc: [], bcc: [] },
    };
  }
  const to = others(how === "reply" ? [received.from] : [received.from, ...received.to]);
  const cc = how === "reply" ? [] : others(received.cc);
  return {
    composeType: "reply",
    subject: say(language, "replyPrefix") + received.subject,
    body: quote,
    recipients: { to, cc, bcc: [] },
  };
}
