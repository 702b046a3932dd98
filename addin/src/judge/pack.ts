import type { Language, Verdict } from "../contract";
import { languageOf, type Both } from "./language";
import { isVerdict } from "./verdict";

/** Why a mail could not be checked; src/failure.rs says what each means. */
export type Reason = "office" | "engine" | "slow";

/** The part of the policy that the shell needs: what it has to ask Outlook for. The engine has it all. */
export interface PolicyFile {
  language?: Language | null;
  organisation?: { name?: string; contact?: string; help?: string };
  practice?: { course?: string | null };
  secureMail?: { from?: string[]; labels?: string[]; headers?: { name: string }[] };
}

/** What packing puts into every script (src/pack.rs). */
export interface Pack {
  version: string;
  policy: PolicyFile;
  /** The policy as the engine takes it. */
  packed: string;
  failures: Both<Record<Reason, Verdict>>;
  /** What a user who has not practised is offered on a new mail. Missing where the policy does not want it. */
  offer?: Both<{ text: string; button: string }>;
}

const LANGUAGES: readonly Language[] = ["da", "en"];
const REASONS: readonly Reason[] = ["office", "engine", "slow"];

/** Packing replaces this literal. It stands here once, and nowhere else. */
const PACK: string = "@@SENDVAGT-PACK@@";

/** The pack of this script; undefined when it was not packed or does not read. */
export function pack(): Pack | undefined {
  return packIn(PACK);
}

/** Reads a pack; undefined when a part that the shell cannot do without is missing. */
export function packIn(json: string): Pack | undefined {
  try {
    const value = JSON.parse(json) as Pack;
    return isPack(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** It may throw where a part is missing altogether. */
function isPack(value: Pack): boolean {
  const words = [value.version, value.packed].every((text: unknown) => typeof text === "string" && text !== "");
  const failures = LANGUAGES.every((language) =>
    REASONS.every((reason) => isVerdict(value.failures[language][reason])),
  );
  return words && failures && isPolicy(value.policy);
}

function isPolicy({ secureMail }: PolicyFile): boolean {
  const { from = [], labels = [], headers = [] } = secureMail ?? {};
  return [from, labels, headers].every((list: unknown) => Array.isArray(list));
}

/** The verdict on a mail that could not be checked, in the language that the engine takes for a locale. */
export function unchecked(pack: Pack, reason: Reason, locale: string): Verdict {
  return pack.failures[languageOf(locale)][reason];
}
