// The one module that talks to Office.js.
//
// It works with callbacks, and needs neither promises, timers nor a document: classic Outlook before version 2403 runs
// launch scripts in a bare engine in which promise jobs cannot be trusted. What a call gives is unknown until it is
// read: each one can fail, throw, never answer, answer twice or answer with something else.

import type { Field, Recipient, RecipientKind } from "../contract";
import { after } from "./timer";

/**
 * What became of a call. `failed`: Office said so. `threw`: the call could not even be made. `late`: no answer within
 * {@link CALL_LIMIT}. `nonsense`: the answer has another type than Office documents.
 */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: "failed" | "threw" | "late" | "nonsense" };

/** Receives the answer to a call, once. */
export type Then<T> = (answer: Answer<T>) => void;

/** Ends the wait for an answer. A call that was not made yet is not made any more; an answer that comes goes nowhere. */
export type GiveUp = () => void;

export type Item = "message" | "appointment";

/** How long a call may take, in milliseconds. */
export const CALL_LIMIT = 2000;

/** Outlook on the web, new Outlook and mobile refuse a fourth call while three are under way. */
const CALLS_AT_ONCE = 3;

/** How many recipients Outlook takes in one call. */
const RECIPIENTS_PER_CALL = 100;

/** Where the mark of a question is kept between two sends of the same draft. */
const ASKED = "sendvagt.asked";

/** The key of the information bar that tells of a draft. */
const BAR = "sendvagt";

/** The id of the bar's icon in the manifest. */
const BAR_ICON = "Icon.16";

// ---- Calls ----------------------------------------------------------------------------------------------------------

type Callback = (result: unknown) => void;
type Reader<T> = (value: unknown) => T | undefined;

const waiting: (() => void)[] = [];
let underWay = 0;

function startNext(): void {
  const start = underWay < CALLS_AT_ONCE ? waiting.shift() : undefined;
  if (start !== undefined) {
    underWay += 1;
    start();
  }
}

/** Makes a call when there is room for it; `first` puts it before those that wait. */
function call<T>(begin: (callback: Callback) => void, read: Reader<T>, then: Then<T>, first = false): GiveUp {
  let open = true;
  let stopWaiting: (() => void) | undefined;
  const close = () => {
    const closes = open;
    open = false;
    if (closes && stopWaiting !== undefined) {
      stopWaiting();
      // A call that is late gives up its place too: otherwise three of them would block all others for good.
      underWay -= 1;
    }
    return closes;
  };
  const settle = (answer: Answer<T>) => {
    if (close()) {
      try {
        then(answer);
      } finally {
        startNext();
      }
    }
  };
  const start = () => {
    stopWaiting = after(CALL_LIMIT, () => {
      settle({ ok: false, reason: "late" });
    });
    try {
      begin((result) => {
        settle(answerIn(result, read));
      });
    } catch {
      settle({ ok: false, reason: "threw" });
    }
  };
  if (first) {
    waiting.unshift(start);
  } else {
    waiting.push(start);
  }
  startNext();
  return () => {
    if (close()) {
      const place = waiting.indexOf(start);
      if (place >= 0) {
        waiting.splice(place, 1);
      }
      startNext();
    }
  };
}

function answerIn<T>(result: unknown, read: Reader<T>): Answer<T> {
  if (!isObject(result)) {
    return { ok: false, reason: "nonsense" };
  }
  if (result["status"] === "failed") {
    return { ok: false, reason: "failed" };
  }
  const value = result["status"] === "succeeded" ? readOrNone(read, result["value"]) : undefined;
  return value === undefined ? { ok: false, reason: "nonsense" } : { ok: true, value };
}

function readOrNone<T>(read: Reader<T>, value: unknown): T | undefined {
  try {
    return read(value);
  } catch {
    return undefined;
  }
}

/** A call's answer as a promise, for the task pane. */
export function promised<T>(call: (then: Then<T>) => void): Promise<Answer<T>> {
  return new Promise((resolve) => {
    call(resolve);
  });
}

/** Asks Office for something it has at hand, and gives undefined where it throws. */
function atHand(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

// ---- Readers --------------------------------------------------------------------------------------------------------

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const string: Reader<string> = (value) => (typeof value === "string" ? value : undefined);

/** For calls whose answer has no value. */
const done: Reader<true> = () => true;

const bodyKind: Reader<"text" | "html"> = (value) => (value === "text" || value === "html" ? value : undefined);

const address: Reader<string> = (value) => (isObject(value) ? string(value["emailAddress"]) : undefined);

/** No label comes as an empty string, and from some clients as no value. */
const labels: Reader<string[]> = (value) => {
  if (value === undefined || value === null || value === "") {
    return [];
  }
  return typeof value === "string" ? [value] : undefined;
};

const headers: Reader<Record<string, string>> = (value) => {
  if (!isObject(value)) {
    return undefined;
  }
  const found: Record<string, string> = {};
  for (const name of Object.keys(value)) {
    const content = value[name];
    if (typeof content !== "string") {
      return undefined;
    }
    found[name] = content;
  }
  return found;
};

const KINDS: readonly (readonly [string, RecipientKind])[] = [
  ["distributionList", "list"],
  ["user", "user"],
  ["externalUser", "external"],
];

function recipientsIn(field: Field): Reader<Recipient[]> {
  return (value) => {
    if (!Array.isArray(value)) {
      return undefined;
    }
    const found: Recipient[] = [];
    for (const one of value) {
      const recipient = recipientIn(field, one);
      if (recipient === undefined) {
        return undefined;
      }
      found.push(recipient);
    }
    return found;
  };
}

function recipientIn(field: Field, value: unknown): Recipient | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  // A private distribution list has no address; the engine lists it as one it could not judge.
  const address = string(value["emailAddress"] ?? "");
  if (address === undefined) {
    return undefined;
  }
  const kind = KINDS.find(([type]) => type === value["recipientType"])?.[1] ?? "other";
  const name = string(value["displayName"]);
  return name === undefined ? { field, address, kind } : { field, address, name, kind };
}

// ---- The draft ------------------------------------------------------------------------------------------------------

function message(): Office.MessageCompose {
  return Office.context.mailbox.item as unknown as Office.MessageCompose;
}

function appointment(): Office.AppointmentCompose {
  return Office.context.mailbox.item as unknown as Office.AppointmentCompose;
}

function recipientsOf(field: Field): Office.Recipients {
  switch (field) {
    case "to":
      return message().to;
    case "cc":
      return message().cc;
    case "bcc":
      return message().bcc;
    case "required":
      return appointment().requiredAttendees;
    case "optional":
      return appointment().optionalAttendees;
  }
}

/** Is the open draft a message or an appointment? Undefined when there is none or Office does not say. */
export function item(): Item | undefined {
  const kind = atHand(() => message().itemType);
  return kind === "message" || kind === "appointment" ? kind : undefined;
}

export function readSubject(then: Then<string>): GiveUp {
  return call((callback) => { message().subject.getAsync(callback); }, string, then);
}

export function readRecipients(field: Field, then: Then<Recipient[]>): GiveUp {
  return call((callback) => { recipientsOf(field).getAsync(callback); }, recipientsIn(field), then);
}

/** The address that a message is sent from, or an appointment's organizer's. Needs Mailbox 1.7. */
export function readFrom(kind: Item, then: Then<string>): GiveUp {
  const from = () => (kind === "message" ? message().from : appointment().organizer);
  return call((callback) => { from().getAsync(callback); }, address, then);
}

/** The ids of the draft's sensitivity labels; none where the organisation has switched labels off. Needs Mailbox 1.13. */
export function readLabels(then: Then<string[]>): GiveUp {
  const enabled: Reader<boolean> = (value) => (typeof value === "boolean" ? value : undefined);
  let second: GiveUp | undefined;
  const first = call((callback) => { Office.context.sensitivityLabelsCatalog.getIsEnabledAsync(callback); }, enabled, (answer) => {
    if (answer.ok && answer.value) {
      second = call((callback) => { message().sensitivityLabel.getAsync(callback); }, labels, then);
    } else {
      then(answer.ok ? { ok: true, value: [] } : answer);
    }
  });
  return () => {
    first();
    second?.();
  };
}

/** Those of the named internet headers that the message has. Needs Mailbox 1.8. */
export function readHeaders(names: string[], then: Then<Record<string, string>>): GiveUp {
  return call((callback) => { message().internetHeaders.getAsync(names, callback); }, headers, then);
}

/** The mark of the last question. Fails when none was asked. Needs Mailbox 1.11. */
export function readAsked(then: Then<string>): GiveUp {
  return call((callback) => { message().sessionData.getAsync(ASKED, callback); }, string, then);
}

/** Keeps the mark of a question. It goes before calls that wait, since an answer to the user waits for it. */
export function writeAsked(mark: string, then: Then<true>): GiveUp {
  return call((callback) => { message().sessionData.setAsync(ASKED, mark, callback); }, done, then, true);
}

// ---- The client -----------------------------------------------------------------------------------------------------

/** Does the client have a Mailbox requirement set, such as `1.14`? Undefined when Office does not say. */
export function supports(version: string): boolean | undefined {
  const answer = atHand(() => Office.context.requirements.isSetSupported("Mailbox", version));
  return typeof answer === "boolean" ? answer : undefined;
}

/** The locale of the client's own texts, such as `da-DK`; empty when Office does not say. */
export function locale(): string {
  return string(atHand(() => Office.context.displayLanguage)) ?? "";
}

/** Is it Outlook on a phone or a tablet? */
export function mobile(): boolean {
  const names = [
    atHand(() => Office.context.platform),
    atHand(() => Office.context.diagnostics.platform),
    atHand(() => Office.context.mailbox.diagnostics.hostName),
  ];
  return names.some((name) => typeof name === "string" && /^(outlook)?(ios|android)$/i.test(name));
}

/** The client's name and version, as it tells them; empty when Office does not say. */
export function version(): string {
  const parts = [atHand(() => Office.context.mailbox.diagnostics.hostName), atHand(() => Office.context.mailbox.diagnostics.hostVersion)];
  return parts.filter((part) => typeof part === "string").join(" ");
}

/** Are the client's colours dark? Undefined when Office does not say. */
export function dark(): boolean | undefined {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(string(theme()?.bodyBackgroundColor) ?? "");
  if (channels === null) {
    return undefined;
  }
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => parseInt(channel, 16));
  // The brightness that a colour has to the eye (ITU-R BT.601).
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** The client's colours; undefined when Office does not say. */
export function theme(): Office.OfficeTheme | undefined {
  const found = atHand(() => Office.context.officeTheme);
  return isObject(found) ? (found as unknown as Office.OfficeTheme) : undefined;
}

/** Calls when Office.js is ready. Classic Outlook's launch runtime never calls. False when there is no Office.js. */
export function ready(then: () => void): boolean {
  try {
    void Office.onReady(() => {
      then();
    });
    return true;
  } catch {
    return false;
  }
}

/** Tells Office which function stands behind each name in the manifest. False when one could not be told. */
export function associate(handlers: Record<string, (event: never) => void>): boolean {
  let told = true;
  for (const name of Object.keys(handlers)) {
    try {
      Office.actions.associate(name, handlers[name] as (event?: unknown) => void);
    } catch {
      told = false;
    }
  }
  return told;
}

// ---- The information bar --------------------------------------------------------------------------------------------

export interface Bar {
  /** At most 150 UTF-16 code units. */
  text: string;
  /** The bar's one button, which opens the task pane. Needs Mailbox 1.10 and is not for mobile clients. */
  button?: {
    /** At most 30 UTF-16 code units. */
    text: string;
    /** The id of the task pane's command in the manifest. */
    command: string;
    /** What the task pane gets as its initialization context. */
    context: string;
  };
}

/** Shows the bar in the place of the one before it that has the same key. */
export function showBar(bar: Bar, then: Then<true>, key = BAR): void {
  const details = barDetails(bar);
  call((callback) => { message().notificationMessages.replaceAsync(key, details, callback); }, done, then);
}

function barDetails({ text, button }: Bar): Office.NotificationMessageDetails {
  if (button === undefined) {
    return { type: "informationalMessage", message: text, icon: BAR_ICON, persistent: true };
  }
  const action = {
    actionType: "showTaskPane",
    actionText: button.text,
    commandId: button.command,
    contextData: button.context,
  };
  return { type: "insightMessage", message: text, icon: BAR_ICON, actions: [action] };
}

/** Takes the bar away. Fails when there is none. */
export function removeBar(then: Then<true>, key = BAR): void {
  call((callback) => { message().notificationMessages.removeAsync(key, callback); }, done, then);
}

// ---- For the task pane ----------------------------------------------------------------------------------------------

/** At most 255 UTF-16 code units. */
export function writeSubject(subject: string, then: Then<true>): void {
  call((callback) => { message().subject.setAsync(subject, callback); }, done, then);
}

/** Puts these recipients in the place of all that stand in a field. When a later part of a long list fails, the first stands. */
export function writeRecipients(field: Field, list: readonly Recipient[], then: Then<true>): void {
  const users = list.map(({ address, name }) => ({ emailAddress: address, displayName: name ?? address }));
  const write = (from: number) => {
    const part = users.slice(from, from + RECIPIENTS_PER_CALL);
    const begin = (callback: Callback) => {
      if (from === 0) {
        recipientsOf(field).setAsync(part, callback);
      } else {
        recipientsOf(field).addAsync(part, callback);
      }
    };
    call(begin, done, (answer) => {
      const next = from + RECIPIENTS_PER_CALL;
      if (answer.ok && next < users.length) {
        write(next);
      } else {
        then(answer);
      }
    });
  };
  write(0);
}

export type BodyKind = "text" | "html";

export function bodyType(then: Then<BodyKind>): void {
  call((callback) => { message().body.getTypeAsync(callback); }, bodyKind, then);
}

/** Puts text or HTML before the body. */
export function prependBody(content: string, kind: BodyKind, then: Then<true>): void {
  call((callback) => { message().body.prependAsync(content, { coercionType: kind }, callback); }, done, then);
}

/** The whole body, with the mails quoted in it. */
export function readBody(kind: BodyKind, then: Then<string>): void {
  call((callback) => { message().body.getAsync(kind, callback); }, string, then);
}

/** Puts text or HTML in the place of the whole body: at most 1,000,000 UTF-16 code units. */
export function writeBody(content: string, kind: BodyKind, then: Then<true>): void {
  call((callback) => { message().body.setAsync(content, { coercionType: kind }, callback); }, done, then);
}

/** What the button that opened the task pane handed over; empty when it was not opened by one. Needs Mailbox 1.8. */
export function initializationContext(then: Then<string>): void {
  const read: Reader<string> = (value) => string(value ?? "");
  call((callback) => { message().getInitializationContextAsync(callback); }, read, then);
}

/** A value in the mailbox's roaming settings; undefined when there is none or Office does not say. */
export function setting(name: string): unknown {
  return atHand(() => Office.context.roamingSettings.get(name)) ?? undefined;
}

/** Puts values in the roaming settings and saves them, 32 kB in all. */
export function saveSettings(values: Record<string, unknown>, then: Then<true>): void {
  const begin = (callback: Callback) => {
    const settings = Office.context.roamingSettings;
    for (const name of Object.keys(values)) {
      settings.set(name, values[name]);
    }
    settings.saveAsync(callback);
  };
  call(begin, done, then);
}

/** Calls whenever a recipient was added or taken away. Needs Mailbox 1.7. */
export function onRecipientsChanged(changed: () => void, then: Then<true>): void {
  listen(() => Office.EventType.RecipientsChanged, () => { changed(); }, then);
}

/** Calls with the new initialization context when a button opens the pane that is open already. Needs Mailbox 1.15. */
export function onContextChanged(changed: (context: string) => void, then: Then<true>): void {
  const handler = (event: unknown) => {
    const context = isObject(event) ? string(event["initializationContextData"]) : undefined;
    changed(context ?? "");
  };
  listen(() => Office.EventType.InitializationContextChanged, handler, then);
}

function listen(type: () => Office.EventType | undefined, handler: (event: unknown) => void, then: Then<true>): void {
  const begin = (callback: Callback) => {
    const known = type();
    if (known === undefined) {
      throw new Error("this client does not have the event");
    }
    message().addHandlerAsync(known, handler, callback);
  };
  call(begin, done, then);
}
