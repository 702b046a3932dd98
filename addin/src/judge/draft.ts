import type { Draft, Field, Recipient, Unread } from "../contract";
import * as office from "../office";
import type { Answer, GiveUp, Item, Then } from "../office";
import type { PolicyFile } from "./pack";

/** A draft as far as it could be read. */
export interface Read {
  draft: Draft;
  /**
   * Could subject and recipients be read? Which signs of secure mail could not be, the draft says: the engine judges
   * with and without them.
   */
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
 * licence. What the client does not support is omitted, and the draft is whole without it.
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
  let needed = 0;
  let begun = false;

  const ask = <T>(call: (then: Then<T>) => GiveUp, keep: (answer: Answer<T>) => void) => {
    open += 1;
    const stop = call((answer) => {
      open -= 1;
      keep(answer);
      end();
    });
    calls.push(stop);
  };
  const end = () => {
    read.complete = begun && needed === 0;
    if (begun && open === 0) {
      then(read);
    }
  };
  const need: Need = (call, keep) => {
    needed += 1;
    ask(call, (answer) => {
      if (answer.ok) {
        keep(answer.value);
        needed -= 1;
      }
    });
  };
  /** Until it is read it is unread: whoever does not wait for it has a true draft all the same. */
  const want: Want = (part, call, keep) => {
    markUnread(draft, part);
    ask(call, (answer) => {
      if (answer.ok) {
        keep(answer.value);
        markRead(draft, part);
      }
    });
  };

  if (asked) {
    ask(office.readAsked, (answer) => {
      if (answer.ok) {
        draft.asked = answer.value;
      }
    });
  }
  need(office.readSubject, (subject) => {
    draft.subject = subject;
  });
  const leaveOut = readRecipients(item, draft, need);
  readFrom(item, policy, want, (address) => {
    draft.from = address;
    if (item === "appointment") {
      leaveOut(address);
    }
  });
  readSigns(item, policy, draft, want);
  // Last of all: without it a stranger is not asked about, and nothing else changes.
  if (item === "message" && policy.conversation === true && has("1.11")) {
    ask(office.readConversation, (answer) => {
      if (answer.ok && answer.value !== "") {
        draft.conversation = answer.value;
      }
    });
  }
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
type Want = <T>(part: Unread, call: (then: Then<T>) => GiveUp, keep: (value: T) => void) => void;

export function markUnread(draft: Draft, part: Unread): void {
  markRead(draft, part);
  draft.unread = [...(draft.unread ?? []), part];
}

export function markRead(draft: Draft, part: Unread): void {
  const left = (draft.unread ?? []).filter((one) => one !== part);
  if (left.length > 0) {
    draft.unread = left;
  } else {
    delete draft.unread;
  }
}

/** Returns what leaves the organizer out: classic Outlook tells the organizer among the attendees, other clients do not. */
function readRecipients(item: Item, draft: Draft, need: Need): (organizer: string) => void {
  const found = FIELDS[item].map((field) => ({ field, list: [] as Recipient[] }));
  let left = "";
  const gather = () => {
    // In the order of the fields, whichever answers first: positions in a verdict and in a mark depend on it.
    const all = found.reduce<Recipient[]>((all, { list }) => all.concat(list), []);
    draft.recipients = all.filter(({ address }) => left === "" || address.toLowerCase() !== left);
  };
  // Not a loop: in some engines (Hermes 0.12) its callbacks would all capture the last field.
  found.forEach((part) =>
    need(
      (then: Then<Recipient[]>) => office.readRecipients(part.field, then),
      (list) => {
        part.list = list;
        gather();
        if (list.length >= office.recipientLimit()) {
          markUnread(draft, "recipients");
        }
      },
    ),
  );
  return (organizer) => {
    left = organizer.toLowerCase();
    gather();
  };
}

/** A client that does not say what it supports is asked anyway: a sign that was skipped could let a mail through. */
const has = (version: string) => office.supports(version) !== false;

/** Of a message if the policy knows secure mail by the sender; of a meeting always. */
function readFrom(item: Item, { secureMail }: PolicyFile, want: Want, keep: (address: string) => void): void {
  // Phones claim 1.5 and can read the sender in events all the same (Microsoft, "Implement event-based activation in Outlook
  // mobile add-ins").
  const canRead = has("1.7") || office.isMobile();
  if (((secureMail?.from ?? []).length > 0 || item === "appointment") && canRead) {
    want("from", (then: Then<string>) => office.readFrom(item, then), keep);
  }
}

/** What makes a mail secure mail besides its sender, its subject and its recipients. */
function readSigns(item: Item, { secureMail }: PolicyFile, draft: Draft, want: Want): void {
  const { labels = [], headers = [] } = secureMail ?? {};
  if (labels.length > 0 && has("1.13")) {
    want("labels", office.readLabels, (ids) => {
      draft.labels = ids;
    });
  }
  if (headers.length > 0 && item === "message" && has("1.8")) {
    const names = headers.map(({ name }) => name);
    want(
      "headers",
      (then: Then<Record<string, string>>) => office.readHeaders(names, then),
      (values) => {
        draft.headers = values;
      },
    );
  }
}
