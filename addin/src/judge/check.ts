import type { Decision, Draft, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import * as office from "../office";
import type { Item } from "../office";
import { unchecked, type Pack, type Reason } from "./pack";
import { readDraft } from "./draft";
import { verdictIn } from "./verdict";

/** How long a check may take in all, in milliseconds: the user waits for it. */
export const CHECK_LIMIT = 2500;

/** Receives an engine, or undefined when there is none. */
export type EngineThen = (engine: Engine | undefined) => void;

/** Where the engine comes from: each function calls at once or later. */
export interface EngineSource {
  readonly engine: (then: EngineThen) => void;
  /** Another engine, for a second try when the first cannot be had or breaks down. Missing where there is only one. */
  readonly another?: (then: EngineThen) => void;
}

export interface Checked {
  verdict: Verdict;
  /** What was judged, as far as it could be read. */
  draft: Draft;
  /** Why the draft could not be checked in full. */
  failed?: Reason;
}

/**
 * Reads the open draft and has it judged. It calls once and never throws: whatever fails ends in a verdict, at the
 * latest after {@link CHECK_LIMIT} where the runtime has timers.
 */
export function check(item: Item, pack: Pack, engines: EngineSource, asked: boolean, then: (checked: Checked) => void): void {
  const locale = office.locale();
  let open = true;
  let atHand: Engine | undefined;

  const end = (verdict: Verdict, failed?: Reason) => {
    if (open) {
      open = false;
      stopClock();
      read.giveUp();
      const checked: Checked = { verdict, draft: read.draft };
      then(failed === undefined ? checked : { ...checked, failed });
    }
  };
  const fail = (reason: Reason, verdict?: Verdict) => {
    end(graver(unchecked(pack, reason, locale), verdict), reason);
  };
  const stopClock = office.after(CHECK_LIMIT, () => {
    fail("slow", atHand && judged(atHand, read.draft, locale));
  });

  let parts = 2;
  const partCame = () => {
    parts -= 1;
    if (parts === 0 && open) {
      judge(atHand, engines.another);
    }
  };
  const judge = (engine: Engine | undefined, another: EngineSource["another"]) => {
    const verdict = engine && judged(engine, read.draft, locale);
    if (verdict === undefined && another !== undefined) {
      fetchEngine(another, (second) => {
        judge(second, undefined);
      });
    } else if (!read.complete) {
      fail("office", verdict);
    } else if (verdict === undefined) {
      fail("engine");
    } else {
      end(verdict);
    }
  };

  const read = readDraft(item, pack.policy, asked, () => {
    partCame();
  });
  fetchEngine(engines.engine, (engine) => {
    atHand = engine;
    partCame();
  });
}

/** Calls once, whatever the source does, unless it never answers. */
function fetchEngine(source: (then: EngineThen) => void, then: EngineThen): void {
  let open = true;
  const give: EngineThen = (engine) => {
    if (open) {
      open = false;
      then(engine);
    }
  };
  try {
    source(give);
  } catch {
    give(undefined);
  }
}

function judged(engine: Engine, draft: Draft, locale: string): Verdict | undefined {
  try {
    return verdictIn(engine.check(draft, locale));
  } catch {
    return undefined;
  }
}

const GRAVITY: Record<Decision, number> = { send: 0, ask: 1, stop: 2 };

/** What could be read of a draft may hold a fault of its own: a failure must not let through what a check would not. */
function graver(failure: Verdict, verdict: Verdict | undefined): Verdict {
  return verdict !== undefined && GRAVITY[verdict.decision] > GRAVITY[failure.decision] ? verdict : failure;
}
