// The built manifest against the built files.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { faults } from "../../addin/manifest/faults";
import { NAMES } from "../../addin/manifest/names";
import { pngSize } from "../../addin/manifest/png";

const dist = (path: string) => new URL(`../../dist/addin/${path}`, import.meta.url);

void test("the built manifest has no fault", () => {
  const found = faults(readFileSync(dist("manifest.xml"), "utf8"), {
    ...NAMES,
    hasFile: (path) => existsSync(dist(path)),
    imageSize: (path) => pngSize(readFileSync(dist(path))),
  });
  assert.deepEqual(found, []);
});
