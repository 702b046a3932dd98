// The JSON that the shell and the engine exchange. Positions are UTF-16 code units, as in JavaScript's strings.
// Made from the Rust types by `cargo xtask generate`; src/draft.rs, src/verdict.rs and src/mend.rs define them.

/**
 * The place of a finding. In JSON an object with one key: `{"subject":[5,16]}`, `{"recipient":0}`, `{"draft":{}}`.
 */
export type At =
  | {
      /**
       * Start and end in the subject, in UTF-16 code units, end exclusive.
       *
       * @minItems 2
       * @maxItems 2
       */
      subject: [number, number];
    }
  | {
      /**
       * The index of a recipient in {@link Draft.recipients}.
       */
      recipient: number;
    }
  | {
      /**
       * The draft as a whole: no single part of it is at fault.
       */
      draft: Record<string, never>;
    }
  | {
      /**
       * Start and end in the body, in UTF-16 code units of its text, end exclusive.
       *
       * @minItems 2
       * @maxItems 2
       */
      body: [number, number];
    }
  | {
      /**
       * A place in the name of an attachment.
       */
      attachment: {
        /**
         * End in its name, in UTF-16 code units, exclusive.
         */
        end: number;
        /**
         * The index of the attachment.
         */
        index: number;
        /**
         * Start in its name, in UTF-16 code units.
         */
        start: number;
      };
    };

/**
 * The field of a recipient. The last two are those of an appointment.
 *
 * `to`: To.
 * `cc`: Copy.
 * `bcc`: Blind copy.
 * `required`: Required attendee.
 * `optional`: Optional attendee.
 */
export type Field = "to" | "cc" | "bcc" | "required" | "optional";

/**
 * `Office.MailboxEnums.RecipientType`.
 *
 * `other`: Unknown. On many clients the type is also stale after the sender has changed.
 * `list`: A distribution list, whose members cannot be seen.
 * `user`: A user of the same organisation.
 * `external`: A user of another organisation.
 */
export type RecipientKind = "other" | "list" | "user" | "external";

/**
 * May the mail go?
 *
 * `send`: Yes. Nothing is shown.
 * `ask`: If the user confirms.
 * `stop`: Not until it is mended.
 */
export type Decision = "send" | "ask" | "stop";

/**
 * The kind of Outlook item.
 *
 * `message`: A mail.
 * `appointment`: A meeting, whose invitation is sent as a mail.
 */
export type Item = "message" | "appointment";

/**
 * Why a mail could not be checked.
 *
 * `office`: A call to Outlook failed, threw, returned nonsense or never returned.
 * `engine`: The engine could not be loaded, trapped, or returned something that is not a verdict.
 * `slow`: The check took too long.
 */
export type Failure = "office" | "engine" | "slow";

/**
 * A change of the draft that clears a finding.
 */
export type Fix =
  | {
      /**
       * Take the CPR numbers out of the subject and write them in the body instead.
       */
      kind: "move-to-body";
      /**
       * The label of the button.
       */
      label: string;
      /**
       * The subject after the fix.
       */
      subject: string;
    }
  | {
      /**
       * Take the CPR numbers out of the subject.
       */
      kind: "remove";
      /**
       * The label of the button.
       */
      label: string;
      /**
       * The subject after the fix.
       */
      subject: string;
    }
  | {
      /**
       * The address to put there.
       */
      address: string;
      /**
       * Replace a recipient by another address, in the same field.
       */
      kind: "replace";
      /**
       * The label of the button.
       */
      label: string;
      /**
       * The index of the recipient in {@link Draft.recipients}.
       */
      recipient: number;
    };

/**
 * The language of the words in a verdict.
 *
 * `da`: Danish.
 * `en`: English.
 */
export type Language = "da" | "en";

/**
 * The part of the policy that made a draft secure mail. Only its kind is named: the address or header that matched may
 * reveal what the mail is about.
 *
 * `from`: The address it is sent from.
 * `tag`: A tag in the subject.
 * `domain`: The domain of a recipient.
 * `address`: The address of a recipient.
 * `label`: A sensitivity label.
 * `header`: An internet header.
 * `external`: The policy counts every mail that leaves the organisation as secure mail.
 */
export type SecureBy = "from" | "tag" | "domain" | "address" | "label" | "header" | "external";

/**
 * The question on a client without *Send anyway*: the first Send is rejected with this text, and a second Send of the
 * same draft passes, since the shell then returns the mark in {@link Draft.asked}.
 */
export interface Again {
  /**
   * Identifies the question by rules and positions, without any content.
   */
  mark: string;
  /**
   * Plain text of at most 500 UTF-16 code units, shown instead of {@link Alert.text}.
   */
  text: string;
}

/**
 * The words for the client's own dialog and information bar, within the limits of Smart Alerts
 * (Microsoft: "Handle OnMessageSend and OnAppointmentSend events with Smart Alerts").
 */
export interface Alert {
  /**
   * Present on `ask` only: how to ask on a client without *Send anyway*.
   */
  again?: Again;
  /**
   * One line for the information bar, at most 150 UTF-16 code units.
   */
  bar: string;
  /**
   * The label of the button that opens the task pane, at most 20 UTF-16 code units.
   */
  button: string;
  /**
   * The same in the Markdown that Smart Alerts takes, at most 500 UTF-16 code units.
   */
  markdown: string;
  /**
   * Plain text of at most 500 UTF-16 code units, never empty.
   */
  text: string;
}

/**
 * The same line in the two formats that a body may have.
 */
export interface BodyNote {
  /**
   * For a body of HTML.
   */
  html: string;
  /**
   * For a body of plain text, with its line end.
   */
  text: string;
}

/**
 * What a shell has to write to apply a fix. A part that is absent stays as it is.
 */
export interface Change {
  /**
   * A line to insert at the start of the body.
   */
  body?: BodyNote;
  /**
   * The recipients that a field must have.
   */
  recipients?: FieldChange;
  /**
   * The new subject.
   */
  subject?: string;
}

/**
 * All recipients of one field.
 */
export interface FieldChange {
  /**
   * The field.
   */
  field: Field;
  /**
   * Its recipients, in order.
   */
  list: Recipient[];
}

/**
 * One recipient of a draft.
 */
export interface Recipient {
  /**
   * The address as Outlook gives it: mostly SMTP, sometimes an X500 path, in "send securely" a CPR number.
   */
  address: string;
  /**
   * The field that holds the recipient.
   */
  field?: Field;
  /**
   * Outlook's type of the recipient.
   */
  kind?: RecipientKind;
  /**
   * The display name. It may contain an address itself.
   */
  name?: string;
}

/**
 * A mail or an appointment that is about to be sent.
 *
 * Only `subject` is required. An unknown key is an error: a misspelt `recipients` must not pass as "no recipients".
 */
export interface Draft {
  /**
   * The mark of the question that the user answered by pressing Send a second time, on a client without *Send anyway*
   * ({@link Again.mark}).
   */
  asked?: string;
  /**
   * The day on which the mail is written, `YYYY-MM-DD`. If left out, it is the day of the release. A date near that day
   * with a time after it is not a CPR number. The shell and the audit know the day; the engine reads no clock.
   */
  date?: string;
  /**
   * The address the mail is sent from. A shared mailbox such as `sikkerpost@…` may make it secure mail.
   */
  from?: string;
  /**
   * Internet headers by name; read only when the policy asks for them.
   */
  headers?: {
    [k: string]: string;
  };
  /**
   * Message or appointment.
   */
  item?: Item;
  /**
   * Ids of the sensitivity labels on the mail; read only when the policy asks for them.
   */
  labels?: string[];
  /**
   * Everyone the mail goes to, in the order of the fields.
   */
  recipients?: Recipient[];
  /**
   * The subject as the user typed or pasted it. Each lone surrogate arrives as U+FFFD, so that positions in UTF-16
   * code units stay right.
   */
  subject: string;
}

/**
 * One fault that one rule found.
 */
export interface Finding {
  /**
   * What the policy lets this finding do.
   */
  action: Decision;
  /**
   * Where in the draft.
   */
  at: At;
  /**
   * What to do.
   */
  do: string;
  /**
   * What supports the finding, strongest first, in the rule's own names.
   */
  evidence?: string[];
  /**
   * Changes that clear it, the recommended one first.
   */
  fixes?: Fix[];
  /**
   * The name of the rule, such as `cpr-in-subject`.
   */
  rule: string;
  /**
   * What is wrong, in one sentence.
   */
  what: string;
  /**
   * Why it matters.
   */
  why: string;
}

/**
 * The decision on a draft, with the reasons and the words to show.
 */
export interface Verdict {
  /**
   * What the client shows; absent when the mail may go.
   */
  alert?: Alert;
  /**
   * May the mail go?
   */
  decision: Decision;
  /**
   * What the rules found, gravest first.
   */
  findings: Finding[];
  /**
   * Is it secure mail by the policy?
   */
  secure: boolean;
  /**
   * What made it secure mail.
   */
  secureBy?: SecureBy;
  /**
   * Recipients that could not be judged, as indexes into {@link Draft.recipients}: paths in the organisation's
   * Exchange directory, and texts that are not addresses.
   */
  unjudged?: number[];
}
