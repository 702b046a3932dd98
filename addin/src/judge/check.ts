import type { Decision, Draft, Failure, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import { request, type EngineSource, type EngineStart } from "../engine/source";
import * as office from "../office";
import type { Item } from "../office";
import { readDraft } from "./draft";
import { unchecked, type Pack } from "./pack";
import { verdictIn } from "./verdict";

/** How long a check may take in all, in milliseconds: the user waits for it. */
export const CHECK_LIMIT = 2500;

export interface Checked {
  verdict: Verdict;
  /** What was judged, as far as it could be read. */
  draft: Draft;
  /** Why the draft could not be checked in full. */
  failed?: Failure;
}

/**
 * Reads the open draft and has it judged. It calls once and never throws: whatever fails ends in a verdict, at the
 * latest after {@link CHECK_LIMIT} where the runtime has timers.
 */
export function check(
  item: Item,
  pack: Pack,
  engines: EngineSource,
  asked: boolean,
  then: (checked: Checked) => void,
): void {
  const locale = office.locale();
  let open = true;
  let engine: Engine | undefined;

  const end = (verdict: Verdict, failed?: Failure) => {
    if (open) {
      open = false;
      stopTimer();
      read.giveUp();
      const checked: Checked = { verdict, draft: read.draft };
      then(failed === undefined ? checked : { ...checked, failed });
    }
  };
  const fail = (reason: Failure, verdict?: Verdict) => end(graver(unchecked(pack, reason, locale), verdict), reason);
  const stopTimer = office.after(CHECK_LIMIT, () => fail("slow", engine && judged(engine, read.draft, locale)));

  const judge = (engine: Engine | undefined, fallback: EngineStart | undefined) => {
    const verdict = engine && judged(engine, read.draft, locale);
    if (verdict === undefined && fallback !== undefined) {
      request(fallback, (second) => judge(second, undefined));
    } else if (!read.complete) {
      fail("office", verdict);
    } else if (verdict === undefined) {
      fail("engine");
    } else {
      end(verdict);
    }
  };
  // The draft and the engine arrive in any order.
  let missing = 2;
  const arrived = () => {
    missing -= 1;
    if (missing === 0 && open) {
      judge(engine, engines.fallback);
    }
  };

  const read = readDraft(item, pack.policy, asked, arrived);
  request(engines.first, (found) => {
    engine = found;
    arrived();
  });
}

function judged(engine: Engine, draft: Draft, locale: string): Verdict | undefined {
  try {
    return verdictIn(engine.check(draft, locale));
  } catch {
    return undefined;
  }
}

const GRAVITY: Record<Decision, number> = { send: 0, ask: 1, stop: 2 };

/** What could be read of a draft may be reason enough to stop it: a failure must not let it through. */
function graver(failure: Verdict, verdict: Verdict | undefined): Verdict {
  return verdict !== undefined && GRAVITY[verdict.decision] > GRAVITY[failure.decision] ? verdict : failure;
}
