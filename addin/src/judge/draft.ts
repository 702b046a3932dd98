import type { Draft, Field, Recipient } from "../contract";
import * as office from "../office";
import type { Answer, GiveUp, Item, Then } from "../office";
import type { PolicyFile } from "./pack";

/** A draft as far as it could be read. */
export interface Read {
  draft: Draft;
  /** Could everything be read that the policy needs? */
  complete: boolean;
  /** Ends the reading where it is: nothing is asked of Office any more, and no timer stays behind. */
  giveUp: GiveUp;
}

const FIELDS: Record<Item, readonly Field[]> = {
  message: ["to", "cc", "bcc"],
  appointment: ["required", "optional"],
};

/**
 * Reads the open draft and calls when every call has an answer. What it gives back fills up until then, for whoever
 * cannot wait so long.
 *
 * It asks for what the policy needs only: each call costs time, some need the Exchange server, and labels a licence.
 * What the client does not have at all is left out, and the draft is complete without it.
 */
export function readDraft(item: Item, policy: PolicyFile, asked: boolean, then: (read: Read) => void): Read {
  const calls: GiveUp[] = [];
  const giveUp = () => {
    // From the last one on: to give up a call under way would make room for one that waits.
    for (const call of calls.reverse()) {
      call();
    }
  };
  const read: Read = { draft: { subject: "", item }, complete: false, giveUp };
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

type Need = <T>(call: (then: Then<T>) => GiveUp, keep: (value: T) => void) => void;

function readRecipients(item: Item, draft: Draft, need: Need): void {
  const found = FIELDS[item].map((field) => ({ field, list: [] as Recipient[] }));
  // Not a loop: there are engines (Hermes 0.12) in which its callbacks would all keep the last field.
  found.forEach((part) =>
    need(
      (then: Then<Recipient[]>) => office.readRecipients(part.field, then),
      (list) => {
        part.list = list;
        // In the order of the fields, whichever answers first: positions in a verdict and in a mark count on it.
        draft.recipients = found.reduce<Recipient[]>((all, { list }) => all.concat(list), []);
      },
    ),
  );
}

/** What marks a mail as secure mail, beside its subject and its recipients. */
function readSigns(item: Item, policy: PolicyFile, draft: Draft, need: Need): void {
  const { from = [], labels = [], headers = [] } = policy.secureMail ?? {};
  // A client that does not say what it has is asked all the same: a sign that was passed over could let a mail through.
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
