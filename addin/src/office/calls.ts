// How a call to Office.js is made: at most three at once, each with one outcome within a time limit.

import { after } from "./timer";

/**
 * The outcome of a call. `failed`: Office reported an error. `threw`: the call itself threw. `late`: no answer within
 * {@link CALL_LIMIT}. `nonsense`: the value is not of the documented type.
 */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: "failed" | "threw" | "late" | "nonsense" };

/** Receives the outcome of a call, once. */
export type Then<T> = (answer: Answer<T>) => void;

/** Cancels a call: if it is still queued it is never made, and an answer that arrives later is ignored. */
export type GiveUp = () => void;

/** The callback that Office.js takes as the last argument of an asynchronous method. */
export type Callback = (result: unknown) => void;

/** Checks a value from Office and converts it; undefined if it has another type than documented. */
export type Reader<T> = (value: unknown) => T | undefined;

/** How long a call may take, in milliseconds. */
export const CALL_LIMIT = 2000;

/** Outlook on the web, new Outlook and mobile reject a fourth call while three are pending. */
const CALLS_AT_ONCE = 3;

const queue: (() => void)[] = [];
let pending = 0;

function startNext(): void {
  const start = pending < CALLS_AT_ONCE ? queue.shift() : undefined;
  if (start !== undefined) {
    pending += 1;
    start();
  }
}

/** Makes a call as soon as fewer than three are pending. `first` puts it at the head of the queue. */
export function call<T>(
  begin: (callback: Callback) => void,
  read: Reader<T>,
  then: Then<T>,
  { first = false, limit = CALL_LIMIT } = {},
): GiveUp {
  let open = true;
  let stopTimer: (() => void) | undefined;
  const close = () => {
    const closes = open;
    open = false;
    if (closes && stopTimer !== undefined) {
      stopTimer();
      // A late call frees its slot too: otherwise three of them would block all others for good.
      pending -= 1;
    }
    return closes;
  };
  const settle = (answer: Answer<T>) => {
    if (close()) {
      try {
        then(answer);
      } finally {
        startNext();
      }
    }
  };
  const start = () => {
    stopTimer = after(limit, () => settle({ ok: false, reason: "late" }));
    try {
      begin((result) => settle(answerIn(result, read)));
    } catch {
      settle({ ok: false, reason: "threw" });
    }
  };
  if (first) {
    queue.unshift(start);
  } else {
    queue.push(start);
  }
  startNext();
  return () => {
    if (close()) {
      const place = queue.indexOf(start);
      if (place >= 0) {
        queue.splice(place, 1);
      }
      startNext();
    }
  };
}

function answerIn<T>(result: unknown, read: Reader<T>): Answer<T> {
  if (!isObject(result)) {
    return { ok: false, reason: "nonsense" };
  }
  if (result["status"] === "failed") {
    return { ok: false, reason: "failed" };
  }
  const value = result["status"] === "succeeded" ? attempt(() => read(result["value"])) : undefined;
  return value === undefined ? { ok: false, reason: "nonsense" } : { ok: true, value };
}

/** The outcome of a call as a promise, for the task pane. */
export function promised<T>(call: (then: Then<T>) => void): Promise<Answer<T>> {
  return new Promise((resolve) => call(resolve));
}

/** Reads what Office answers synchronously; undefined if it throws. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export const string: Reader<string> = (value) => (typeof value === "string" ? value : undefined);

/** For calls whose answer has no value. */
export const done: Reader<true> = () => true;
