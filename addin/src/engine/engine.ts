import type { Draft } from "../contract";

/** The engine as the shell sees it: WebAssembly, or the same translated to JavaScript. */
export interface Engine {
  /** For the About section of the pane. */
  readonly kind: "wasm" | "js";
  /** Loads another policy. False if it cannot be read; then no policy is loaded. */
  load(packed: string): boolean;
  /** Judges a draft in the language of a locale. Returns the verdict as JSON, or an empty string if there is none. */
  check(draft: Draft, locale: string): string;
  /** Returns what a fix changes as JSON, or an empty string if there is no such fix. Both numbers count from 0. */
  mend(draft: Draft, locale: string, finding: number, fix: number): string;
}

/** The functions that src/wasm.rs exports; glue.d.ts declares them. */
export type Exports = Omit<typeof import("sendvagt-engine-glue"), "__wbg_set_wasm">;

/** Wraps the exports and loads a policy. Throws if the policy cannot be read. */
export function engine(kind: Engine["kind"], exports: Exports, packed: string): Engine {
  if (!exports.loadPolicy(packed)) {
    throw new Error("the packed policy cannot be read");
  }
  return {
    kind,
    load: (other) => exports.loadPolicy(other),
    check(draft, locale) {
      handOver(exports, draft);
      return exports.check(locale);
    },
    mend(draft, locale, finding, fix) {
      handOver(exports, draft);
      return exports.mend(locale, finding, fix);
    },
  };
}

function handOver(exports: Exports, draft: Draft): void {
  exports.beginDraft(draft.subject, draft.item === "appointment");
  if (draft.from !== undefined) {
    exports.addFrom(draft.from);
  }
  for (const { field, address, name, kind } of draft.recipients ?? []) {
    exports.addRecipient(field ?? "to", address, name ?? "", kind ?? "other");
  }
  for (const id of draft.labels ?? []) {
    exports.addLabel(id);
  }
  const headers = draft.headers ?? {};
  for (const name of Object.keys(headers)) {
    exports.addHeader(name, headers[name] ?? "");
  }
  if (draft.asked !== undefined) {
    exports.addAsked(draft.asked);
  }
}
