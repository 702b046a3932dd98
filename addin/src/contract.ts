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
       * Start and end of the first number in the HTML or text of the body, in UTF-16 code units, end exclusive.
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
 * How a body is written.
 *
 * `html`: As HTML.
 * `text`: As plain text.
 */
export type BodyKind = "html" | "text";

/**
 * May the mail go?
 *
 * `send`: Yes. Nothing is shown.
 * `ask`: If the user confirms.
 * `stop`: Not until it is mended.
 */
export type Decision = "send" | "ask" | "stop";

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
 * The kind of Outlook item.
 *
 * `message`: A mail.
 * `appointment`: A meeting, whose invitation is sent as a mail.
 */
export type Item = "message" | "appointment";

/**
 * A part of a draft that could not be read.
 *
 * `from`: The address it is sent from. One that is no mail address counts as unread too.
 * `labels`: The sensitivity labels.
 * `headers`: The internet headers.
 * `recipients`: Some of the recipients: a field may hold more than a client tells.
 * `body`: The body.
 * `attachments`: The names of the attachments.
 */
export type Unread = "from" | "labels" | "headers" | "recipients" | "body" | "attachments";

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
       * Take the numbers out of the subject and write them in the body instead.
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
       * The same, and make the mail secure mail by a sign that the policy knows.
       */
      kind: "move-to-secure-body";
      /**
       * The label of the button.
       */
      label: string;
      /**
       * The subject after the fix, with the tag if that is the sign.
       */
      subject: string;
    }
  | {
      /**
       * Take the numbers out of the subject.
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
       * Make the mail secure mail by a sign that the policy knows.
       */
      kind: "make-secure";
      /**
       * The label of the button.
       */
      label: string;
      /**
       * The subject after the fix, with the tag if that is the sign.
       */
      subject: string;
    }
  | {
      /**
       * Take the earlier mail out of the body.
       */
      kind: "remove-quoted";
      /**
       * The label of the button.
       */
      label: string;
    }
  | {
      /**
       * Replace the last four characters of each number in the body by bullets.
       */
      kind: "mask-numbers";
      /**
       * The label of the button.
       */
      label: string;
    }
  | {
      /**
       * Move the outside recipients from *To* and *Cc* to *Bcc*.
       */
      kind: "move-to-bcc";
      /**
       * The label of the button.
       */
      label: string;
    }
  | {
      /**
       * The address to add.
       */
      address: string;
      /**
       * Add the address that a recipient should have, to the same field. The user takes the old one out: Office.js can
       * neither take out one recipient nor show the names that Outlook has not resolved yet, so that writing a whole field
       * could lose somebody.
       */
      kind: "add";
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
 * same draft passes, since the shell then returns {@link Alert.mark} in {@link Draft.asked}.
 */
export interface Again {
  /**
   * The same for a client that did not store the mark: it names another way to send, since this one may ask without end.
   */
  stuck: string;
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
   * Identifies the findings, a mark for each with spaces between, without any content. What was asked about or shown for
   * a mark need not be asked about or shown again.
   */
  mark: string;
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
 * What is attached to a draft, as far as its name tells.
 */
export interface Attachment {
  /**
   * Is it a link to a file that lies elsewhere?
   */
  cloud?: boolean;
  /**
   * Is it a picture within the text?
   */
  inline?: boolean;
  /**
   * The name of the file.
   */
  name: string;
}

/**
 * The body of a draft.
 */
export interface Body {
  /**
   * The HTML or the plain text, as Outlook gives it. Each lone surrogate arrives as U+FFFD.
   */
  content: string;
  /**
   * Was it longer than is read? Then this is its beginning.
   */
  cut?: boolean;
  /**
   * How it is written.
   */
  kind?: BodyKind;
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
 * What one rule says of all its findings together. A recipient with several faults is on the card of the gravest alone.
 */
export interface Card {
  /**
   * What the policy lets the rule do.
   */
  action: Decision;
  /**
   * What it was taken from, in sentences for the user, strongest first.
   */
  because: string[];
  /**
   * What to do.
   */
  do: string;
  /**
   * Its findings, as indexes into {@link Verdict.findings}. For numbers in the subject the fixes of the first one clear all;
   * each recipient has fixes of its own.
   */
  findings: number[];
  /**
   * How the user can object. Only for numbers in the subject.
   */
  objection?: Objection;
  /**
   * The name of the rule.
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
 * How the user can say that a number is not a CPR number.
 */
export interface Objection {
  /**
   * What the number may be instead, for the user to choose from. Empty if the user cannot decide.
   */
  choices?: string[];
  /**
   * The label of what opens it.
   */
  label: string;
  /**
   * What `notCpr` of the draft has to hold after a choice: marks without any content. Empty if the user cannot
   * decide.
   */
  marks?: string[];
  /**
   * What the user can read out or copy to those who decide: the rule, the evidence and the form, every digit a 9. Absent
   * if the user decides.
   */
  report?: string;
  /**
   * What happens next, and whom to ask.
   */
  text: string;
}

/**
 * What a shell has to write to apply a fix. A part that is absent stays as it is.
 */
export interface Change {
  /**
   * A recipient to add to its field.
   */
  add?: Recipient;
  /**
   * A line to insert at the start of the body.
   */
  body?: BodyNote;
  /**
   * The body, written anew. It replaces the one that was judged, and no other.
   */
  content?: Body;
  /**
   * An internet header that the draft must have.
   */
  header?: HeaderValue;
  /**
   * The id of the sensitivity label that the draft must have.
   */
  label?: string;
  /**
   * The numbers that the subject loses, as they were written: for the user, who may still need them.
   */
  numbers?: string[];
  /**
   * The new subject.
   */
  subject?: string;
  /**
   * The recipients to move to *Bcc*, each with the field in which it stands.
   */
  toBcc?: Recipient[];
  /**
   * What undoing writes as the subject, if it is not the old one. A line in the body cannot be taken back, so the tag of
   * secure mail stays.
   */
  undoSubject?: string;
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
 * An internet header with its value.
 */
export interface HeaderValue {
  /**
   * Its name.
   */
  name: string;
  /**
   * Its value.
   */
  value: string;
}

/**
 * A mail or an appointment that is about to be sent.
 *
 * Only `subject` is required. An unknown key is an error: a misspelt `recipients` must not pass as "no recipients".
 */
export interface Draft {
  /**
   * The mark of the question that the user answered by pressing Send a second time, on a client without *Send anyway*
   * ({@link Alert.mark}).
   */
  asked?: string;
  /**
   * What is attached, by its name; read only when the policy asks for it.
   */
  attachments?: Attachment[];
  /**
   * The body; read only when the policy asks for it, and never kept or repeated.
   */
  body?: Body;
  /**
   * The note of who was in the conversation when this draft was begun as a reply ({@link conversation}); absent
   * if it is no reply, or the client has lost the note.
   */
  conversation?: string;
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
   * The marks of numbers that the user said are not CPR numbers ({@link Objection.marks}). A mark holds for
   * this subject alone: after any change of it the number is found again.
   */
  notCpr?: string[];
  /**
   * Everyone the mail goes to, in the order of the fields.
   */
  recipients?: Recipient[];
  /**
   * The subject as the user typed or pasted it. Each lone surrogate arrives as U+FFFD, so that positions in UTF-16
   * code units stay right.
   */
  subject: string;
  /**
   * What Outlook did not say, or not in full. A sign of secure mail among it makes a doubt: the draft is then judged as
   * ordinary mail and as secure mail, and what only one of the two finds becomes a question.
   */
  unread?: Unread[];
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
 * Who the organisation is.
 */
export interface Organisation {
  /**
   * Whom a user can ask, such as `Servicedesk, tlf. 12 34 56 78`. At most 80 characters.
   */
  contact?: string;
  /**
   * Its own mail domains. `*.eksempel.dk` means every domain below `eksempel.dk`, not `eksempel.dk` itself.
   */
  domains?: string[];
  /**
   * An `https` link to the organisation's own guidance. At most 120 characters.
   */
  help?: string;
  /**
   * Its name, such as `Eksempel Kommune`. At most 60 characters.
   */
  name?: string;
}

/**
 * As much of a verdict as a send event needs. It is made without the findings and their fixes, whose code the send event
 * then need not load.
 */
export interface Ruling {
  /**
   * As in {@link Verdict.alert}.
   */
  alert?: Alert;
  /**
   * As in {@link Verdict.decision}.
   */
  decision: Decision;
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
   * The findings as a person reads them: one card for each cause. The dialog and the information bar count these.
   */
  cards?: Card[];
  /**
   * May the mail go?
   */
  decision: Decision;
  /**
   * What the rules found, gravest first.
   */
  findings: Finding[];
  /**
   * Is it unknown whether it is secure mail? Then it was judged both ways.
   */
  inDoubt?: boolean;
  /**
   * Whose policy it is, where that is a part for the sender of the draft; without its domains.
   */
  organisation?: Organisation;
  /**
   * Is it secure mail by the policy? False too where that could not be told.
   */
  secure: boolean;
  /**
   * What made it secure mail.
   */
  secureBy?: SecureBy;
  /**
   * One line on the whole draft: how many things need the user, or what was looked at and what was not. Words that were
   * not looked at are never called in order.
   */
  status: string;
  /**
   * Recipients that could not be judged, as indexes into {@link Draft.recipients}: paths in the organisation's
   * Exchange directory, and texts that are not addresses.
   */
  unjudged?: number[];
}
