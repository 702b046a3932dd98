// The only module that names Office. Everything goes by callbacks: in the runtime of classic Outlook before version
// 2403 an add-in that waits for promises times out (Microsoft: "Troubleshoot event-based and spam-reporting add-ins").

import { ask, type Answer, type Call, type Reader, type Reply } from "./answer";
import type { Field, Recipient, RecipientKind } from "./contract";

/** The key of the one bar that Sendvagt ever shows. */
const BAR = "sendvagt";
/** Where the question that the user was asked is kept while the item is open. */
const ASKED = "sendvagt.asked";

type Item = Office.MessageCompose & Office.AppointmentCompose;

function item(): Item {
  const found = Office.context.mailbox.item as Item | undefined;
  if (found === undefined) {
    throw new Error("no item is open");
  }
  return found;
}

const text: Reader<string> = (value) => (typeof value === "string" ? value : undefined);
const anything: Reader<true> = () => true;

/** The call, with the answer of Office's own shape. */
function officeCall(call: (done: (result: Office.AsyncResult<unknown>) => void) => void): Call {
  return (done) => {
    call((result) => {
      done({ status: result.status, value: result.value });
    });
  };
}

// What the client can do ------------------------------------------------------------------------------------------

/** Does the client have a requirement set of Mailbox, such as `1.14`? */
export function supports(version: string): boolean {
  try {
    return Office.context.requirements.isSetSupported("Mailbox", version);
  } catch {
    return false;
  }
}

/** The client's language tag; empty where it tells none. */
export function locale(): string {
  try {
    return Office.context.displayLanguage;
  } catch {
    return "";
  }
}

/** Is the open item an appointment? It throws when no item is open. */
export function isAppointment(): boolean {
  return item().itemType === "appointment";
}

/** Makes a handler known under the name that the manifest has for it. */
export function associate(name: string, handler: (event: Office.AddinCommands.Event) => void): void {
  Office.actions.associate(name, handler);
}

/** Tells Office that the page is ready for events. */
export function ready(then: () => void): void {
  void Office.onReady(then);
}

// Reading the draft -----------------------------------------------------------------------------------------------

export function readSubject(reply: Reply<string>): void {
  ask(officeCall((done) => { item().subject.getAsync(done); }), text, reply);
}

/** The fields that recipients stand in, of a message and of an appointment. */
export function fields(): Field[] {
  return isAppointment() ? ["required", "optional"] : ["to", "cc", "bcc"];
}

function recipientsOf(field: Field): Office.Recipients {
  const found = item();
  switch (field) {
    case "to":
      return found.to;
    case "cc":
      return found.cc;
    case "bcc":
      return found.bcc;
    case "required":
      return found.requiredAttendees;
    case "optional":
      return found.optionalAttendees;
  }
}

export function readRecipients(field: Field, reply: Reply<Recipient[]>): void {
  const read: Reader<Recipient[]> = (value) => (Array.isArray(value) ? value.map((one) => recipient(field, one)) : undefined);
  ask(officeCall((done) => { recipientsOf(field).getAsync(done); }), read, reply);
}

/** It throws when it is none, which makes the whole answer nonsense. */
function recipient(field: Field, value: unknown): Recipient {
  const { emailAddress, displayName, recipientType } = value as Partial<Office.EmailAddressDetails>;
  if (typeof emailAddress !== "string") {
    throw new TypeError("a recipient without an address");
  }
  return { field, address: emailAddress, name: typeof displayName === "string" ? displayName : "", kind: kind(recipientType) };
}

function kind(type: unknown): RecipientKind {
  switch (type) {
    case "distributionList":
      return "list";
    case "user":
      return "user";
    case "externalUser":
      return "external";
    default:
      return "other";
  }
}

/** The address the item is sent from. */
export function readFrom(reply: Reply<string>): void {
  const read: Reader<string> = (value) => text((value as Partial<Office.EmailAddressDetails> | null)?.emailAddress);
  ask(
    officeCall((done) => {
      const sender = isAppointment() ? item().organizer : item().from;
      sender.getAsync(done);
    }),
    read,
    reply,
  );
}

/** The ids of the sensitivity labels; none where the client has no labels. */
export function readLabels(reply: Reply<string[]>): void {
  if (!supports("1.13")) {
    reply({ ok: true, value: [] });
    return;
  }
  const read: Reader<string[]> = (value) => (value === null || value === "" ? [] : typeof value === "string" ? [value] : undefined);
  ask(officeCall((done) => { item().sensitivityLabel.getAsync(done); }), read, reply);
}

/** The internet headers of these names; none on an appointment, and none where the client has no headers. */
export function readHeaders(names: string[], reply: Reply<Record<string, string>>): void {
  if (!supports("1.8") || isAppointment()) {
    reply({ ok: true, value: {} });
    return;
  }
  const read: Reader<Record<string, string>> = (value) =>
    typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string")
      ? (value as Record<string, string>)
      : undefined;
  ask(officeCall((done) => { item().internetHeaders.getAsync(names, done); }), read, reply);
}

/** The mark of the question asked at the Send before this one. */
export function readAsked(reply: Reply<string>): void {
  ask(officeCall((done) => { item().sessionData.getAsync(ASKED, done); }), text, reply);
}

export function writeAsked(mark: string, reply: Reply<true>): void {
  ask(officeCall((done) => { item().sessionData.setAsync(ASKED, mark, done); }), anything, reply);
}

// Showing ---------------------------------------------------------------------------------------------------------

/** The control in the manifest that opens the task pane for the open item. */
export function paneCommand(): string {
  return isAppointment() ? "SendvagtPaneAppointment" : "SendvagtPaneMessage";
}

/** Shows the bar, in the place of the one before. `action` is the label of the link to the task pane. */
export function showBar(message: string, action: string, reply: Reply<true>): void {
  ask(
    officeCall((done) => {
      item().notificationMessages.replaceAsync(BAR, bar(message, action), done);
    }),
    anything,
    reply,
  );
}

function bar(message: string, action: string): Office.NotificationMessageDetails {
  const icon = "Icon.16";
  if (!supports("1.10")) {
    return { type: "informationalMessage", message, icon, persistent: true };
  }
  return {
    type: "insightMessage",
    message,
    icon,
    actions: [
      {
        actionType: "showTaskPane",
        actionText: action,
        commandId: paneCommand(),
        contextData: JSON.stringify({ from: "bar" }),
      },
    ],
  };
}

/** Takes the bar away. That there is none is no fault. */
export function removeBar(reply: Reply<true>): void {
  ask(officeCall((done) => { item().notificationMessages.removeAsync(BAR, done); }), anything, reply);
}

// For the task pane -----------------------------------------------------------------------------------------------

export function writeSubject(subject: string, reply: Reply<true>): void {
  ask(officeCall((done) => { item().subject.setAsync(subject, done); }), anything, reply);
}

/** One call takes 100 recipients; the first sets the field, each further one adds to it. */
const A_CALL = 100;

export function writeRecipients(field: Field, list: Recipient[], reply: Reply<true>): void {
  const details = list.map(({ address, name }) => ({ emailAddress: address, displayName: name ?? "" }));
  const step = (from: number) => {
    const part = details.slice(from, from + A_CALL) as Office.EmailAddressDetails[];
    const write = officeCall((done) => {
      const recipients = recipientsOf(field);
      if (from === 0) {
        recipients.setAsync(part, done);
      } else {
        recipients.addAsync(part, done);
      }
    });
    ask(write, anything, (answer) => {
      if (answer.ok && from + A_CALL < details.length) {
        step(from + A_CALL);
      } else {
        reply(answer);
      }
    });
  };
  step(0);
}

export type BodyType = "text" | "html";

export function readBodyType(reply: Reply<BodyType>): void {
  const read: Reader<BodyType> = (value) => (value === "text" || value === "html" ? value : undefined);
  ask(officeCall((done) => { item().body.getTypeAsync(done); }), read, reply);
}

export function readBody(type: BodyType, reply: Reply<string>): void {
  ask(officeCall((done) => { item().body.getAsync(type, done); }), text, reply);
}

export function writeBody(content: string, type: BodyType, reply: Reply<true>): void {
  ask(
    officeCall((done) => { item().body.setAsync(content, { coercionType: type }, done); }),
    anything,
    reply,
  );
}

export function prependBody(content: string, type: BodyType, reply: Reply<true>): void {
  ask(
    officeCall((done) => { item().body.prependAsync(content, { coercionType: type }, done); }),
    anything,
    reply,
  );
}

/** Runs when a recipient is added or taken away while the page is open. */
export function onRecipientsChanged(run: () => void, reply: Reply<true>): void {
  ask(officeCall((done) => { item().addHandlerAsync("olkRecipientsChanged", run, done); }), anything, reply);
}

/** Is Outlook's theme dark? `undefined` where Outlook does not tell. */
export function darkTheme(): boolean | undefined {
  try {
    const background = (Office.context.officeTheme as Office.OfficeTheme | undefined)?.bodyBackgroundColor;
    const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(background ?? "");
    if (channels === null) {
      return undefined;
    }
    const [, red = "ff", green = "ff", blue = "ff"] = channels;
    return 0.299 * parseInt(red, 16) + 0.587 * parseInt(green, 16) + 0.114 * parseInt(blue, 16) < 128;
  } catch {
    return undefined;
  }
}

/** The version of the client, for the page that IT asks a user to read out. */
export function clientVersion(): string {
  try {
    const { hostName, hostVersion } = Office.context.mailbox.diagnostics;
    return `${hostName} ${hostVersion}`;
  } catch {
    return "";
  }
}

/** A call as a promise, for pages that have promises. It never rejects. */
export function promised<T>(call: (reply: Reply<T>) => void): Promise<Answer<T>> {
  return new Promise((resolve) => {
    try {
      call(resolve);
    } catch {
      resolve({ ok: false, reason: "threw" });
    }
  });
}
