// The scenes, which the build embeds in this script. src/practice/mod.rs documents their parts.

import type { Draft, Language } from "../contract";
import type { Both } from "../judge/language";

export interface Mail {
  from: string;
  to: string[];
  bcc?: string[];
  /** The note of who was in the conversation, if it is a reply. */
  conversation?: string;
  subject: Both<string>;
  label: string;
  body: Both<string>;
  /** The names of the attached files. */
  attachments?: string[];
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
  /** The policy of the practice, in the form that the engine loads. */
  packed: string;
  /** The mailboxes that a mail may be sent from; the first is the user's own. */
  senders: string[];
  /** The ids of the sensitivity labels. */
  labels: string[];
  scenes: Scene[];
}

/** The build replaces this literal. It must occur exactly once in the script. */
const PRACTICE: string = "@@SENDVAGT-PRACTICE@@";

/** The practice; undefined if the build did not embed it. */
export function practice(): Practice | undefined {
  try {
    return JSON.parse(PRACTICE) as Practice;
  } catch {
    return undefined;
  }
}

/** The mail as a draft for the engine. */
export function draftOf(mail: Mail, language: Language): Draft {
  const { from, to, bcc = [], subject, label, body, attachments = [], conversation } = mail;
  return draft({ subject: subject[language], from, to, bcc, label, body: body[language], attachments, conversation });
}

/** A draft for the engine from what stands in the fields of a mail. */
export function draft(fields: {
  subject: string;
  from: string;
  to: string[];
  bcc: string[];
  label: string;
  body: string;
  attachments: string[];
  conversation: string | undefined;
}): Draft {
  const { subject, from, label, body, attachments, conversation } = fields;
  return {
    subject,
    from,
    recipients: (["to", "bcc"] as const).flatMap((field) => fields[field].map((address) => ({ field, address }))),
    labels: label === "" ? [] : [label],
    body: { kind: "text", content: body },
    attachments: attachments.map((name) => ({ name })),
    ...(conversation !== undefined && { conversation }),
  };
}
