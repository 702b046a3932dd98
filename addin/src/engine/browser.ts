// The engine in a browser: WebAssembly, and the same translated to JavaScript where WebAssembly does not run.

import * as glue from "sendvagt-engine-glue";

import { engine, type Engine } from "./engine";
import { once, shared, type EngineSource, type EngineThen } from "./source";
import { translated } from "./translated";

/** The files of an engine, as they lie beside the page. */
export interface EngineFiles {
  wasm: string;
  /** The same, translated to JavaScript. */
  script: string;
}

/** The engine of the pane and the practice. */
export const WHOLE: EngineFiles = { wasm: "engine.wasm", script: "engine.js" };

/** How long to wait for WebAssembly before the translated engine is fetched too, in milliseconds. */
const PATIENCE = 1000;

/** One engine for all who ask. It is fetched at once; without a policy there is none. */
export function browserSource(packed: string | undefined, files: EngineFiles): EngineSource {
  const fetched = (start: (packed: string, files: EngineFiles, then: EngineThen) => void) =>
    shared((then) => {
      if (packed === undefined) {
        then(undefined);
      } else {
        start(packed, files, then);
      }
    });
  let current = fetched(browserEngine);
  return {
    first: (then) => current(then),
    fallback: (then) => {
      // It replaces the first for good: an engine that has failed once may give wrong answers.
      current = fetched(translatedEngine);
      current(then);
    },
  };
}

/**
 * Fetches the engine as WebAssembly and, where that is missing, forbidden or slow, the translated one; the first to
 * arrive is taken. It calls once, without an engine if neither can run.
 */
export function browserEngine(packed: string, files: EngineFiles, then: EngineThen): void {
  const give = once<[Engine | undefined]>((found) => {
    clearTimeout(timer);
    then(found);
  });
  let left = 2;
  const arrived: EngineThen = (found) => {
    left -= 1;
    if (found !== undefined || left === 0) {
      give(found);
    }
  };
  const fetchTranslated = once(() => translatedEngine(packed, files, arrived));
  const timer = setTimeout(fetchTranslated, PATIENCE);
  instantiate(packed, files.wasm).then(arrived, () => {
    arrived(undefined);
    fetchTranslated();
  });
}

async function instantiate(packed: string, wasm: string): Promise<Engine> {
  const response = await fetch(wasm);
  if (!response.ok) {
    throw new Error(`${wasm}: HTTP status ${String(response.status)}`);
  }
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), { "./engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  return engine("wasm", glue, packed);
}

/** Fetches the translated engine and calls once. */
export function translatedEngine(packed: string, files: EngineFiles, then: EngineThen): void {
  const script = document.createElement("script");
  script.src = files.script;
  script.onload = () => then(attempt(packed));
  script.onerror = () => then(undefined);
  document.head.append(script);
}

function attempt(packed: string): Engine | undefined {
  try {
    return translated(packed);
  } catch {
    return undefined;
  }
}
