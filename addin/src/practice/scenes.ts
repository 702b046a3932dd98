import type { Draft, Language } from "../contract";
import type { Both } from "../judge/language";

// The scenes as the build puts them into this script (src/practice/mod.rs says what each part means).

export interface Mail {
  from: string;
  to: string[];
  subject: Both<string>;
  label: string;
  body: Both<string>;
}

export interface Scene {
  id: string;
  title: Both<string>;
  task: Both<string>;
  explanation: Both<string>;
  start: Mail;
  model: Mail;
}

export interface Practice {
  /** The policy of the practice, as the engine takes it. */
  packed: string;
  /** The mailboxes that a mail may be sent from; the first is the user's own. */
  senders: string[];
  /** The ids of the sensitivity labels there are. */
  labels: string[];
  scenes: Scene[];
}

/** The build replaces this literal. It stands here once, and nowhere else. */
const PRACTICE: string = "@@SENDVAGT-PRACTICE@@";

/** The practice; undefined when the build did not put it in. */
export function practice(): Practice | undefined {
  try {
    return JSON.parse(PRACTICE) as Practice;
  } catch {
    return undefined;
  }
}

/** The mail as the engine takes it. */
export function draftOf({ from, to, subject, label }: Mail, language: Language): Draft {
  return {
    subject: subject[language],
    from,
    recipients: to.map((address) => ({ field: "to", address })),
    labels: label === "" ? [] : [label],
  };
}
