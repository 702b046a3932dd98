// Moving recipients to Bcc, where nobody sees them.

import type { Draft, Recipient } from "../contract";
import * as office from "../office";
import { promised } from "../office";
import type { Ended } from "./change";

const FIELDS = ["to", "cc", "bcc"] as const;
type Name = (typeof FIELDS)[number];
type Fields = Record<Name, Recipient[]>;

/**
 * Moves recipients from To and Cc to Bcc. They are added to Bcc before they are taken out of the other fields, so that
 * nobody is left out whatever fails. Taking somebody out means that the field is written again, which no other fix does: the
 * engine offers it only where Outlook told everyone in the field with an address. If a call fails, all fields are put back.
 */
export async function moveToBcc(moved: readonly Recipient[], seen: Draft): Promise<Ended> {
  const before = await read();
  if (before === undefined) {
    return { how: "failed", left: [] };
  }
  const shown = (seen.recipients ?? []).filter(({ field = "to" }) => field in before);
  const all = FIELDS.reduce<Recipient[]>((list, field) => list.concat(before[field]), []);
  if (!areSame(all, shown)) {
    return { how: "changed" };
  }
  const isMoved = (one: Recipient) => moved.some(({ field, address }) => field === one.field && isAt(one, address));
  const added: Recipient[] = [];
  for (const one of moved) {
    if (![...before.bcc, ...added].some((other) => isAt(other, one.address))) {
      added.push({ ...one, field: "bcc" });
    }
  }
  const after: Fields = {
    to: before.to.filter((one) => !isMoved(one)),
    cc: before.cc.filter((one) => !isMoved(one)),
    bcc: [...before.bcc, ...added],
  };
  const isDone =
    (added.length === 0 || (await written((reply) => office.addRecipients("bcc", added, reply)))) &&
    (await put("to", before, after)) &&
    (await put("cc", before, after));
  if (!isDone) {
    return { how: "failed", left: (await putBack(before)) ? [] : ["recipients"] };
  }
  const undo = async () => {
    const now = await read();
    const stands = now !== undefined && FIELDS.every((field) => areSame(now[field], after[field]));
    return stands && (await putBack(before)) ? "whole" : "no";
  };
  return { how: "done", undo };
}

const written = async (call: (reply: (answer: office.Answer<true>) => void) => void) => (await promised<true>(call)).ok;

/** Writes a field, unless it is as it should be. */
async function put(field: Name, now: Fields, wanted: Fields): Promise<boolean> {
  return (
    areSame(now[field], wanted[field]) ||
    (await written((reply) => office.writeRecipients(field, wanted[field], reply)))
  );
}

/** Bcc last: whoever is put back into To or Cc is in no field else meanwhile. */
async function putBack(before: Fields): Promise<boolean> {
  const now = await read();
  if (now === undefined) {
    return false;
  }
  let whole = true;
  for (const field of FIELDS) {
    whole = (await put(field, now, before)) && whole;
  }
  return whole;
}

async function read(): Promise<Fields | undefined> {
  const fields: Fields = { to: [], cc: [], bcc: [] };
  for (const field of FIELDS) {
    const answer = await promised<Recipient[]>((reply) => {
      office.readRecipients(field, reply);
    });
    if (!answer.ok) {
      return undefined;
    }
    fields[field] = answer.value;
  }
  return fields;
}

function isAt(one: Recipient, address: string): boolean {
  return one.address.toLowerCase() === address.toLowerCase();
}

function areSame(one: readonly Recipient[], other: readonly Recipient[]): boolean {
  return one.length === other.length && one.every((recipient, index) => isAt(recipient, other[index]?.address ?? ""));
}
