// Drafts to compare the builds on: the corpus, and as many made from pieces as are asked for.

import { readFileSync } from "node:fs";

import type { Draft, Field, Recipient } from "../../addin/src/contract";

const root = new URL("../../", import.meta.url);

/** The subjects of both corpora. */
export function corpus(): Draft[] {
  return ["dev", "hard"].flatMap((name) => {
    const lines = readFileSync(new URL(`tests/corpus/${name}.jsonl`, root), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return lines.map((line) => ({ subject: (JSON.parse(line) as { subject: string }).subject }));
  });
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

/** Made drafts, the same for the same seed; now and then one with so many recipients that memory has to grow. */
export function made(count: number, seed = 1): Draft[] {
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

/** A small generator with a seed, so that a failure can be made again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
