// The drafts that the builds are compared on: the corpus, and either made-up ones or those of a file.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import type { Draft } from "../../addin/src/contract";

const root = new URL("../../", import.meta.url);

/** How many made-up drafts there are; SENDVAGT_DRAFTS=100000 compares more than the usual run. */
export const COUNT = Number(process.env["SENDVAGT_DRAFTS"] ?? 2_000);

/** As many at a time as memory has room for. */
const BATCH = 10_000;

export interface Batch {
  /** The number of the first draft. */
  first: number;
  drafts: Draft[];
}

/**
 * The drafts to compare, in batches. SENDVAGT_DRAFTS_FILE names a file of JSON lines, a draft per line as
 * docs/contracts.md describes it, which takes the place of the made-up ones.
 */
export function* batches(file = process.env["SENDVAGT_DRAFTS_FILE"]): Generator<Batch> {
  const given = file === undefined ? undefined : jsonl<Draft>(file);
  const count = given?.length ?? COUNT;
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first);
    const drafts = given?.slice(first, first + size) ?? made(size, 1 + first);
    yield { first, drafts: first === 0 ? [...corpus(), ...drafts] : drafts };
  }
}

/** The subjects of both corpora. */
export function corpus(): Draft[] {
  const files = ["dev", "hard"].map((name) => new URL(`tests/corpus/${name}.jsonl`, root));
  return files.flatMap((file) => jsonl<Draft>(file).map(({ subject }) => ({ subject })));
}

function jsonl<T>(file: string | URL): T[] {
  return parsed(readFileSync(file, "utf8"));
}

function parsed<T>(lines: string): T[] {
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** Made-up drafts from the generator of the Rust tests, the same for the same seed. */
function made(count: number, seed: number): Draft[] {
  const run = ["run", "--quiet", "--locked", "--package", "sendvagt-testing", "--", String(count), String(seed)];
  const lines = execFileSync("cargo", run, { cwd: root, maxBuffer: 2 ** 30, encoding: "utf8" });
  return parsed<Draft>(lines).map(withHalves);
}

/** Puts half an emoji into some drafts, which Outlook may hand over and no Rust text can hold. */
function withHalves(draft: Draft, index: number): Draft {
  const [recipient, ...others] = draft.recipients ?? [];
  switch (index % 10) {
    case 0:
      return { ...draft, subject: `\ude00${draft.subject}\ud83d` };
    case 1:
      return { ...draft, recipients: recipient === undefined ? [] : [{ ...recipient, name: "\ud83d" }, ...others] };
    default:
      return draft;
  }
}
