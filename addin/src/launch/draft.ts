import type { Draft, Recipient } from "../contract";
import * as office from "../office";
import type { Pack } from "../pack";
import type { Answer } from "../answer";

/** What could be read of the open item. */
export interface Read {
  /** The draft; `undefined` when not even the subject could be read. */
  draft: Draft | undefined;
  /** Was everything read that the policy needs? */
  whole: boolean;
}

/** Reads the open item, three calls at a time. `done` is called once, when every call has answered. */
export function readDraft(pack: Pack, askedBefore: boolean, done: (read: Read) => void): void {
  const appointment = office.isAppointment();
  const draft: Draft = { subject: "", item: appointment ? "appointment" : "message" };
  let hasSubject = false;
  let whole = true;
  let open = 1;
  const close = () => {
    open -= 1;
    if (open === 0) {
      done({ draft: hasSubject ? draft : undefined, whole });
    }
  };
  const part = <T>(call: (reply: (answer: Answer<T>) => void) => void, take: (value: T) => void, needed = true) => {
    open += 1;
    call((answer) => {
      if (answer.ok) {
        take(answer.value);
      } else if (needed) {
        whole = false;
      }
      close();
    });
  };

  part(office.readSubject, (subject) => {
    hasSubject = true;
    draft.subject = subject;
  });
  const fields = office.fields();
  const lists: Recipient[][] = fields.map(() => []);
  fields.forEach((field, index) => {
    part<Recipient[]>(
      (reply) => { office.readRecipients(field, reply); },
      (list) => {
        lists[index] = list;
        draft.recipients = ([] as Recipient[]).concat(...lists);
      },
    );
  });
  if (office.supports("1.7")) {
    part(office.readFrom, (from) => { draft.from = from; });
  }
  const { labels, headers } = pack.policy.secureMail;
  if (labels.length > 0) {
    part(office.readLabels, (ids) => { draft.labels = ids; });
  }
  if (headers.length > 0) {
    const names = headers.map(({ name }) => name);
    part<Record<string, string>>((reply) => { office.readHeaders(names, reply); }, (found) => { draft.headers = found; });
  }
  if (askedBefore && office.supports("1.11")) {
    // Nothing was asked before the first Send: then there is no such key, and the call fails.
    part(office.readAsked, (mark) => { draft.asked = mark; }, false);
  }
  close();
}
