// JavaScript engines other than V8. Classic Outlook ran its launch scripts in Chakra before V8, and Outlook for Mac has
// JavaScriptCore: code that only one engine tolerates would fail silently for the others' users.

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { buildSync } from "esbuild";

import type { Draft } from "../../addin/src/contract";
import { built, packed } from "./engines";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An engine that runs a script with no host function but `print`, and returns the printed lines. */
export interface Foreign {
  readonly name: string;
  /** Does it support WebAssembly? */
  readonly wasm: boolean;
  readonly run: (script: string) => Promise<string[]>;
}

/** The interpreter of React Native, from whose host classic Outlook's runtime derives. */
const hermes: Foreign = {
  name: "Hermes",
  wasm: false,
  run: (script) =>
    ran(
      here(
        { linux: "linux64-bin/hermes", darwin: "osx-bin/hermes", win32: "win64-bin/hermes.exe" },
        "hermes-engine-cli",
      ),
      ["-w"],
      script,
    ),
};

/** An interpreter that supports the newest language version. */
const quickJs: Foreign = {
  name: "QuickJS",
  wasm: false,
  run: (script) => ran(process.execPath, [join(root, "tests/engine/hosts/quickjs.mjs")], script),
};

/** The engine of Safari, and so of Outlook for Mac. */
const javaScriptCore: Foreign = {
  name: "JavaScriptCore",
  wasm: true,
  run: (script) => ran(bun(), [join(root, "tests/engine/hosts/javascriptcore.mjs")], script),
};

/**
 * The open-source part of what classic Outlook has before version 2403; only if SENDVAGT_CHAKRA names a Python with
 * pyChakraCore (docs/develop.md). As in classic Outlook, only JavaScript is used.
 */
const chakra: Foreign = {
  name: "ChakraCore",
  wasm: false,
  run: (script) =>
    ran(resolve(root, process.env["SENDVAGT_CHAKRA"] ?? ""), [join(root, "tests/engine/hosts/chakra.py")], script),
};

export const FOREIGN: readonly Foreign[] = [
  hermes,
  quickJs,
  javaScriptCore,
  ...(process.env["SENDVAGT_CHAKRA"] === undefined ? [] : [chakra]),
];

function here(programs: Partial<Record<NodeJS.Platform, string>>, folder: string): string {
  const program = programs[process.platform];
  if (program === undefined) {
    throw new Error(`${folder} has no program for ${process.platform}`);
  }
  return join(root, "node_modules", folder, program);
}

function bun(): string {
  const kind = process.arch === "x64" && process.platform !== "win32" ? "x64-baseline" : process.arch;
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name =
    process.platform === "win32" ? "windows-x64-baseline" : `${system}-${kind === "arm64" ? "aarch64" : kind}`;
  return join(root, "node_modules/@oven", `bun-${name}`, "bin", process.platform === "win32" ? "bun.exe" : "bun");
}

function ran(program: string, flags: string[], script: string): Promise<string[]> {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing; \`cargo xtask setup\` installs it`);
  }
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-"));
  const file = join(folder, "script.js");
  writeFileSync(file, script);
  return new Promise((done, reject) => {
    execFile(program, [...flags, file], { maxBuffer: 2 ** 30 }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true });
      if (error === null) {
        done(stdout.split("\n").slice(0, -1));
      } else {
        // Not the message of the error itself, which contains the whole command.
        reject(new Error(`${program} ended with ${String(error.code)}: ${stderr.slice(-500)}`));
      }
    });
  });
}

/** The globals of ES2016; all others of an engine are removed. */
const LANGUAGE =
  "Array ArrayBuffer Boolean DataView Date Error EvalError Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN parseFloat parseInt undefined unescape print".split(
    " ",
  );

/** The start of a script, which removes all globals except those of the language and the named ones. */
export function bareWorld(...further: string[]): string {
  return `(function (world, kept) {
    Object.getOwnPropertyNames(world).forEach(function (name) { if (kept.indexOf(name) < 0) { delete world[name]; } });
    if (typeof console !== "undefined" || typeof setTimeout !== "undefined") { throw new Error("the host is still there"); }
  })(this, ${JSON.stringify([...LANGUAGE, ...further])});\n`;
}

/** The shell's wrapper of an engine: a script that sets `shell`. */
function shell(source: string): string {
  const inject = [join(root, "addin/src/engine/utf8.ts")];
  const built = buildSync({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    format: "iife",
    target: "es2016",
    write: false,
    inject,
  });
  return `var shell;\n${built.outputFiles[0]?.text ?? ""}`;
}

/** A script that sets `judge`: an engine of the built add-in with the built policy. */
export function engineScript(kind: "js" | "wasm"): string {
  const policy = literal(packed());
  if (kind === "js") {
    const start = `var judge = shell.engine("js", sendvagtEngine(), ${policy});\n`;
    return (
      bareWorld("sendvagtEngine", "shell", "judge") +
      shell('import { engine } from "./addin/src/engine/engine";\nshell = { engine };') +
      built("engine.js") +
      start
    );
  }
  const source = `import { engine } from "./addin/src/engine/engine";
    import * as glue from "./target/engine/fast/engine_bg.js";
    shell = { start: (bytes, policy) => {
      glue.__wbg_set_wasm(new WebAssembly.Instance(new WebAssembly.Module(bytes), { "./engine_bg.js": glue }).exports);
      return engine("wasm", glue, policy);
    } };`;
  const bytes = readFileSync(join(root, "dist/addin/engine.wasm")).join();
  return `${bareWorld("WebAssembly", "shell", "judge")}${shell(source)}var judge = shell.start(new Uint8Array([${bytes}]), ${policy});\n`;
}

/** The verdicts of an engine on the drafts. */
export function judged(foreign: Foreign, kind: "js" | "wasm", drafts: readonly Draft[]): Promise<string[]> {
  const loop = `JSON.parse(${literal(JSON.stringify(drafts))}).forEach(function (draft) { print(judge.check(draft, "da-DK")); });`;
  return foreign.run(engineScript(kind) + loop);
}

/** A text as a JavaScript literal in ASCII, so that no engine has to guess the encoding of a file. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
