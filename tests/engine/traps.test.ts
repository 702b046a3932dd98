// Faults in the translation from Rust to JavaScript that go unnoticed until answers are wrong. Each has occurred once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runInContext } from "node:vm";

import binaryen from "binaryen";
import { buildSync } from "esbuild";

import type { Draft } from "../../addin/src/contract";
import { engine, type Exports } from "../../addin/src/engine/engine";
import { bare, built, packed, translated, wasm } from "./engines";
import { FOREIGN, judged } from "./foreign";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bytes = readFileSync(`${root}dist/addin/engine.wasm`);
/** The build's change of wasm-bindgen's glue for the translated engine. */
const glue = readFileSync(`${root}target/engine/small/engine_bg.js`, "utf8");

void test("the comparisons use the engine that launch.js contains", () =>
  assert.ok(built("launch.js").includes(built("engine-send.js").trim())));

// Memory that grows

const small: Draft = { subject: "Vedr. 010203-1234, æøå" };
const large: Draft = {
  subject: "Referat",
  recipients: Array.from({ length: 8_000 }, () => ({
    field: "to" as const,
    address: `${"x".repeat(60)}@region.example`,
  })),
};

/** The translated engine with the original glue of wasm-bindgen, which assumes that growth detaches the old buffer. */
function trusting(): Exports {
  const old = glue.replaceAll(/(cached\w+)\.buffer !== wasm\.memory\.buffer/g, "$1.byteLength === 0");
  assert.notEqual(old, glue, "the build changes the glue");
  const [script] = buildSync({
    stdin: {
      contents: `import * as module from "./engine_wasm.js";\n${old}\n__wbg_set_wasm(module);`,
      resolveDir: `${root}target/engine/whole`,
    },
    bundle: true,
    format: "iife",
    globalName: "trusting",
    target: "es2016",
    write: false,
    inject: [`${root}addin/src/engine/utf8.ts`],
  }).outputFiles;
  const context = bare();
  runInContext(script?.text ?? "", context);
  return runInContext("trusting", context) as Exports;
}

void test("answers are the same after memory has grown", async () => {
  // 9,501 of 10,000 verdicts were wrong, without an error.
  for (const one of [await wasm(), translated()]) {
    const before = one.check(small, "da");
    one.check(large, "da");
    assert.ok(one.check(small, "da") === before && before.includes('"stop"'), one.kind);
  }
});

for (const foreign of FOREIGN) {
  // Newer engines have ArrayBuffer.prototype.detached, which the glue reads first: each engine is a separate case.
  void test(`answers are the same after memory has grown, in ${foreign.name}`, async () => {
    const [before, , after] = await judged(foreign, "js", [small, large, small]);
    assert.ok(before === after && before?.includes('"stop"') === true);
  });
}

void test("these drafts detect the original glue", () => {
  const one = engine("js", trusting(), packed());
  const before = one.check(small, "da");
  const answer = () => {
    try {
      one.check(large, "da");
      return one.check(small, "da");
    } catch {
      return "a trap";
    }
  };
  assert.notEqual(answer(), before);
});

// Half an emoji

void test("a subject with half an emoji is still checked", async () => {
  // As JSON the whole input was unreadable.
  const halves: Draft[] = ["\ud83d", "\ude00"].map((half) => ({ subject: `${half} 010203-1234` }));
  const answers: Record<string, string[]> = { js: halves.map((draft) => translated().check(draft, "da")) };
  const web = await wasm();
  answers["wasm"] = halves.map((draft) => web.check(draft, "da"));
  for (const foreign of FOREIGN) {
    answers[foreign.name] = await judged(foreign, "js", halves);
  }
  for (const [name, verdicts] of Object.entries(answers)) {
    assert.equal(verdicts.length, halves.length, name);
    for (const text of verdicts) {
      const verdict = JSON.parse(text) as { decision: string; findings: { at: object }[] };
      assert.equal(verdict.decision, "stop", name);
      assert.deepEqual(verdict.findings[0]?.at, { subject: [2, 13] }, "positions count the half as one");
    }
  }
});

// What crosses the border

void test("no 64-bit number crosses the border", () => {
  // The glue turns them into BigInts, which the translated engine cannot handle and classic Outlook may not support.
  assert.doesNotMatch(glue, /BigInt/);
  const module = binaryen.readBinary(bytes);
  const functions: string[] = [];
  for (let index = 0; index < module.getNumExports(); index += 1) {
    const { name, kind, value } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (kind === binaryen.ExternalFunction) {
      const { params, results } = binaryen.getFunctionInfo(module.getFunction(value));
      const types = [...binaryen.expandType(params), ...binaryen.expandType(results)];
      assert.ok(
        types.every((type) => type === binaryen.i32 || type === binaryen.f64),
        name,
      );
      functions.push(name);
    }
  }
  module.dispose();
  for (const name of ["loadPolicy", "check", "mend"]) {
    assert.ok(functions.includes(name), `${name} of src/wasm.rs was looked at`);
  }
});

void test("the engine imports nothing from JavaScript but throwing", () => {
  // A JsValue in the engine would need reference tables, which wasm2js cannot translate.
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  assert.ok(
    imports.length <= 1 && imports.every(({ name }) => name.includes("throw")),
    imports.map(({ name }) => name).join(),
  );
  assert.doesNotMatch(glue, /externref|addHeapObject|takeObject/);
});

// What the files reveal

void test("the engine contains no path of the machine that built it", () => {
  // Panic messages name source files; two machines would build two engines.
  for (const name of ["engine.wasm", "engine.js", "engine-send.wasm", "engine-send.js", "launch.js"]) {
    assert.doesNotMatch(built(name), /(?:\/home\/|\/root\/|\/Users\/|[A-Z]:\\Users|\.cargo\/|\.rustup\/)/, name);
  }
});
