import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { packOf } from "./fake-engine";
import { pack, packIn, unchecked } from "./pack";

void suite("a pack", () => {
  void test("can be read", () => {
    const whole = packOf("ask", { from: ["a@x.example"] });
    assert.deepEqual(packIn(JSON.stringify(whole)), whole);
  });

  void test("is missing in a script that was not packed", () => {
    assert.equal(pack(), undefined);
    assert.equal(packIn("{"), undefined);
  });

  const whole = packOf("stop");
  const { office, engine } = whole.failures.da;
  const damaged: Record<string, unknown> = {
    "no object": null,
    "no version": { ...whole, version: "" },
    "no policy": { ...whole, policy: undefined },
    "nothing for the engine": { ...whole, packed: undefined },
    "no failures": { ...whole, failures: {} },
    "one language": { ...whole, failures: { da: whole.failures.da } },
    "a reason without a verdict": { ...whole, failures: { ...whole.failures, da: { office, engine } } },
    "a verdict without words": {
      ...whole,
      failures: { ...whole.failures, da: { office, engine, slow: { ...office, alert: {} } } },
    },
    "labels that are no list": { ...whole, policy: { secureMail: { labels: "x" } } },
  };
  for (const name of Object.keys(damaged)) {
    void test(`is refused: ${name}`, () => assert.equal(packIn(JSON.stringify(damaged[name])), undefined));
  }

  void test("has the failures in the language that the engine uses for the locale", () => {
    const rows = [
      ["da-DK", "da"],
      ["DA", "da"],
      ["da_DK", "da"],
      ["en-US", "en"],
      ["dav-KE", "en"],
      ["", "en"],
    ] as const;
    for (const [locale, language] of rows) {
      assert.equal(unchecked(whole, "slow", locale), whole.failures[language].slow, locale);
    }
  });
});
