import type { Draft } from "../contract";
import { linesOf, valueIn } from "./lines";

/** The engine as the shell sees it: WebAssembly, or the same translated to JavaScript. */
export interface Engine {
  /** For the About section of the pane. */
  readonly kind: "wasm" | "js";
  /** Loads another policy. False if it cannot be read; then no policy is loaded. */
  load(packed: string): boolean;
  /**
   * What else of the draft the policy asks for, by name with spaces between; empty if that is nothing. Only engines with the
   * rules on it are asked.
   */
  wanted(draft: Draft): string;
  /** Decides on a draft in the language of a locale. Returns the ruling; undefined if there is none. */
  decide(draft: Draft, locale: string): unknown;
  /** Judges a draft likewise. Returns the verdict as JSON, or an empty string if there is none. The engine of a send cannot: it throws or returns nothing. */
  check(draft: Draft, locale: string): string;
  /** The note of who is in the conversation to which the draft was just begun as a reply; empty if there is none. */
  conversation(draft: Draft): string;
  /**
   * Returns what a fix changes as JSON, or an empty string if there is no such fix. Both numbers count from 0. The engine
   * of a send has no fixes.
   */
  mend(draft: Draft, locale: string, finding: number, fix: number): string;
}

/** The functions that src/wasm.rs exports; glue.d.ts declares them. */
/** What the engine of a send lacks. */
type WholeOnly = "check" | "mend";

/** What the engine of a site lacks whose policy asks for nothing but subject and recipients. */
type ContentOnly = "wanted";
type Glue = Omit<typeof import("sendvagt-engine-glue"), "__wbg_set_wasm">;
export type Exports = Omit<Glue, WholeOnly | ContentOnly> & Partial<Pick<Glue, WholeOnly | ContentOnly>>;

/** Wraps the exports and loads a policy. Throws if the policy cannot be read. */
export function engine(kind: Engine["kind"], exports: Exports, packed: string): Engine {
  if (!exports.loadPolicy(packed)) {
    throw new Error("the packed policy cannot be read");
  }
  return {
    kind,
    load: (other) => exports.loadPolicy(other),
    wanted: (draft) => exports.wanted?.(linesOf(draft)) ?? "",
    decide: (draft, locale) => valueIn(exports.decide(linesOf(draft), locale)),
    conversation: (draft) => exports.conversation(linesOf(draft)),
    check: (draft, locale) => exports.check?.(linesOf(draft), locale) ?? "",
    mend: (draft, locale, finding, fix) => exports.mend?.(linesOf(draft), locale, finding, fix) ?? "",
  };
}
