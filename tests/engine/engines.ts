// The built engines, each in the environment in which it has to work.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

import type { Draft } from "../../addin/src/contract";
import { engine, type Engine, type Exports } from "../../addin/src/engine/engine";

const root = new URL("../../", import.meta.url);

export function built(name: string): string {
  return readFileSync(new URL(`dist/addin/${name}`, root), "utf8");
}

/** The policy of the tests, in which every rule is on, and every sign of secure mail. */
const POLICY = "tests/policy.json";

/** The same without the rules on text and attachments: the ordinary engine of a send loads no policy that has them on. */
export const ORDINARY = ordinary();

function ordinary(): string {
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-policy-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const policy = JSON.parse(readFileSync(new URL(POLICY, root), "utf8")) as { rules: Record<string, string> };
  const rules = { ...policy.rules, "cpr-in-body": "off", "cpr-in-attachment-name": "off" };
  const path = join(folder, "policy.json");
  writeFileSync(path, JSON.stringify({ ...policy, rules }));
  return path;
}

/** What an ordinary send reads of a draft. */
export function ordinaryDraft(whole: Draft): Draft {
  const draft = { ...whole };
  delete draft.body;
  delete draft.attachments;
  const unread = (draft.unread ?? []).filter((part) => part !== "body" && part !== "attachments");
  return { ...draft, unread };
}

/** A policy as the engine reads it. */
export function packed(policy = POLICY): string {
  return (JSON.parse(sendvagt(["policy", "pack", policy])) as { packed: string }).packed;
}

/** The output of the command line. */
export function sendvagt(args: string[], input = ""): string {
  const run = ["run", "--quiet", "--locked", "--", ...args];
  return execFileSync("cargo", run, { cwd: root, input, maxBuffer: 2 ** 30, encoding: "utf8" });
}

/** The engine of the pane and the practice, and those of a send, which lack the fixes; one of them reads no text either. */
export type Name = "engine" | "engine-send" | "engine-content";

const policyOf = (name: Name) => (name === "engine-send" ? ORDINARY : POLICY);

/** The WebAssembly that browsers load, with its glue. */
export async function wasm(name: Name = "engine"): Promise<Engine> {
  // A module of its own for each engine: the glue knows one instance at a time.
  const glue = (await import(new URL(`target/engine/fast/engine_bg.js?${name}`, root).href)) as Exports & {
    __wbg_set_wasm(exports: unknown): void;
  };
  const bytes = readFileSync(new URL(`dist/addin/${name}.wasm`, root));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  return engine("wasm", glue, packed(policyOf(name)));
}

/** Globals of a host, or of a language version after ES2016. */
const HOST =
  "WebAssembly TextEncoder TextDecoder URL fetch atob btoa console Intl BigInt WeakRef FinalizationRegistry globalThis queueMicrotask setTimeout Promise Proxy Reflect SharedArrayBuffer Atomics";

/** Methods that were added after ES2016, by object. */
const NEWER: Record<string, string> = {
  Object: "entries values getOwnPropertyDescriptors fromEntries hasOwn groupBy",
  Array: "fromAsync",
  "Array.prototype": "flat flatMap at findLast findLastIndex toReversed toSorted toSpliced with",
  "Object.getPrototypeOf(Uint8Array.prototype)": "at findLast findLastIndex toReversed toSorted with",
  "ArrayBuffer.prototype": "detached resizable maxByteLength resize transfer transferToFixedLength",
  "String.prototype": "padStart padEnd trimStart trimEnd matchAll replaceAll at isWellFormed toWellFormed",
  Symbol: "asyncIterator matchAll",
};

/** A script context without a host, and without what was added after ES2016. */
export function bare(globals: object = {}): object {
  const context = createContext({ ...globals });
  const takeAway = (from: string, names: string) =>
    names
      .split(" ")
      .map((name) => `delete ${from}.${name};`)
      .join("");
  runInContext(
    Object.entries(NEWER)
      .map(([from, names]) => takeAway(from, names))
      .join("") + takeAway("this", HOST),
    context,
  );
  return context;
}

/** The engine translated to JavaScript, in a bare context. */
export function translated(name: Name = "engine"): Engine {
  const context = bare();
  runInContext(built(`${name}.js`), context);
  return engine("js", runInContext("sendvagtEngine()", context) as Exports, packed(policyOf(name)));
}

/** The verdicts of the command line on the drafts. */
export function native(drafts: Draft[], policy = POLICY): string[] {
  const lines = drafts.map((draft) => JSON.stringify(whole(draft))).join("\n");
  try {
    return output(sendvagt(["check", "--jsonl", "--language", "da", "--policy", policy], lines));
  } catch (error) {
    // Exit status 1 means that some mail is held back, as expected.
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status !== 1 || stdout === undefined) {
      throw error;
    }
    return output(stdout);
  }
}

function output(text: string): string[] {
  return text.trimEnd().split("\n");
}

/** JSON cannot carry half an emoji; the engines replace it by U+FFFD, one for one. */
function whole(draft: Draft): Draft {
  const mend = (text: string) =>
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return {
    ...draft,
    subject: mend(draft.subject),
    ...(draft.body === undefined ? {} : { body: { ...draft.body, content: mend(draft.body.content) } }),
    recipients: (draft.recipients ?? []).map(({ name = "", ...rest }) => ({ ...rest, name: mend(name) })),
  };
}
