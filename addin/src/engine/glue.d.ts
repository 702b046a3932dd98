/**
 * The glue that wasm-bindgen generates for src/wasm.rs when the add-in is built: the exports, and the call that
 * connects them.
 */
declare module "sendvagt-engine-glue" {
  export function __wbg_set_wasm(exports: unknown): void;
  export function loadPolicy(packed: string): boolean;
  export function check(draft: string, locale: string): string;
  export function decide(draft: string, locale: string): string;
  export function wanted(draft: string): string;
  export function conversation(draft: string): string;
  export function mend(draft: string, locale: string, finding: number, fix: number): string;
}

/** The script of the translated engine: it returns the same exports. */
declare function sendvagtEngine(): import("./engine").Exports;
