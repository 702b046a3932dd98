// The messages between the host and the add-in's frames, and the rules that the add-in broke.

export type Purpose = "event" | "pane";

export interface TraceEntry {
  /** Milliseconds since the page was opened. */
  readonly at: number;
  readonly frame: string;
  readonly purpose: Purpose;
  readonly direction: "from-add-in" | "to-add-in";
  readonly action: string;
  /** The number of the Outlook call, for `ExecuteMethod` and `executeMethod`. */
  readonly dispatchId?: number;
  readonly data: unknown;
}

/** A rule of the host that the add-in broke. */
export interface Violation {
  readonly rule:
    "completed-option" | "completed-twice" | "unknown-call" | "too-many-calls" | "notification" | "event-failed";
  readonly detail: string;
}

const LONGEST = 5000;

export class Trace {
  readonly entries: TraceEntry[] = [];
  readonly violations: Violation[] = [];
  private violationListener: (violation: Violation) => void = () => undefined;

  add(entry: Omit<TraceEntry, "at">): void {
    this.entries.push({ at: performance.now(), ...entry });
    if (this.entries.length > LONGEST) {
      this.entries.shift();
    }
  }

  violate(rule: Violation["rule"], detail: string): void {
    const violation = { rule, detail };
    this.violations.push(violation);
    this.violationListener(violation);
  }

  onViolation(listener: (violation: Violation) => void): void {
    this.violationListener = listener;
  }

  clear(): void {
    this.entries.length = 0;
    this.violations.length = 0;
  }
}
