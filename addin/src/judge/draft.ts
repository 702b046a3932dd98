import type { Draft, Field, Recipient } from "../contract";
import * as office from "../office";
import type { Answer, GiveUp, Item, Then } from "../office";
import type { PolicyFile } from "./pack";

/** A draft as far as it could be read. */
export interface Read {
  draft: Draft;
  /** Could everything that the policy needs be read? */
  complete: boolean;
  /** Stops reading: makes no further call to Office, and leaves no timer running. */
  giveUp: GiveUp;
}

const FIELDS: Record<Item, readonly Field[]> = {
  message: ["to", "cc", "bcc"],
  appointment: ["required", "optional"],
};

/**
 * Reads the open draft, and calls `then` when every call has an answer. The result that it returns at once fills up in
 * the meantime, for callers that cannot wait.
 *
 * It reads only what the policy needs: each call takes time, some involve the Exchange server, and labels need a
 * licence. What the client does not support is omitted, and the draft is complete without it.
 */
export function readDraft(item: Item, policy: PolicyFile, asked: boolean, then: (read: Read) => void): Read {
  const calls: GiveUp[] = [];
  const giveUp = () => {
    // Last first: cancelling a pending call would start one that is queued.
    for (const call of calls.reverse()) {
      call();
    }
  };
  const read: Read = { draft: { subject: "", item, date: today() }, complete: false, giveUp };
  const { draft } = read;
  let open = 0;
  let failed = false;
  let begun = false;

  const end = () => {
    if (begun && open === 0) {
      read.complete = !failed;
      then(read);
    }
  };
  const ask = <T>(call: (then: Then<T>) => GiveUp, keep: (answer: Answer<T>) => boolean) => {
    open += 1;
    const stop = call((answer) => {
      open -= 1;
      failed = !keep(answer) || failed;
      end();
    });
    calls.push(stop);
  };
  const need = <T>(call: (then: Then<T>) => GiveUp, keep: (value: T) => void) =>
    ask(call, (answer) => {
      if (answer.ok) {
        keep(answer.value);
      }
      return answer.ok;
    });

  if (asked) {
    ask(office.readAsked, (answer) => {
      if (answer.ok) {
        draft.asked = answer.value;
      }
      return true;
    });
  }
  need(office.readSubject, (subject) => {
    draft.subject = subject;
  });
  readRecipients(item, draft, need);
  readSigns(item, policy, draft, need);
  begun = true;
  end();
  return read;
}

/** The user's day, as YYYY-MM-DD: it tells a date and a time from a CPR number. */
export function today(): string {
  const now = new Date();
  const twoDigits = (part: number) => `0${String(part)}`.slice(-2);
  return [String(now.getFullYear()), twoDigits(now.getMonth() + 1), twoDigits(now.getDate())].join("-");
}

type Need = <T>(call: (then: Then<T>) => GiveUp, keep: (value: T) => void) => void;

function readRecipients(item: Item, draft: Draft, need: Need): void {
  const found = FIELDS[item].map((field) => ({ field, list: [] as Recipient[] }));
  // Not a loop: in some engines (Hermes 0.12) its callbacks would all capture the last field.
  found.forEach((part) =>
    need(
      (then: Then<Recipient[]>) => office.readRecipients(part.field, then),
      (list) => {
        part.list = list;
        // In the order of the fields, whichever answers first: positions in a verdict and in a mark depend on it.
        draft.recipients = found.reduce<Recipient[]>((all, { list }) => all.concat(list), []);
      },
    ),
  );
}

/** What makes a mail secure mail besides its subject and its recipients. */
function readSigns(item: Item, policy: PolicyFile, draft: Draft, need: Need): void {
  const { from = [], labels = [], headers = [] } = policy.secureMail ?? {};
  // A client that does not say what it supports is asked anyway: a sign that was skipped could let a mail through.
  const has = (version: string) => office.supports(version) !== false;
  if (from.length > 0 && has("1.7")) {
    need(
      (then: Then<string>) => office.readFrom(item, then),
      (address) => {
        draft.from = address;
      },
    );
  }
  if (labels.length > 0 && has("1.13")) {
    need(office.readLabels, (ids) => {
      draft.labels = ids;
    });
  }
  if (headers.length > 0 && item === "message" && has("1.8")) {
    const names = headers.map(({ name }) => name);
    need(
      (then: Then<Record<string, string>>) => office.readHeaders(names, then),
      (values) => {
        draft.headers = values;
      },
    );
  }
}
