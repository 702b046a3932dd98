// The Outlook calls by number, with the parameters and answers that office.js's `outlook-web-16.01.debug.js` uses.

import { convertBody, readAgain, withoutImages } from "../item/bodytext";
import {
  RECIPIENT_FIELDS,
  type Attachment,
  type BodyType,
  type Item,
  type Notification,
  type NotificationAction,
  type NotificationType,
  type RecipientField,
} from "../item/item";
import { keepingPrefixes } from "../item/subject";
import { readField, readSender, writtenField, type Refusal, type Surroundings } from "./addressing";

/** The answer to a call. */
export type Reply =
  | { readonly data?: unknown }
  | { readonly errorCode: number }
  /** Sent as it is: the few calls that do not use the common envelope. */
  | { readonly raw: object };

export interface MethodHost extends Surroundings {
  readonly item: Item;
  readonly initializationContext: string;
  /** Does the manifest have an image with this resource id? */
  hasImage(id: string): boolean;
  complain(detail: string): void;
  save(): void;
  close(): void;
  saveRoaming(settings: Readonly<Record<string, string>>): boolean;
}

export type Params = Readonly<Record<string, unknown>>;
type Method = (host: MethodHost, params: Params) => Reply;

/** The calls that a person may want to break by hand, by their names in office.js. */
export const CALL_NAMES: Readonly<Record<number, string>> = {
  1: "initial data",
  3: "loadCustomPropertiesAsync",
  4: "customProperties.saveAsync",
  14: "body.getTypeAsync",
  15: "recipients.getAsync",
  17: "subject.setAsync",
  18: "subject.getAsync",
  21: "recipients.setAsync",
  22: "recipients.addAsync",
  23: "body.prependAsync",
  34: "notificationMessages.getAllAsync",
  35: "notificationMessages.replaceAsync",
  36: "notificationMessages.removeAsync",
  37: "body.getAsync",
  38: "body.setAsync",
  99: "getInitializationContextAsync",
  107: "from.getAsync",
  149: "getAttachmentsAsync",
  151: "internetHeaders.getAsync",
  174: "getComposeTypeAsync",
  185: "sessionData.setAsync",
  186: "sessionData.getAsync",
  404: "roamingSettings.saveAsync",
};

/** Error numbers of office.js that a host sends. */
export const ErrorNumber = {
  invalidParameter: 5010,
  attachmentNotFound: 9007,
  tooManyRecipients: 9012,
  generic: 9020,
  duplicateKey: 9023,
  notificationNotFound: 9024,
  tooManyNotifications: 9025,
  itemNotSaved: 9046,
  keyNotFound: 9050,
  sessionDataFull: 9051,
  settingsFull: 9057,
} as const;

const MOST_NOTIFICATIONS = 5;
const MOST_SESSION_DATA = 50_000;
const MOST_RECIPIENTS_SET = 100;
const REFUSALS: Readonly<Record<Refusal, number>> = {
  "no-address": ErrorNumber.invalidParameter,
  "too-many": ErrorNumber.tooManyRecipients,
};
const COERCIONS: Readonly<Record<number, BodyType>> = { 0: "text", 3: "html" };
const NOTIFICATION_TYPES: readonly NotificationType[] = [
  "informationalMessage",
  "progressIndicator",
  "errorMessage",
  "insightMessage",
];
const BY = "add-in";
const done: Reply = {};

const METHODS: Readonly<Record<number, Method>> = {
  3: ({ item }) => ({ raw: { wasSuccessful: true, customProperties: JSON.stringify(item.customProperties) } }),
  4: ({ item }, params) => {
    item.customProperties = record(params["customProperties"]);
    return done;
  },
  13: insertInBody,
  14: ({ item }) => ({ data: item.bodyType }),
  15: (host, params) => ({ data: readField(host.item, field(params), host) }),
  16: addAttachment,
  17: ({ item, has }, params) => {
    const subject = string(params["subject"]);
    item.setSubject(has("prefix-stays") ? keepingPrefixes(item.subject, subject) : subject, BY);
    return done;
  },
  18: ({ item }) => ({ data: item.subject }),
  20: removeAttachment,
  21: (host, params) => writeRecipients(host, params, false),
  22: (host, params) => writeRecipients(host, params, true),
  23: ({ item }, params) => {
    item.setBody(incoming(item, params) + item.body, BY);
    return done;
  },
  24: ({ item }, params) => ({ data: item.times[whichTime(params)] }),
  25: ({ item }, params) => {
    item.setTime(whichTime(params), Number(params["time"]), BY);
    return done;
  },
  26: ({ item }) => ({ data: item.location }),
  27: ({ item }, params) => {
    item.setLocation(string(params["location"]), BY);
    return done;
  },
  29: insertInBody,
  32: (host) => {
    host.save();
    return { data: host.item.id };
  },
  33: (host, params) =>
    host.item.notifications.has(string(params["key"]))
      ? { errorCode: ErrorNumber.duplicateKey }
      : putNotification(host, params),
  34: ({ item }) => ({ data: [...item.notifications.values()] }),
  35: putNotification,
  36: ({ item }, params) => {
    const key = string(params["key"]);
    if (!item.notifications.has(key)) {
      return { errorCode: ErrorNumber.notificationNotFound };
    }
    item.removeNotification(key, BY);
    return done;
  },
  37: readBody,
  38: writeBody,
  41: (host) => {
    host.close();
    return done;
  },
  99: ({ initializationContext }) => ({ data: initializationContext }),
  107: (host) => ({ data: readSender(host.item, host) }),
  148: addAttachment,
  149: ({ item }) => ({
    data: [...item.attachments.values()].map((attachment) => ({
      ...attachment,
      attachmentType: attachment.isCloud === true ? 2 : 0,
    })),
  }),
  151: ({ item }, params) => ({ data: pick(item.internetHeaders, strings(params["internetHeaderKeys"])) }),
  152: ({ item }, params) => {
    for (const [name, value] of Object.entries(record(params["internetHeaderNameValuePairs"]))) {
      item.internetHeaders.set(name.toLowerCase(), string(value));
    }
    return done;
  },
  153: ({ item }, params) => {
    for (const name of strings(params["internetHeaderKeys"])) {
      item.internetHeaders.delete(name.toLowerCase());
    }
    return done;
  },
  164: ({ item }) => (item.saved ? { data: item.id } : { errorCode: ErrorNumber.itemNotSaved }),
  174: ({ item }) => ({ data: { composeType: item.composeType, coercionType: item.bodyType } }),
  175: () => ({ data: false }),
  185: ({ item }, params) => {
    const next = new Map(item.sessionData).set(string(params["name"]), string(params["value"]));
    const size = [...next].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (size > MOST_SESSION_DATA) {
      return { errorCode: ErrorNumber.sessionDataFull };
    }
    item.setSessionData((data) => data.set(string(params["name"]), string(params["value"])), BY);
    return done;
  },
  186: ({ item }, params) => {
    const value = item.sessionData.get(string(params["name"]));
    return value === undefined ? { errorCode: ErrorNumber.keyNotFound } : { data: value };
  },
  187: ({ item }) => ({ data: Object.fromEntries(item.sessionData) }),
  188: ({ item }) => {
    item.sessionData.clear();
    return done;
  },
  189: ({ item }, params) =>
    item.sessionData.delete(string(params["name"])) ? done : { errorCode: ErrorNumber.keyNotFound },
  404: (host, params) => (host.saveRoaming(stringRecord(params["0"])) ? done : { errorCode: ErrorNumber.settingsFull }),
};

/** Answers the call `dispatchId`; `undefined` if the simulator does not know it. */
export function callMethod(dispatchId: number, host: MethodHost, params: Params): Reply | undefined {
  return Object.hasOwn(METHODS, dispatchId) ? METHODS[dispatchId]?.(host, params) : undefined;
}

/** What office.js expects around a reply. */
export function envelopeOf(reply: Reply): object {
  if ("raw" in reply) {
    return reply.raw;
  }
  if ("errorCode" in reply) {
    return { error: true, errorCode: reply.errorCode, wasSuccessful: false };
  }
  return { error: false, errorCode: 0, wasSuccessful: true, data: reply.data ?? null };
}

function writeRecipients(host: MethodHost, params: Params, add: boolean): Reply {
  const { item } = host;
  const to = field(params);
  const given = Array.isArray(params["recipientArray"]) ? params["recipientArray"].map(record) : [];
  if (given.length > MOST_RECIPIENTS_SET) {
    return { errorCode: ErrorNumber.generic };
  }
  const written = writtenField(add ? item.recipients(to) : [], given, host);
  if (typeof written === "string") {
    return { errorCode: REFUSALS[written] };
  }
  item.setRecipients(to, written, BY);
  return done;
}

function readBody({ item, has }: MethodHost, params: Params): Reply {
  const type = coercion(params);
  const body = convertBody(item.body, item.bodyType, type);
  item.bodyReads += 1;
  return { data: has("body-differs") ? readAgain(body, type, item.bodyReads) : body };
}

function writeBody({ item, has }: MethodHost, params: Params): Reply {
  const body = incoming(item, params);
  item.setBody(has("images-lost") && item.bodyType === "html" ? withoutImages(body) : body, BY);
  return done;
}

function putNotification(host: MethodHost, params: Params): Reply {
  const { item } = host;
  const key = string(params["key"]);
  const type = NOTIFICATION_TYPES[Number(params["type"])];
  if (type === undefined) {
    return { errorCode: ErrorNumber.generic };
  }
  const others = host.has("one-bar")
    ? []
    : [...item.notifications.values()].filter((notification) => notification.key !== key);
  if (others.length >= MOST_NOTIFICATIONS) {
    return { errorCode: ErrorNumber.tooManyNotifications };
  }
  // An add-in can show one insight message per item; a second one is refused.
  if (type === "insightMessage" && others.some((other) => other.type === type)) {
    return { errorCode: ErrorNumber.tooManyNotifications };
  }
  const icon = optionalString(params["icon"]);
  if (icon !== undefined && !host.hasImage(icon)) {
    host.complain(`The notification "${key}" names the icon "${icon}", which the manifest does not have.`);
  }
  const notification: Notification = {
    key,
    type,
    message: string(params["message"]),
    ...(icon !== undefined && { icon }),
    ...(typeof params["persistent"] === "boolean" && { persistent: params["persistent"] }),
    ...(Array.isArray(params["actions"]) && { actions: params["actions"] as NotificationAction[] }),
  };
  if (host.has("one-bar")) {
    item.notifications.clear();
  }
  item.setNotification(notification, BY);
  return done;
}

function insertInBody({ item }: MethodHost, params: Params): Reply {
  const type = coercion(params);
  if (item.bodyType === "text" && type === "html") {
    return { errorCode: ErrorNumber.generic };
  }
  const inserted =
    item.insertAtCaret?.(convertBody(string(params["data"]), type, item.bodyType), item.bodyType) ?? false;
  if (!inserted) {
    item.setBody(incoming(item, params) + item.body, BY);
  }
  return done;
}

function addAttachment({ item }: MethodHost, params: Params): Reply {
  const base64 = optionalString(params["base64String"]);
  const attachment: Attachment = {
    id: `attachment-${crypto.randomUUID()}`,
    name: string(params["name"]),
    size: base64 === undefined ? 0 : Math.floor((base64.length * 3) / 4),
    isInline: params["isInline"] === true,
  };
  item.setAttachments((all) => all.set(attachment.id, attachment), BY);
  return { data: attachment.id };
}

function removeAttachment({ item }: MethodHost, params: Params): Reply {
  const id = string(params["attachmentIndex"]);
  if (!item.attachments.has(id)) {
    return { errorCode: ErrorNumber.attachmentNotFound };
  }
  item.setAttachments((all) => all.delete(id), BY);
  return done;
}

function incoming(item: Item, params: Params): string {
  return convertBody(string(params["data"]), coercion(params), item.bodyType);
}

function coercion(params: Params): BodyType {
  return COERCIONS[Number(params["coercionType"])] ?? "text";
}

function field(params: Params): RecipientField {
  return RECIPIENT_FIELDS[Number(params["recipientField"])] ?? "to";
}

function whichTime(params: Params): "start" | "end" {
  return params["TimeProperty"] === 2 ? "end" : "start";
}

function pick(from: ReadonlyMap<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = from.get(name.toLowerCase());
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(string) : [];
}

function stringRecord(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value)).map(([name, entry]) => [name, string(entry)]));
}
