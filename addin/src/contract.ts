// The JSON that the shell and the engine exchange. The Rust types in src/draft.rs and src/verdict.rs define it.
// Positions are UTF-16 code units, as in JavaScript's strings. Types only: every folder may import this module.

/** May the mail go? `send`: yes, nothing is shown. `ask`: yes, if the user confirms. `stop`: not as it is. */
export type Decision = "send" | "ask" | "stop";

/** Danish or English. */
export type Language = "da" | "en";

/** The field of a recipient; `required` and `optional` are those of an appointment. */
export type Field = "to" | "cc" | "bcc" | "required" | "optional";

/**
 * Office.MailboxEnums.RecipientType. `other`: unknown. `list`: a distribution list, whose members cannot be seen.
 * `user`: of the same organisation. `external`: of another organisation.
 */
export type RecipientKind = "other" | "list" | "user" | "external";

/** One recipient of a draft. */
export interface Recipient {
  /** The field that holds the recipient. */
  field: Field;
  /** The address as Outlook gives it: mostly SMTP, sometimes an X500 path, in "send securely" a CPR number. */
  address: string;
  /** The display name; it may contain an address itself. */
  name?: string;
  /** Outlook's type of the recipient; `other` if missing. */
  kind?: RecipientKind;
}

/** A mail or an appointment that is about to be sent. */
export interface Draft {
  /** The subject as the user typed or pasted it. */
  subject: string;
  /** A mail or a meeting, whose invitation is sent as a mail; `message` if missing. */
  item?: "message" | "appointment";
  /** The address that the mail is sent from. */
  from?: string;
  /** All recipients, in the order of the fields. */
  recipients?: Recipient[];
  /** The ids of the sensitivity labels; read only if the policy asks for them. */
  labels?: string[];
  /** Internet headers by name; read only if the policy asks for them. */
  headers?: Record<string, string>;
  /** The mark of the question that the user has answered by pressing Send again: {@link Alert.again}. */
  asked?: string;
}

/**
 * A change of the draft that clears a finding. `move-to-body`: write the CPR numbers in the body instead of the
 * subject. `remove`: take them out of the subject. `replace`: put another address in the place of a recipient.
 */
export type Fix =
  | {
      kind: "move-to-body";
      /** The subject after the fix. */
      subject: string;
      /** The text of the button. */
      label: string;
    }
  | {
      kind: "remove";
      /** The subject after the fix. */
      subject: string;
      /** The text of the button. */
      label: string;
    }
  | {
      kind: "replace";
      /** The index of the recipient in {@link Draft.recipients}. */
      recipient: number;
      /** The address to put there. */
      address: string;
      /** The text of the button. */
      label: string;
    };

/** What one rule found. */
export interface Finding {
  /** The name of the rule, such as `cpr-in-subject`. */
  rule: string;
  /** The policy's action for this finding. */
  action: Decision;
  /** Where it is: start and end (exclusive) in the subject, or the index of a recipient in {@link Draft.recipients}. */
  at: { subject: [number, number] } | { recipient: number };
  /** What supports the finding, strongest first, in the rule's own names. */
  evidence?: string[];
  /** What is wrong, in one sentence. */
  what: string;
  /** Why it matters. */
  why: string;
  /** What to do. */
  do: string;
  /** Changes that clear it, the recommended one first. */
  fixes?: Fix[];
}

/** The texts for the client's own dialog and information bar, within the limits of Smart Alerts. */
export interface Alert {
  /** Plain text of at most 500 UTF-16 code units, never empty. */
  text: string;
  /** The same in the Markdown of Smart Alerts, at most 500 UTF-16 code units. */
  markdown: string;
  /** The label of the button that opens the task pane, at most 20 UTF-16 code units. */
  button: string;
  /** One line for the information bar, at most 150 UTF-16 code units. */
  bar: string;
  /** On `ask` only, for clients without *Send anyway*: the first Send is refused, and a second one confirms. */
  again?: {
    /** Plain text of at most 500 UTF-16 code units, in place of {@link Alert.text}. */
    text: string;
    /** Identifies the question by rules and positions, without any content. It comes back as {@link Draft.asked}. */
    mark: string;
  };
}

/** The engine's decision on a draft, with its reasons and the texts to show. */
export interface Verdict {
  /** May the mail go? */
  decision: Decision;
  /** Is it secure mail by the policy? */
  secure: boolean;
  /** The part of the policy that makes it secure mail: only its kind, since the value may reveal content. */
  secureBy?: "from" | "tag" | "domain" | "address" | "label" | "header" | "external";
  /** What the rules found, gravest first. */
  findings: Finding[];
  /** Indexes in {@link Draft.recipients} of recipients that could not be judged. */
  unjudged?: number[];
  /** What the client shows; missing if the mail may go. */
  alert?: Alert;
}
