import type { Failure, Language, Verdict } from "../contract";
import { languageOf, type Both } from "./language";
import { isVerdict } from "./verdict";

/** Why a mail could not be checked; src/failure.rs says what each means. */

/** The part of the policy that the shell needs: what it has to read from Outlook. The engine has the whole policy. */
export interface PolicyFile {
  language?: Language | null;
  organisation?: { name?: string; contact?: string; help?: string };
  /** Is the note of a conversation made and read? */
  conversation?: boolean;
  practice?: { offer?: boolean; course?: string | null };
  secureMail?: { from?: string[]; labels?: string[]; headers?: { name: string }[] };
}

/** What packing puts into every script (src/pack.rs). */
export interface Pack {
  version: string;
  policy: PolicyFile;
  /** The policy in the form that the engine loads. */
  packed: string;
  failures: Both<Record<Failure, Verdict>>;
}

const LANGUAGES: readonly Language[] = ["da", "en"];
const FAILURES: readonly Failure[] = ["office", "engine", "slow"];

/** Packing replaces this literal. It must occur exactly once in a script. */
const PACK: string = "@@SENDVAGT-PACK@@";

/** The pack of this script; undefined if the script was not packed or the pack cannot be read. */
export function pack(): Pack | undefined {
  return packIn(PACK);
}

/** Parses a pack; undefined if a part that the shell needs is missing. */
export function packIn(json: string): Pack | undefined {
  try {
    const value = JSON.parse(json) as Pack;
    return isPack(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** May throw if a part is missing altogether. */
function isPack(value: Pack): boolean {
  const hasTexts = [value.version, value.packed].every((text: unknown) => typeof text === "string" && text !== "");
  const failures = LANGUAGES.every((language) =>
    FAILURES.every((reason) => isVerdict(value.failures[language][reason])),
  );
  return hasTexts && failures && isPolicy(value.policy);
}

function isPolicy({ secureMail }: PolicyFile): boolean {
  const { from = [], labels = [], headers = [] } = secureMail ?? {};
  return [from, labels, headers].every((list: unknown) => Array.isArray(list));
}

/** The verdict on a mail that could not be checked, in the language that the engine uses for a locale. */
export function unchecked(pack: Pack, reason: Failure, locale: string): Verdict {
  return pack.failures[languageOf(locale)][reason];
}
