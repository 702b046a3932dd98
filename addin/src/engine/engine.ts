import type { Draft } from "../contract";

/** The engine as the rest of the shell sees it, be it WebAssembly or the same translated to JavaScript. */
export interface Engine {
  /** What runs it, for the About page. */
  readonly kind: "wasm" | "js";
  /** Takes another policy. False when it does not read; then there is none. */
  load(packed: string): boolean;
  /** Judges a draft in the language of a locale. The answer is a verdict as JSON; empty means that there is none. */
  check(draft: Draft, locale: string): string;
  /** What a fix changes, as JSON; empty means that there is no such fix. Both numbers count from 0. */
  mend(draft: Draft, locale: string, finding: number, fix: number): string;
}

/** The functions that src/wasm.rs exports, as wasm-bindgen's glue names them. */
export interface Exports {
  loadPolicy(packed: string): boolean;
  beginDraft(subject: string, appointment: boolean): void;
  addFrom(address: string): void;
  addRecipient(field: string, address: string, name: string, kind: string): void;
  addLabel(id: string): void;
  addHeader(name: string, value: string): void;
  addAsked(mark: string): void;
  check(locale: string): string;
  mend(locale: string, finding: number, fix: number): string;
}

/** Makes an engine of the exports, with a policy. It throws when the policy does not read. */
export function engine(kind: Engine["kind"], exports: Exports, packed: string): Engine {
  if (!exports.loadPolicy(packed)) {
    throw new Error("the packed policy does not read");
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
    exports.addRecipient(field, address, name ?? "", kind ?? "other");
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
