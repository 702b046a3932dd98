import type { Purpose } from "./trace";

// Faults put in on purpose: what the add-in must bear.

export type FaultKind =
  /** The call fails with {@link Fault.code}. */
  | "error"
  /** The host answers, but with nothing; office.js then never calls back. */
  | "null"
  /** The host never answers. */
  | "never"
  /** The right answer, {@link Fault.ms} milliseconds late. */
  | "late"
  /** A successful answer with {@link Fault.data} for a value. */
  | "nonsense";

export interface Fault {
  /** The number of the Outlook call, as in `methods.ts`; 1 is the initial data. */
  readonly dispatchId: number;
  readonly kind: FaultKind;
  /** With `error`; 9020 where absent. */
  readonly code?: number;
  /** With `late`. */
  readonly ms?: number;
  /** With `nonsense`. */
  readonly data?: unknown;
  /** How many calls it hits; all where absent. */
  readonly times?: number;
  /** Only calls of such frames; all where absent. */
  readonly purpose?: Purpose;
  /** Only calls with these parameters, e.g. `{recipientField: 1}`; all where absent. */
  readonly params?: Readonly<Record<string, unknown>>;
}

export class Faults {
  private rules: { fault: Fault; left: number }[] = [];
  /** No WebAssembly in frames created from now on. */
  wasmBlocked = false;

  get list(): readonly Fault[] {
    return this.rules.filter((rule) => rule.left > 0).map((rule) => rule.fault);
  }

  add(fault: Fault): void {
    this.rules.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
    this.wasmBlocked = false;
  }

  /** The fault that hits this call, if any; counts it as used. */
  take(dispatchId: number, purpose: Purpose, params: Readonly<Record<string, unknown>>): Fault | undefined {
    const rule = this.rules.find(
      ({ fault, left }) =>
        left > 0 && fault.dispatchId === dispatchId && (fault.purpose ?? purpose) === purpose && matches(fault, params),
    );
    if (rule === undefined) {
      return undefined;
    }
    rule.left -= 1;
    return rule.fault;
  }
}

function matches(fault: Fault, params: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(fault.params ?? {}).every(([name, value]) => params[name] === value);
}
