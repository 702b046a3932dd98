import assert from "node:assert/strict";
import { test } from "node:test";

import type { Draft } from "../contract";
import { FakeOffice, type Setting } from "../office/fake-office";
import { BODY_LIMIT, readContent } from "./content";
import { engineThatWants, verdict } from "./fake-engine";

const SENDS = () => JSON.stringify(verdict("send"));

/** What is read beyond subject and recipients by an engine that wants it. */
function read(wanted: string, setting: Setting = {}): { draft: Draft; calls: string[] } {
  const fake = new FakeOffice(setting);
  const draft: Draft = { subject: "x" };
  let ends = 0;
  readContent(engineThatWants(wanted, SENDS), draft, () => {
    ends += 1;
  });
  fake.flush();
  assert.equal(ends, 1, "it ends once");
  return { draft, calls: fake.names() };
}

void test("nothing is read that is not wanted", () => {
  const cases: [string, string[]][] = [
    ["", []],
    ["body", ["body.getTypeAsync", "body.getAsync"]],
    ["attachments", ["getAttachmentsAsync"]],
    ["body attachments", ["getAttachmentsAsync", "body.getTypeAsync", "body.getAsync"]],
  ];
  for (const [wanted, calls] of cases) {
    assert.deepEqual(read(wanted).calls, calls, wanted);
  }
});

void test("a body is read in the format that it has", () => {
  for (const kind of ["html", "text"] as const) {
    const values = { "body.getTypeAsync": kind, "body.getAsync": "Hej" };
    assert.deepEqual(read("body", { values }).draft, { subject: "x", body: { kind, content: "Hej" } });
  }
});

void test("of a body that is too long the beginning is read, and the engine is told", () => {
  const whole = "x".repeat(BODY_LIMIT);
  assert.equal(read("body", { values: { "body.getAsync": whole } }).draft.body?.cut, undefined);
  const { body } = read("body", { values: { "body.getAsync": `${whole}y` } }).draft;
  assert.deepEqual([body?.cut, body?.content.length], [true, BODY_LIMIT]);
});

void test("attachments are read by name", () => {
  const file = { id: "1", name: "a.pdf", attachmentType: "file", isInline: false };
  const picture = { id: "2", name: "b.png", attachmentType: "file", isInline: true };
  const link = { id: "3", name: "c.docx", attachmentType: "cloud", isInline: false };
  assert.deepEqual(read("attachments", { values: { getAttachmentsAsync: [file, picture, link] } }).draft.attachments, [
    { name: "a.pdf", inline: false, cloud: false },
    { name: "b.png", inline: true, cloud: false },
    { name: "c.docx", inline: false, cloud: true },
  ]);
  for (const nonsense of [{}, ["a.pdf"], [{ id: "1" }], [null]]) {
    const { draft } = read("attachments", { values: { getAttachmentsAsync: nonsense } });
    assert.deepEqual(draft, { subject: "x", unread: ["attachments"] });
  }
});

void test("what does not come is unread", () => {
  for (const behaviour of ["fails", "throws", "nonsense"] as const) {
    for (const name of ["body.getTypeAsync", "body.getAsync"]) {
      const { draft } = read("body attachments", { behaviour: { [name]: behaviour } });
      assert.deepEqual(draft.unread, ["body"], `${name} ${behaviour}`);
      assert.equal(draft.attachments?.length, 1);
    }
  }
});

void test("an engine that cannot say what is wanted must not take it for read", () => {
  const fake = new FakeOffice();
  const draft: Draft = { subject: "x" };
  const engine = engineThatWants("", SENDS);
  engine.wanted = () => {
    throw new Error("a trap");
  };
  readContent(engine, draft, () => undefined);
  assert.deepEqual([draft.unread, fake.names()], [["body", "attachments"], []]);
});
