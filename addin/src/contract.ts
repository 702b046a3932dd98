// The JSON that the shell and the engine exchange. The Rust types in src/draft.rs and src/verdict.rs are
// the source, and their docs say what each field means.

export type Decision = "send" | "ask" | "stop";
export type Language = "da" | "en";
export type Field = "to" | "cc" | "bcc" | "required" | "optional";
export type RecipientKind = "other" | "list" | "user" | "external";

export interface Recipient {
  field: Field;
  address: string;
  name?: string;
  kind?: RecipientKind;
}

export interface Draft {
  subject: string;
  item?: "message" | "appointment";
  from?: string;
  recipients?: Recipient[];
  labels?: string[];
  headers?: Record<string, string>;
  asked?: string;
}

export type Fix =
  | { kind: "move-to-body"; subject: string; label: string }
  | { kind: "remove"; subject: string; label: string }
  | { kind: "replace"; recipient: number; address: string; label: string };

export interface Finding {
  rule: string;
  action: Decision;
  at: { subject: [number, number] } | { recipient: number };
  evidence?: string[];
  what: string;
  why: string;
  do: string;
  fixes?: Fix[];
}

export interface Alert {
  text: string;
  markdown: string;
  button: string;
  bar: string;
  again?: { text: string; mark: string };
}

export interface Verdict {
  decision: Decision;
  secure: boolean;
  secureBy?: "from" | "tag" | "domain" | "address" | "label" | "header" | "external";
  findings: Finding[];
  unjudged?: number[];
  alert?: Alert;
}
