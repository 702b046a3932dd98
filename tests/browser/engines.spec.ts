// Chromium with the files that it loads in Outlook on the web: its verdicts are byte-equal to those of the command
// line.

import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

import type { Draft } from "../../addin/src/contract";
import { batches, COUNT } from "../engine/drafts";
import { native, packed } from "../engine/engines";
import { expect, test } from "./fixture";
import { ADDIN_ORIGIN } from "./network";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Tried {
  kind: string;
  check(draft: Draft): string;
}

declare global {
  interface Window {
    /** Starts an engine as the launch page does: WebAssembly, or the translated one. */
    startEngine(way: "wasm" | "js", packed: string): Promise<string>;
    engineStarted: Tried;
  }
}

/** The shell's own code that fetches an engine, as a script. */
function script(): string {
  const source = `import { browserEngine, translatedEngine, WHOLE } from "./addin/src/engine/browser";
    window.startEngine = (way, packed) => new Promise((resolve) => {
      (way === "wasm" ? browserEngine : translatedEngine)(packed, WHOLE, (engine) => {
        window.engineStarted = { kind: engine?.kind ?? "none", check: (draft) => engine.check(draft, "da-DK") };
        resolve(window.engineStarted.kind);
      });
    });`;
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: ROOT },
    bundle: true,
    format: "iife",
    target: "es2020",
    write: false,
    alias: { "sendvagt-engine-glue": `${ROOT}target/engine/fast/engine_bg.js` },
  });
  return outputFiles[0]?.text ?? "";
}

test.use({ answers: { instead: { "engines.html": "<!doctype html><title>engines</title>" } } });

for (const way of ["wasm", "js"] as const) {
  test(`the verdicts of ${way} in Chromium are those of the command line`, async ({ page, network }) => {
    test.setTimeout(60_000 + COUNT * 10);
    await page.goto(`${ADDIN_ORIGIN}/engines.html`);
    await page.addScriptTag({ content: script() });
    expect(await page.evaluate(([kind, policy]) => window.startEngine(kind, policy), [way, packed()] as const)).toBe(
      way,
    );
    for (const { drafts } of batches()) {
      const given = await page.evaluate(
        (list) => (JSON.parse(list) as Draft[]).map((draft) => window.engineStarted.check(draft)),
        JSON.stringify(drafts),
      );
      const verdicts = native(drafts);
      expect(given.length).toBe(verdicts.length);
      // The draft is named by its number; a subject has no place in a message.
      expect(
        verdicts.findIndex((verdict, index) => given[index] !== verdict),
        "the first draft that is judged differently",
      ).toBe(-1);
    }
    expect(network.unexpected).toEqual([]);
  });
}
