import assert from "node:assert/strict";
import { test } from "node:test";

import type { BodyType } from "./item";
import { readAgain, withoutImages } from "./bodytext";

const rows: [body: string, type: BodyType][] = [
  ["", "text"],
  ["Hej", "text"],
  ["Hej\r\ndu", "text"],
  ['<p>Hej</p><img alt="Logo" src="cid:1">', "html"],
];
for (const [body, type] of rows) {
  void test(`every second reading differs: ${JSON.stringify(body)}`, () => {
    assert.equal(readAgain(body, type, 1), body);
    assert.notEqual(readAgain(body, type, 2), body);
    assert.equal(readAgain(body, type, 3), body);
  });
}
void test("an image has another address", () =>
  assert.equal(readAgain('<img alt="Logo" src="cid:1">', "html", 2), '<img alt="Logo" src="blob:2">\r\n'));

void test("images go, and nothing else", () =>
  assert.equal(withoutImages('<p>a<IMG src="cid:1">b</p><image>'), "<p>ab</p><image>"));
