/**
 * The glue that wasm-bindgen generates for src/wasm.rs when the add-in is built: the exports, and the call that
 * connects them.
 */
declare module "sendvagt-engine-glue" {
  export function __wbg_set_wasm(exports: unknown): void;
  export function loadPolicy(packed: string): boolean;
  export function beginDraft(subject: string, appointment: boolean): void;
  export function addFrom(address: string): void;
  export function addRecipient(field: string, address: string, name: string, kind: string): void;
  export function addLabel(id: string): void;
  export function addHeader(name: string, value: string): void;
  export function addAsked(mark: string): void;
  export function check(locale: string): string;
  export function mend(locale: string, finding: number, fix: number): string;
}

/** The script of the translated engine: it returns the same exports. */
declare function sendvagtEngine(): import("./engine").Exports;
