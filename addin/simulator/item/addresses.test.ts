import assert from "node:assert/strict";
import { test } from "node:test";

import { readRecipients } from "./addresses";

const rows: [name: string, typed: string, expected: string[]][] = [
  ["one address", "a@x.example", ["|a@x.example"]],
  ["name and address", "Anna Berg <a@x.example>", ["Anna Berg|a@x.example"]],
  ["comma in a quoted name", '"Berg, Anna" <a@x.example>, b@x.example', ["Berg, Anna|a@x.example", "|b@x.example"]],
  ["semicolons", "a@x.example; b@x.example;", ["|a@x.example", "|b@x.example"]],
  ["a pasted column", "a@x.example\r\nb@x.example\n\nc@x.example", ["|a@x.example", "|b@x.example", "|c@x.example"]],
  ["tabs from a sheet", "a@x.example\tb@x.example", ["|a@x.example", "|b@x.example"]],
  ["mailto", "mailto:a@x.example", ["|a@x.example"]],
  ["brackets without a name", "<a@x.example>", ["|a@x.example"]],
  ["not an address", "Anna Berg", ["Anna Berg|"]],
  ["two at signs", "a@b@c", ["a@b@c|"]],
  ["an open quotation mark ends with its line", '"Berg\nb@x.example', ['"Berg|', "|b@x.example"]],
  ["nothing", " ;, \n", []],
  ["international address", "søren@ærø.example", ["|søren@ærø.example"]],
];
for (const [name, typed, expected] of rows) {
  void test(name, () =>
    assert.deepEqual(
      readRecipients(typed).map((one) => `${one.name}|${one.address}`),
      expected,
    ),
  );
}
void test("reads five hundred at once", () =>
  assert.equal(
    readRecipients(Array.from({ length: 500 }, (_, n) => `Navn ${String(n)} <n${String(n)}@x.example>`).join("; "))
      .length,
    500,
  ));
