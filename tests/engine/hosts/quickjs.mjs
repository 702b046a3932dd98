// Runs a script in QuickJS-NG with no host function but the `print` given here.

import { readFileSync } from "node:fs";

import variant from "@jitl/quickjs-ng-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";

const engine = (await newQuickJSWASMModuleFromVariant(variant)).newContext();
const lines = [];
const print = engine.newFunction("print", (line) => {
  lines.push(engine.getString(line));
});
engine.setProp(engine.global, "print", print);

const path = process.argv[2];
const result = engine.evalCode(readFileSync(path, "utf8"), path, { strict: false });
process.stdout.write(lines.map((line) => `${line}\n`).join(""));
if (result.error) {
  throw new Error(JSON.stringify(engine.dump(result.error)));
}
