import assert from "node:assert/strict";
import { test } from "node:test";

import { keepingPrefixes } from "./subject";

const rows: [before: string, next: string, expected: string][] = [
  ["SV: Vedr. sagen", "sagen", "SV: sagen"],
  ["VS: SV: Vedr. sagen", "sagen", "VS: SV: sagen"],
  ["re:Sagen", "sagen", "re:sagen"],
  ["Fwd: Sagen", "sagen", "Fwd: sagen"],
  ["SV: sagen", "SV: sagen", "SV: SV: sagen"],
  ["Sagen", "sagen", "sagen"],
  ["Svar: sagen", "sagen", "sagen"],
];
for (const [before, next, expected] of rows) {
  void test(`“${before}” overwritten with “${next}”`, () => assert.equal(keepingPrefixes(before, next), expected));
}
