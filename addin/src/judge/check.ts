import type { Decision, Draft, Failure, Ruling, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import { request, type EngineSource, type EngineStart } from "../engine/source";
import * as office from "../office";
import type { Item } from "../office";
import type { ReadContent } from "./content";
import { readDraft } from "./draft";
import { unchecked, type Pack } from "./pack";
import type { Judge } from "./verdict";

/** How long a check may take in all, in milliseconds: the user waits for it. */
export const CHECK_LIMIT = 2500;

/** How long reading the user's objections may delay the answer, in milliseconds. */
export const OBJECTION_LIMIT = 800;

export interface Checked<V extends Ruling> {
  verdict: V | Verdict;
  /** What was judged, as far as it could be read. */
  draft: Draft;
  /** Why the draft could not be checked in full. */
  failed?: Failure;
  /** Then: the verdict on what could be read. What it finds is true all the same. */
  partial?: V;
}

export interface Given<V extends Ruling> {
  item: Item;
  pack: Pack;
  engines: EngineSource;
  judge: Judge<V>;
  /** Is the mark of an earlier question read too? */
  asked: boolean;
  /** Reads what the policy asks for beyond subject and recipients, if anything does. */
  content?: ReadContent | undefined;
}

/**
 * Reads the open draft and has it judged. It calls once and never throws: whatever fails ends in a verdict, at the
 * latest after {@link CHECK_LIMIT} where the runtime has timers. Unless it is given up by what it returns: then no call to
 * Office is left waiting, and it never calls.
 */
export function check<V extends Ruling>(given: Given<V>, then: (checked: Checked<V>) => void): office.GiveUp {
  const { item, pack, engines } = given;
  const locale = office.locale();
  let open = true;
  let engine: Engine | undefined;
  /** The verdict without the user's objections, while they are being read. */
  let known: V | undefined;
  const calls: office.GiveUp[] = [];

  /** True once: for whoever ends the check first. */
  const close = () => {
    const closes = open;
    open = false;
    if (closes) {
      stopTimer();
      read.giveUp();
      for (const giveUp of calls) {
        giveUp();
      }
    }
    return closes;
  };
  const end = (verdict: V | Verdict, failed?: Failure, partial?: V) => {
    if (close()) {
      const checked: Checked<V> = { verdict, draft: read.draft };
      if (failed !== undefined) {
        checked.failed = failed;
      }
      if (partial !== undefined) {
        checked.partial = partial;
      }
      then(checked);
    }
  };
  const fail = (reason: Failure, verdict?: V) => end(graver(unchecked(pack, reason, locale), verdict), reason, verdict);
  const stopTimer = office.after(CHECK_LIMIT, () => {
    const verdict = known ?? (engine && given.judge(engine, read.draft, locale));
    // A sign of secure mail that is still to come is unread, and the draft says so.
    if (verdict !== undefined && read.complete) {
      end(verdict);
    } else {
      fail("slow", verdict);
    }
  });

  /** Nothing is asked of Office for a mail that may go: objections can only let a mail through. */
  const withObjections = (engine: Engine, verdict: V) => {
    if (verdict.decision === "send" || office.supports("1.11") === false) {
      end(verdict);
      return;
    }
    known = verdict;
    // First the timer: Office may answer before the call returns.
    calls.push(office.after(OBJECTION_LIMIT, () => end(verdict)));
    calls.push(
      office.readNotCpr((answer) => {
        const marks = answer.ok ? answer.value : [];
        if (marks.length > 0 && open) {
          read.draft.notCpr = marks;
          end(given.judge(engine, read.draft, locale) ?? verdict);
        } else {
          end(verdict);
        }
      }),
    );
  };

  let readContent = given.content;
  const judge = (fallback: EngineStart | undefined) => {
    if (readContent !== undefined && engine !== undefined && read.complete) {
      const start = readContent;
      readContent = undefined;
      calls.push(start(engine, read.draft, () => judge(fallback)));
      return;
    }
    const verdict = engine && given.judge(engine, read.draft, locale);
    if (verdict === undefined && fallback !== undefined) {
      request(fallback, (second) => {
        engine = second;
        judge(undefined);
      });
    } else if (!read.complete) {
      fail("office", verdict);
    } else if (engine === undefined || verdict === undefined) {
      fail("engine");
    } else {
      withObjections(engine, verdict);
    }
  };
  // The draft and the engine arrive in any order.
  let missing = 2;
  const arrived = () => {
    missing -= 1;
    if (missing === 0 && open) {
      judge(engines.fallback);
    }
  };

  const read = readDraft(item, pack.policy, given.asked, arrived);
  request(engines.first, (found) => {
    engine = found;
    arrived();
  });
  return () => {
    close();
  };
}

const GRAVITY: Record<Decision, number> = { send: 0, ask: 1, stop: 2 };

/** What could be read of a draft may be reason enough to stop it: a failure must not let it through. */
function graver<V extends Ruling>(failure: Verdict, verdict: V | undefined): V | Verdict {
  return verdict !== undefined && GRAVITY[verdict.decision] > GRAVITY[failure.decision] ? verdict : failure;
}
