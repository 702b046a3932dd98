import * as glue from "sendvagt-engine-glue";

import { engine, type Engine } from "./engine";
import { translated } from "./translated";

type Done = (engine: Engine | undefined) => void;

/** After so long without WebAssembly the translated engine is fetched too, and the first one there is taken. */
const PATIENCE = 1000;

/**
 * Fetches the engine as WebAssembly and, where that is missing, forbidden or slow, translated to JavaScript. `done` is
 * called once, without an engine when neither can run.
 */
export function browserEngine(packed: string, done: Done): void {
  let given = false;
  let failed = 0;
  const give: Done = (found) => {
    if (found === undefined) {
      failed += 1;
    }
    // Two ways lead to an engine; only when both have failed there is none.
    if (!given && (found !== undefined || failed === 2)) {
      given = true;
      clearTimeout(timer);
      done(found);
    }
  };
  let second = false;
  const otherWay = () => {
    if (!second && !given) {
      second = true;
      translatedEngine(packed, give);
    }
  };
  const timer = setTimeout(otherWay, PATIENCE);
  instantiate(packed).then(give, () => {
    give(undefined);
    otherWay();
  });
}

async function instantiate(packed: string): Promise<Engine> {
  const response = await fetch("engine.wasm");
  if (!response.ok) {
    throw new Error(`engine.wasm: ${String(response.status)}`);
  }
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), { "./engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  return engine("wasm", glue, packed);
}

/** Fetches the translated engine; `done` is called once. */
export function translatedEngine(packed: string, done: Done): void {
  const script = document.createElement("script");
  script.src = "engine.js";
  script.onload = () => {
    done(tried(packed));
  };
  script.onerror = () => {
    done(undefined);
  };
  document.head.append(script);
}

function tried(packed: string): Engine | undefined {
  try {
    return translated(packed);
  } catch {
    return undefined;
  }
}
