// One core, three builds: their answers are the same to the byte.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Draft } from "../../addin/src/contract";
import { corpus, made } from "./drafts";
import { native, translated, wasm } from "./engines";
import { FOREIGN, judged } from "./foreign";

/** SENDVAGT_DRAFTS asks for more than the ordinary run has. */
const COUNT = Number(process.env["SENDVAGT_DRAFTS"] ?? 10_000);

/** As many at a time as memory has room for. */
const AT_ONCE = 10_000;

type Judge = (drafts: Draft[]) => Promise<string[]>;

/** Every build, in every engine that runs it. */
async function builds(): Promise<{ name: string; judge: Judge }[]> {
  const here = { "WebAssembly in V8": await wasm(), "JavaScript in a bare V8": translated() };
  const inV8 = Object.entries(here).map(([name, engine]) => {
    const judge: Judge = (drafts) => Promise.resolve(drafts.map((draft) => engine.check(draft, "da-DK")));
    return { name, judge };
  });
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
  for (let from = 0; from < COUNT; from += AT_ONCE) {
    const drafts = [...(from === 0 ? corpus() : []), ...made(Math.min(AT_ONCE, COUNT - from), 1 + from)];
    // The engines in processes of their own are begun first, and run beside those in this one.
    const begun = all.map(async ({ name, judge }) => ({ name, given: await judge(drafts) }));
    const verdicts = native(drafts);
    const answers = await Promise.all(begun);
    assert.equal(verdicts.length, drafts.length);
    for (const verdict of verdicts) {
      decisions.add((JSON.parse(verdict) as { decision: string }).decision);
    }
    for (const { name, given } of answers) {
      assert.equal(given.length, drafts.length, name);
      const wrong = verdicts.findIndex((verdict, index) => given[index] !== verdict);
      // The number of the draft tells which one it is; a subject has no place in a message.
      assert.equal(wrong, -1, `draft ${String(from + wrong)} is judged otherwise by ${name}`);
    }
  }
  assert.deepEqual([...decisions].sort(), ["ask", "send", "stop"], "the drafts bring out every decision");
});

void test("a fix is worked out alike", async () => {
  const draft = { subject: "[sikker] Børn 010203-1234 og 020304-1234" };
  const changes = [await wasm(), translated()].map((engine) => engine.mend(draft, "da", 0, 0));
  assert.equal(changes[0], changes[1]);
  assert.ok(changes[0]?.includes('"body"'));
  assert.equal(translated().mend(draft, "da", 9, 9), "", "there is no such fix");
});
