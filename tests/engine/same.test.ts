// One engine, three builds: their verdicts are byte-equal.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import type { Draft, Verdict } from "../../addin/src/contract";
import { batches, corpus } from "./drafts";
import { native, ORDINARY, ordinaryDraft, packed, translated, wasm } from "./engines";
import { FOREIGN, judged } from "./foreign";

type Judge = (drafts: Draft[]) => Promise<string[]>;

/** The part of a verdict that the engine of a send gives. */
function rulingOf(verdict: string): string {
  const { decision, alert } = JSON.parse(verdict) as Verdict;
  return JSON.stringify({ decision, alert });
}

/** Every build, in every engine that runs it. */
async function builds(): Promise<{ name: string; judge: Judge; gives?: "ruling" | "ordinary ruling" }[]> {
  const whole = { "WebAssembly in V8": await wasm(), "JavaScript in a bare V8": translated() };
  const send = {
    "the WebAssembly of a send in V8": await wasm("engine-content"),
    "the JavaScript of a send in a bare V8": translated("engine-content"),
  };
  const ordinary = {
    "the WebAssembly of an ordinary send in V8": await wasm("engine-send"),
    "the JavaScript of an ordinary send in a bare V8": translated("engine-send"),
  };
  const inV8 = [
    ...Object.entries(whole).map(([name, engine]) => {
      const judge: Judge = (drafts) => Promise.resolve(drafts.map((draft) => engine.check(draft, "da-DK")));
      return { name, judge };
    }),
    ...Object.entries(send).map(([name, engine]) => {
      const judge: Judge = (drafts) =>
        Promise.resolve(drafts.map((draft) => JSON.stringify(engine.decide(draft, "da-DK"))));
      return { name: `${name}, the ruling`, judge, gives: "ruling" as const };
    }),
    ...Object.entries(ordinary).map(([name, engine]) => {
      const judge: Judge = (drafts) =>
        Promise.resolve(drafts.map((draft) => JSON.stringify(engine.decide(ordinaryDraft(draft), "da-DK"))));
      return { name: `${name}, the ruling`, judge, gives: "ordinary ruling" as const };
    }),
  ];
  const elsewhere = FOREIGN.flatMap((foreign) => {
    const kinds = foreign.wasm ? (["js", "wasm"] as const) : (["js"] as const);
    return kinds.map((kind) => ({
      name: `${kind} in ${foreign.name}`,
      judge: (drafts: Draft[]) => judged(foreign, kind, drafts),
    }));
  });
  return [...elsewhere, ...inV8];
}

void test("every build gives the same verdicts in every engine", async () => {
  const all = await builds();
  assert.ok(all.length >= 6, "no engine is left out");
  const decisions = new Set<string>();
  for (const { first, drafts } of batches()) {
    // The engines in processes of their own start first, and run beside those in this one.
    const started = all.map(async ({ name, judge, gives }) => ({ name, gives, given: await judge(drafts) }));
    const verdicts = native(drafts);
    const expectedOf = {
      verdict: verdicts,
      ruling: verdicts.map(rulingOf),
      "ordinary ruling": native(drafts.map(ordinaryDraft), ORDINARY).map(rulingOf),
    };
    const answers = await Promise.all(started);
    assert.equal(verdicts.length, drafts.length);
    for (const verdict of verdicts) {
      decisions.add((JSON.parse(verdict) as { decision: string }).decision);
    }
    for (const { name, gives = "verdict", given } of answers) {
      assert.equal(given.length, drafts.length, name);
      const expected = expectedOf[gives];
      const wrong = expected.findIndex((answer, index) => given[index] !== answer);
      // The draft is named by its number; a subject has no place in a message.
      assert.equal(wrong, -1, `${name} judges draft ${String(first + wrong)} differently`);
    }
  }
  assert.deepEqual([...decisions].sort(), ["ask", "send", "stop"], "the drafts lead to every decision");
});

void test("drafts of a file are compared with all their fields", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-drafts-"));
  const drafts: Draft[] = [
    { subject: "[sikker] Vedr. 010203-1234", labels: ["label-1"], headers: { "x-sikker": "ja" }, recipients: [] },
    { subject: "Referat", item: "appointment", from: "bo@kommune.example", asked: "unchecked", recipients: [] },
  ];
  writeFileSync(join(folder, "drafts.jsonl"), drafts.map((draft) => `${JSON.stringify(draft)}\n`).join(""));
  const [batch, ...others] = batches(join(folder, "drafts.jsonl"));
  rmSync(folder, { recursive: true });
  assert.deepEqual(batch?.drafts, [...corpus(), ...drafts]);
  assert.equal(others.length, 0);
  const verdicts = native(drafts);
  for (const engine of [await wasm(), translated()]) {
    assert.deepEqual(
      drafts.map((draft) => engine.check(draft, "da-DK")),
      verdicts,
    );
  }
});

void test("the ordinary engine of a send loads no policy that asks for more than it can read", async () => {
  for (const engine of [await wasm("engine-send"), translated("engine-send")]) {
    assert.equal(engine.load(packed()), false, "the rules on the text are on");
    assert.equal(engine.load(packed(ORDINARY)), true);
    assert.equal(JSON.stringify(engine.decide({ subject: "x", body: { content: "x" } }, "da")), undefined, "a text");
  }
  for (const engine of [await wasm("engine-content"), translated("engine-content")]) {
    const outside: Draft = { subject: "x", recipients: [{ address: "a@firma.example" }] };
    assert.equal(engine.wanted(outside), "body attachments");
    assert.equal(engine.wanted({ ...outside, subject: "[sikker] x" }), "");
    assert.equal(engine.wanted({ subject: "x", recipients: [{ address: "a@kommune.example" }] }), "");
  }
});

void test("the engine of a send decides, and has neither findings nor fixes", async () => {
  const draft = { subject: "Vedr. 010203-1234" };
  const engines = [await wasm("engine-send"), translated("engine-send"), await wasm("engine-content")];
  for (const engine of [...engines, translated("engine-content")]) {
    assert.match(JSON.stringify(engine.decide(draft, "da")), /"decision":"stop"/);
    for (const absent of [() => engine.check(draft, "da"), () => engine.mend(draft, "da", 0, 0)]) {
      let answer = "";
      try {
        answer = absent();
      } catch {
        // The glue of WebAssembly has the function and finds no export behind it.
      }
      assert.equal(answer, "");
    }
  }
});

void test("a fix gives the same change in every build", async () => {
  const draft = { subject: "[sikker] Børn 010203-1234 og 020304-1234" };
  const changes = [await wasm(), translated()].map((engine) => engine.mend(draft, "da", 0, 0));
  assert.equal(changes[0], changes[1]);
  assert.ok(changes[0]?.includes('"body"'));
  assert.equal(translated().mend(draft, "da", 9, 9), "", "there is no such fix");
});
