// What is written to the open draft.

import type { Field, Recipient } from "../contract";
import { call, done, type GiveUp, type Then } from "./calls";
import { message, recipientsOf } from "./item";

/** The key in the draft's session data that holds the mark of a question between two sends. */
export const ASKED = "sendvagt.asked";

/** The key in the draft's session data that holds the marks of the numbers to which the user has objected. */
export const NOT_CPR = "sendvagt.notCpr";

/** The key in the draft's session data that holds the marks of bars, a line each. */
export const BAR_MARKS = "sendvagt.bar";

/** The key in the draft's session data that holds the note of who was in the conversation of a reply. */
export const CONVERSATION = "sendvagt.conversation";

/** How long what was stored before may delay a bar or an answer, in milliseconds. */
export const MEMORY_LIMIT = 400;

/** The values of Office.CoercionType that a body has. */
export type BodyType = "text" | "html";

/** Stores the mark of a question. It jumps the queue, since the answer to the user waits for it. */
export function writeAsked(mark: string, then: Then<true>): GiveUp {
  return call((callback) => message().sessionData.setAsync(ASKED, mark, callback), done, then, {
    first: true,
  });
}

/** Stores the marks of the numbers to which the user has objected; without any, the objections are withdrawn. */
export function writeNotCpr(marks: readonly string[], then: Then<true>): void {
  call(
    (callback) => {
      if (marks.length === 0) {
        message().sessionData.removeAsync(NOT_CPR, callback);
      } else {
        message().sessionData.setAsync(NOT_CPR, marks.join(" "), callback);
      }
    },
    done,
    then,
  );
}

/** Stores the marks of the bar that is shown and of those that the user has dismissed. Needs Mailbox 1.11. */
export function writeBarMarks(marks: readonly string[], then: Then<true>): GiveUp {
  return call((callback) => message().sessionData.setAsync(BAR_MARKS, marks.join("\n"), callback), done, then, {
    limit: MEMORY_LIMIT,
  });
}

/** Stores the note of who is in the conversation. Needs Mailbox 1.11. */
export function writeConversation(note: string, then: Then<true>): GiveUp {
  return call((callback) => message().sessionData.setAsync(CONVERSATION, note, callback), done, then);
}

/** Puts a sensitivity label on the draft. Needs Mailbox 1.13 and a licence. */
export function writeLabel(id: string, then: Then<true>): void {
  call((callback) => message().sensitivityLabel.setAsync(id, callback), done, then);
}

/** Sets an internet header of the message. Needs Mailbox 1.8. */
export function writeHeader(name: string, value: string, then: Then<true>): void {
  call((callback) => message().internetHeaders.setAsync({ [name]: value }, callback), done, then);
}

/** Removes an internet header of the message. Needs Mailbox 1.8. */
export function removeHeader(name: string, then: Then<true>): void {
  call((callback) => message().internetHeaders.removeAsync([name], callback), done, then);
}

/** At most 255 UTF-16 code units. */
export function writeSubject(subject: string, then: Then<true>): void {
  call((callback) => message().subject.setAsync(subject, callback), done, then);
}

/** Office takes as many recipients in a call (Microsoft, "Office.Recipients"). */
const RECIPIENTS_PER_CALL = 100;

/** The first of a list, as Office takes them. */
const firstUsers = (list: readonly Recipient[]) =>
  list
    .slice(0, RECIPIENTS_PER_CALL)
    .map(({ address, name }) => ({ emailAddress: address, displayName: name ?? address }));

/** Adds a recipient to its field. */
export function addRecipient(recipient: Recipient, then: Then<true>): void {
  addRecipients(recipient.field ?? "to", [recipient], then);
}

/** Adds recipients to a field. If a later part of a long list fails, the earlier parts remain in the field. */
export function addRecipients(field: Field, list: readonly Recipient[], then: Then<true>): void {
  call((callback) => recipientsOf(field).addAsync(firstUsers(list), callback), done, addRest(field, list, then));
}

/** Replaces all recipients of a field. Whom Office did not tell, such as a name that is not resolved, is lost by it. */
export function writeRecipients(field: Field, list: readonly Recipient[], then: Then<true>): void {
  call((callback) => recipientsOf(field).setAsync(firstUsers(list), callback), done, addRest(field, list, then));
}

function addRest(field: Field, list: readonly Recipient[], then: Then<true>): Then<true> {
  return (answer) => {
    if (answer.ok && list.length > RECIPIENTS_PER_CALL) {
      addRecipients(field, list.slice(RECIPIENTS_PER_CALL), then);
    } else {
      then(answer);
    }
  };
}

/** Puts text or HTML before the body. */
export function prependBody(content: string, type: BodyType, then: Then<true>): void {
  call((callback) => message().body.prependAsync(content, { coercionType: type }, callback), done, then);
}

/** Replaces the whole body. At most 1,000,000 UTF-16 code units. */
export function writeBody(content: string, type: BodyType, then: Then<true>): void {
  call((callback) => message().body.setAsync(content, { coercionType: type }, callback), done, then);
}
