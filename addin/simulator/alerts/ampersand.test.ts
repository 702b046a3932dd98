import assert from "node:assert/strict";
import { test } from "node:test";

import { readAmpersands } from "./ampersand";

const rows: [text: string, expected: string][] = [
  ["IT & Digitalisering", "IT _ _Digitalisering"],
  ["Børn&Unge", "Børn_U_nge"],
  ["Børn && Unge", "Børn & Unge"],
  ["&", ""],
  ["A&", "A"],
  ["Ingen", "Ingen"],
  ["", ""],
];
for (const [text, expected] of rows) {
  void test(`“${text}”`, () =>
    assert.equal(
      readAmpersands(text)
        .map((piece) => (piece.underlined ? `_${piece.text}_` : piece.text))
        .join(""),
      expected,
    ));
}
