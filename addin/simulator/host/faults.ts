// Faults that are injected on purpose, which the add-in must tolerate.

import type { Purpose } from "./trace";

export type FaultKind =
  /** The call fails with {@link Fault.code}. */
  | "error"
  /** The host sends an empty answer; office.js then never calls back. */
  | "null"
  /** The host never answers. */
  | "never"
  /** The correct answer, {@link Fault.ms} milliseconds late. */
  | "late"
  /** A successful answer with {@link Fault.data} as its value. */
  | "nonsense";

export interface Fault {
  /** The number of the Outlook call, as in `methods.ts`; 1 is the initial data. */
  readonly dispatchId: number;
  readonly kind: FaultKind;
  /** For `error`; 9020 by default. */
  readonly code?: number;
  /** For `late`. */
  readonly ms?: number;
  /** For `nonsense`. */
  readonly data?: unknown;
  /** How many calls it affects; all by default. */
  readonly times?: number;
  /** Affects only calls of such frames; all by default. */
  readonly purpose?: Purpose;
  /** Affects only calls with these parameters, e.g. `{recipientField: 1}`; all by default. */
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

  /** The fault that affects this call, if any; counts it as used. */
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
