// What an add-in may pass to `event.completed()` in a send event, and since which Mailbox requirement set.
// Source: Office.SmartAlertsEventCompletedOptions in Microsoft's reference.

import { offersSet } from "../clients";

/** Limits in UTF-16 code units. */
export const MESSAGE_LIMIT = 500;
export const LABEL_LIMIT = 20;

/** The options as this client understands them. */
export interface Completed {
  readonly allowEvent: boolean;
  readonly errorMessage?: string;
  readonly errorMessageMarkdown?: string;
  readonly cancelLabel?: string;
  readonly commandId?: string;
  readonly contextData?: string;
  readonly promptUser: boolean;
}

export interface CompletedReading {
  readonly options: Completed;
  /** Violations of the documented rules, a sentence each. */
  readonly violations: readonly string[];
  /** Options that this client ignores because it is too old for them. This is not a violation. */
  readonly ignored: readonly string[];
}

interface Rule {
  readonly since: string;
  readonly type: "boolean" | "string";
  readonly limit?: number;
}

const RULES: Readonly<Record<string, Rule>> = {
  allowEvent: { since: "1.12", type: "boolean" },
  errorMessage: { since: "1.12", type: "string", limit: MESSAGE_LIMIT },
  cancelLabel: { since: "1.14", type: "string", limit: LABEL_LIMIT },
  commandId: { since: "1.14", type: "string" },
  contextData: { since: "1.14", type: "string" },
  sendModeOverride: { since: "1.14", type: "string" },
  errorMessageMarkdown: { since: "1.15", type: "string", limit: MESSAGE_LIMIT },
};

/** Reads the argument of `completed()` for a client that offers the Mailbox set `mailbox`. */
export function readCompleted(given: unknown, mailbox: string): CompletedReading {
  const violations: string[] = [];
  const ignored: string[] = [];
  const kept: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(asObject(given, violations))) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (rule === undefined) {
      violations.push(`completed() has no option "${name}".`);
    } else if (value === undefined) {
      continue;
    } else if (typeof value !== rule.type) {
      violations.push(`${name} must be a ${rule.type}, not ${describe(value)}.`);
    } else if (!offersSet(mailbox, rule.since)) {
      ignored.push(name);
    } else {
      kept[name] = withinLimit(name, value, rule, violations);
    }
  }
  checkTogether(kept, violations);
  return { options: toOptions(kept), violations, ignored };
}

function asObject(given: unknown, violations: string[]): Record<string, unknown> {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    return given as Record<string, unknown>;
  }
  if (given !== undefined) {
    violations.push(`completed() takes an object, not ${describe(given)}.`);
  }
  return {};
}

function withinLimit(name: string, value: unknown, rule: Rule, violations: string[]): string | boolean {
  if (typeof value !== "string") {
    return value === true;
  }
  if (rule.limit === undefined || value.length <= rule.limit) {
    return value;
  }
  violations.push(`${name} is ${String(value.length)} code units long; at most ${String(rule.limit)} are allowed.`);
  return value.slice(0, rule.limit);
}

// The documentation does not say what a missing `allowEvent` means. The simulator holds the mail back: nobody has said
// that it may go.
function checkTogether(kept: Record<string, string | boolean>, violations: string[]): void {
  if (!("allowEvent" in kept)) {
    violations.push("completed() was called without allowEvent.");
  }
  if ("contextData" in kept && !("commandId" in kept)) {
    violations.push("contextData without commandId goes nowhere.");
    delete kept["contextData"];
  }
  if ("sendModeOverride" in kept && kept["sendModeOverride"] !== "promptUser") {
    violations.push('sendModeOverride takes only "promptUser": a mode can be loosened, not tightened.');
    delete kept["sendModeOverride"];
  }
  if (kept["allowEvent"] !== true && "errorMessageMarkdown" in kept && !("errorMessage" in kept)) {
    violations.push("errorMessageMarkdown needs errorMessage beside it, for the clients that take no Markdown.");
  }
}

function toOptions(kept: Record<string, string | boolean>): Completed {
  const { allowEvent, sendModeOverride, ...texts } = kept;
  return {
    ...(texts as Record<string, string>),
    allowEvent: allowEvent === true,
    promptUser: sendModeOverride === "promptUser",
  };
}

function describe(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
