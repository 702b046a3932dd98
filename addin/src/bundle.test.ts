// What is shipped is our own: no package of npm is bundled, nor may one slip in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ENTRIES = [
  "launch/browser.ts",
  "launch/classic.ts",
  "pane/pane.ts",
  "practice/practice.ts",
  "paused/browser.ts",
  "paused/classic.ts",
];

void test("no package of npm is bundled", () => {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES.map((entry) => `addin/src/${entry}`),
    bundle: true,
    write: false,
    outdir: "target/bundle-test",
    metafile: true,
    // The engine's own, made by the build.
    external: ["sendvagt-engine-glue"],
  });
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.length > 20, "the shell has more modules");
  assert.deepEqual(
    inputs.filter((path) => !path.startsWith("addin/src/")),
    [],
  );
});
