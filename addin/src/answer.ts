/** Why a call to Outlook gave nothing that can be used. */
export type Reason = "failed" | "threw" | "late" | "nonsense";

/** What came of a call to Outlook. */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: Reason };

export type Reply<T> = (answer: Answer<T>) => void;

/** A call that is given a function to answer with. */
export type Call = (done: (result: CallResult) => void) => void;

/** The part of `Office.AsyncResult` that counts. */
export interface CallResult {
  readonly status: unknown;
  readonly value: unknown;
}

/** Says whether a value is of the kind that was asked for, and gives it; `undefined` if it is not. */
export type Reader<T> = (value: unknown) => T | undefined;

/** Outlook on the web and new Outlook allow three calls at once (Microsoft: "Limits for activation and JavaScript API"). */
const AT_ONCE = 3;

/** A call that has not answered by then never will in time: any outcome must stand within three seconds. */
const PATIENCE = 2000;

const waiting: (() => void)[] = [];
let underWay = 0;

/**
 * Makes a call to Outlook, as soon as fewer than three are under way. `reply` is called once, whatever the call does:
 * throw, fail, answer twice, too late, never, or with nonsense.
 */
export function ask<T>(call: Call, read: Reader<T>, reply: Reply<T>): void {
  waiting.push(() => {
    start(call, read, reply);
  });
  next();
}

function next(): void {
  while (underWay < AT_ONCE) {
    const begin = waiting.shift();
    if (begin === undefined) {
      return;
    }
    underWay += 1;
    begin();
  }
}

function start<T>(call: Call, read: Reader<T>, reply: Reply<T>): void {
  let settled = false;
  const settle = (answer: Answer<T>) => {
    if (settled) {
      return;
    }
    settled = true;
    stop(timer);
    underWay -= 1;
    try {
      reply(answer);
    } finally {
      next();
    }
  };
  const timer = after(PATIENCE, () => {
    settle({ ok: false, reason: "late" });
  });
  try {
    call((result) => {
      settle(judged(result, read));
    });
  } catch {
    settle({ ok: false, reason: "threw" });
  }
}

function judged<T>(result: CallResult, read: Reader<T>): Answer<T> {
  try {
    if (result.status !== "succeeded") {
      return { ok: false, reason: "failed" };
    }
    const value = read(result.value);
    return value === undefined ? { ok: false, reason: "nonsense" } : { ok: true, value };
  } catch {
    return { ok: false, reason: "nonsense" };
  }
}

/** A timer, where the runtime has any. */
export type Timer = ReturnType<typeof setTimeout> | undefined;

export function after(milliseconds: number, run: () => void): Timer {
  return typeof setTimeout === "function" ? setTimeout(run, milliseconds) : undefined;
}

export function stop(timer: Timer): void {
  if (timer !== undefined) {
    clearTimeout(timer);
  }
}
