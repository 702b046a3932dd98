// The drafts that the builds are compared on: the corpus, and either made-up ones or those of a file.

import { readFileSync } from "node:fs";

import type { Draft, Field, Recipient } from "../../addin/src/contract";

const root = new URL("../../", import.meta.url);

/** How many made-up drafts there are; SENDVAGT_DRAFTS=100000 compares more than the usual run. */
export const COUNT = Number(process.env["SENDVAGT_DRAFTS"] ?? 10_000);

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
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}

const PIECES = [
  "010203-1234",
  "0102031234",
  "010203 1234",
  "01.02.03-1234",
  "610203-1234",
  "130878-1OS6",
  "310203-1234",
  "4739390345",
  "cpr.nr. ",
  "faktura ",
  "P-nr. ",
  "sagsnr. ",
  "[sikker] ",
  "SV: ",
  "Vedr. ",
  "barn født ",
  "og ",
  ", ",
  "(",
  ")",
  "»",
  "«",
  "-",
  "–",
  "\u2011",
  "\u00a0",
  "\u200b",
  "\u00ad",
  "\u202e",
  "a\u030a",
  "ø",
  "😀",
  "\ud83d",
  "\ude00",
  "１２３４",
  "٠١٢",
  "&nbsp;",
  "O",
  "l",
  "\u0000",
  "\t",
  "\r\n",
  '"',
  "\\",
  "<b>",
  "",
];
const ADDRESSES = [
  "bo@kommune.example",
  "akut@region.example",
  "mellemkommunal@kommune.example",
  "Post <post@gammelkommune.example>",
  "karl@gmail.com",
  "karl@gmai1.com",
  "x@regoin.example",
  "010203-1234",
  "/o=Ex/cn=post",
  "æ@ærø.dk",
  "",
  "nonsense",
  "a@b@c.dk",
];
const FIELDS: Field[] = ["to", "cc", "bcc", "required", "optional"];
const KINDS = ["other", "list", "user", "external"] as const;

/** Made-up drafts, the same for the same seed; now and then one with so many recipients that memory has to grow. */
function made(count: number, seed = 1): Draft[] {
  const random = mulberry(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const recipient = (): Recipient => ({
    field: pick(FIELDS),
    address: pick(ADDRESSES),
    name: pick(PIECES),
    kind: pick(KINDS),
  });
  return Array.from({ length: count }, (_, index) => {
    const recipients = Array.from({ length: index % 4999 === 500 ? 3000 : below(4) }, recipient);
    const subject = Array.from({ length: below(9) }, () => pick(PIECES)).join("");
    const draft: Draft = { subject, item: pick(["message", "appointment"] as const), recipients };
    return {
      ...draft,
      ...(below(4) === 0 ? { from: pick(ADDRESSES) } : {}),
      ...(below(9) === 0 ? { asked: "unchecked" } : {}),
    };
  });
}

/** A small seeded generator, so that a failure can be reproduced. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
