import type { Language, Verdict } from "./contract";

/** Why a mail could not be checked. */
export type Failure = "office" | "engine" | "slow";

/** What packing puts into the scripts: the policy, and the verdicts for when the engine cannot run. */
export interface Pack {
  version: string;
  policy: {
    organisation: { name: string };
    language?: Language | null;
    secureMail: { labels: string[]; headers: { name: string }[] };
  };
  packed: string;
  failures: Record<Language, Record<Failure, Verdict>>;
}

// Packing replaces this very literal; it must stand in each script once.
const PACK = "@@SENDVAGT-PACK@@";

let read: Pack | undefined;

/** The pack; `undefined` when it does not read, as in a script that was never packed. */
export function pack(): Pack | undefined {
  if (read === undefined) {
    try {
      read = JSON.parse(PACK) as Pack;
    } catch {
      read = undefined;
    }
  }
  return read;
}

/** The language of the words for a client's language tag, as `src/language.rs` has it. */
export function language(locale: string): Language {
  return /^da([-_]|$)/i.test(locale) ? "da" : "en";
}
