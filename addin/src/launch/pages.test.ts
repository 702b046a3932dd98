import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { page as clients } from "./clients.page";
import { BROKEN, sourceOf } from "../judge/fake-engine";
import { FAULTS } from "../office/fake-office";
import { page as failures, MODES, NEEDED, never, raised, type Fault } from "./failures.page";

for (const [name, page] of Object.entries({ clients, failures })) {
  void test(`docs/${name}.md is up to date`, () => {
    const committed = readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), "utf8");
    assert.equal(committed, page(), "out of date: `cargo xtask generate` writes it");
  });
}

void test("a failure sends silently only where the policy says so", () => {
  const faults: Fault[] = [
    ...[...NEEDED, "*"].flatMap((name) =>
      FAULTS.map((fault): Fault => ({ setting: { behaviour: { [name]: fault } } })),
    ),
    ...Object.values(BROKEN).map((make): Fault => ({ engines: sourceOf(make(), make()) })),
    { engines: never },
    { pack: () => undefined },
  ];
  for (const onFailure of MODES) {
    for (const fault of faults) {
      const { completion } = raised(fault, onFailure);
      assert.equal(completion?.allowEvent, onFailure === "send" && fault.pack === undefined);
    }
  }
});
