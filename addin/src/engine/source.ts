// Where an engine comes from. A source may answer at once or later; it may also throw, answer twice or never answer.

import type { Engine } from "./engine";

/** Receives an engine, or undefined if there is none. */
export type EngineThen = (engine: Engine | undefined) => void;

/** Starts to make or fetch an engine. */
export type EngineStart = (then: EngineThen) => void;

export interface EngineSource {
  readonly first: EngineStart;
  /** Another engine, for a second try after the first is missing or has failed. Missing if there is only one. */
  readonly fallback?: EngineStart;
}

/** Lets the first call through and ignores all others. */
export function once<A extends unknown[]>(act: (...args: A) => void): (...args: A) => void {
  let open = true;
  return (...args) => {
    if (open) {
      open = false;
      act(...args);
    }
  };
}

/** Asks a source for its engine and calls once, unless the source never answers. */
export function request(start: EngineStart, then: EngineThen): void {
  const give = once(then);
  try {
    start(give);
  } catch {
    give(undefined);
  }
}

/** Starts a source at once, and hands its one engine to everyone who asks. */
export function shared(start: EngineStart): EngineStart {
  let result: { engine: Engine | undefined } | undefined;
  const waiting: EngineThen[] = [];
  request(start, (engine) => {
    result = { engine };
    for (const then of waiting.splice(0)) {
      then(engine);
    }
  });
  return (then) => {
    if (result === undefined) {
      waiting.push(then);
    } else {
      then(result.engine);
    }
  };
}
