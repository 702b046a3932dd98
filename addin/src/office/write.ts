// What is written to the open draft.

import type { Field, Recipient } from "../contract";
import { call, done, type Callback, type GiveUp, type Then } from "./calls";
import { message, recipientsOf } from "./item";

/** How many recipients Outlook takes in one call. */
const RECIPIENTS_PER_CALL = 100;

/** The key in the draft's session data that holds the mark of a question between two sends. */
export const ASKED = "sendvagt.asked";

/** The key in the draft's session data that holds the marks of the numbers to which the user has objected. */
export const NOT_CPR = "sendvagt.notCpr";

/** The values of Office.CoercionType that a body has. */
export type BodyType = "text" | "html";

/** Stores the mark of a question. It jumps the queue, since the answer to the user waits for it. */
export function writeAsked(mark: string, then: Then<true>): GiveUp {
  return call((callback) => message().sessionData.setAsync(ASKED, mark, callback), done, then, true);
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

/** Replaces all recipients of a field. If a later part of a long list fails, the earlier parts remain in the field. */
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

/** Puts text or HTML before the body. */
export function prependBody(content: string, type: BodyType, then: Then<true>): void {
  call((callback) => message().body.prependAsync(content, { coercionType: type }, callback), done, then);
}

/** Replaces the whole body with text or HTML: at most 1,000,000 UTF-16 code units. */
export function writeBody(content: string, type: BodyType, then: Then<true>): void {
  call((callback) => message().body.setAsync(content, { coercionType: type }, callback), done, then);
}
