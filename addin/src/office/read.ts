// What is read of the open draft.

import type { Attachment, Field, Recipient, RecipientKind } from "../contract";
import { call, CALL_LIMIT, isObject, string, type GiveUp, type Reader, type Then } from "./calls";
import { appointment, message, recipientsOf, type Item } from "./item";
import { ASKED, BAR_MARKS, CONVERSATION, MEMORY_LIMIT, NOT_CPR, type BodyType } from "./write";

export function readSubject(then: Then<string>): GiveUp {
  return call((callback) => message().subject.getAsync(callback), string, then);
}

export function readRecipients(field: Field, then: Then<Recipient[]>): GiveUp {
  return call((callback) => recipientsOf(field).getAsync(callback), recipientsIn(field), then);
}

/** The address that a message is sent from, or the organizer's of an appointment. Needs Mailbox 1.7. */
export function readFrom(item: Item, then: Then<string>): GiveUp {
  const from = () => (item === "message" ? message().from : appointment().organizer);
  return call((callback) => from().getAsync(callback), address, then);
}

/** The ids of the draft's sensitivity labels; empty if the organisation has switched labels off. Needs Mailbox 1.13. */
export function readLabels(then: Then<string[]>): GiveUp {
  const isEnabled: Reader<boolean> = (value) => (typeof value === "boolean" ? value : undefined);
  let second: GiveUp | undefined;
  const first = call(
    (callback) => Office.context.sensitivityLabelsCatalog.getIsEnabledAsync(callback),
    isEnabled,
    (answer) => {
      if (answer.ok && answer.value) {
        second = call((callback) => message().sensitivityLabel.getAsync(callback), labels, then);
      } else {
        then(answer.ok ? { ok: true, value: [] } : answer);
      }
    },
  );
  return () => {
    first();
    second?.();
  };
}

/** Those of the named internet headers that the message has. Needs Mailbox 1.8. */
export function readHeaders(names: string[], then: Then<Record<string, string>>): GiveUp {
  return call((callback) => message().internetHeaders.getAsync(names, callback), headers, then);
}

/** The mark of the last question. Fails if no question was asked. Needs Mailbox 1.11. */
export function readAsked(then: Then<string>): GiveUp {
  return call((callback) => message().sessionData.getAsync(ASKED, callback), string, then);
}

/** The marks of the numbers to which the user has objected. Fails if there are none. Needs Mailbox 1.11. */
export function readNotCpr(then: Then<string[]>): GiveUp {
  const marks: Reader<string[]> = (value) => string(value)?.split(" ");
  return call((callback) => message().sessionData.getAsync(NOT_CPR, callback), marks, then);
}

/** The marks of the bar that is shown and of those that the user has dismissed. Fails if there are none. Needs Mailbox 1.11. */
export function readBarMarks(then: Then<string[]>): GiveUp {
  const marks: Reader<string[]> = (value) => string(value)?.split("\n");
  return call((callback) => message().sessionData.getAsync(BAR_MARKS, callback), marks, then, {
    limit: MEMORY_LIMIT,
  });
}

/** The note of who was in the conversation of a reply. Fails if there is none. Needs Mailbox 1.11. */
export function readConversation(then: Then<string>): GiveUp {
  return call((callback) => message().sessionData.getAsync(CONVERSATION, callback), string, then, {
    limit: MEMORY_LIMIT,
  });
}

/** Was the message begun as a reply, to one or to all? Needs Mailbox 1.10. */
export function readIsReply(then: Then<boolean>): GiveUp {
  const isReply: Reader<boolean> = (value) => (isObject(value) ? value["composeType"] === "reply" : undefined);
  return call((callback) => message().getComposeTypeAsync(callback), isReply, then);
}

/** Is the body plain text or HTML? */
export function readBodyType(then: Then<BodyType>, limit = CALL_LIMIT): GiveUp {
  const read: Reader<BodyType> = (value) => (value === "text" || value === "html" ? value : undefined);
  return call((callback) => message().body.getTypeAsync(callback), read, then, { limit });
}

/** The whole body, in the format that it has. Needs Mailbox 1.3. */
export function readBody(type: BodyType, then: Then<string>, limit = CALL_LIMIT): GiveUp {
  return call((callback) => message().body.getAsync(type, callback), string, then, { limit });
}

/** What is attached, by its name. What is shared as a link is not told. Needs Mailbox 1.8. */
export function readAttachments(then: Then<Attachment[]>, limit = CALL_LIMIT): GiveUp {
  return call((callback) => message().getAttachmentsAsync(callback), attachments, then, { limit });
}

/** What the button that opened the task pane handed over; empty if no button did. Needs Mailbox 1.8. */
export function initializationContext(then: Then<string>): void {
  const read: Reader<string> = (value) => string(value ?? "");
  call((callback) => message().getInitializationContextAsync(callback), read, then);
}

const address: Reader<string> = (value) => (isObject(value) ? string(value["emailAddress"]) : undefined);

/** A missing label is an empty string, and in some clients no value. */
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

const attachments: Reader<Attachment[]> = (value) => {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const found: Attachment[] = [];
  for (const one of value) {
    const name = isObject(one) ? string(one["name"]) : undefined;
    if (!isObject(one) || name === undefined) {
      return undefined;
    }
    found.push({ name, inline: one["isInline"] === true, cloud: one["attachmentType"] === "cloud" });
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
  // A private distribution list has no address; the engine reports it as a recipient that it could not judge.
  const address = string(value["emailAddress"] ?? "");
  if (address === undefined) {
    return undefined;
  }
  const kind = KINDS.find(([type]) => type === value["recipientType"])?.[1] ?? "other";
  const name = string(value["displayName"]);
  return name === undefined ? { field, address, kind } : { field, address, name, kind };
}
