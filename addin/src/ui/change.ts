import type { BodyNote, Change, Draft, Field, FieldChange, HeaderValue, Recipient } from "../contract";
import * as office from "../office";
import { promised, type BodyType } from "../office";

/** The subject that a fix offers, and what the user made of it. */
export interface Wanted {
  offered: string;
  wanted: string;
}

/** The change with the user's own subject. A tag of secure mail stays before it. */
export function withSubject(change: Change | undefined, subject: Wanted | undefined): Change | undefined {
  return change?.subject === undefined || subject === undefined
    ? change
    : { ...change, subject: change.subject.replace(subject.offered, () => subject.wanted) };
}

/** Undoes a change: true if the draft is as it was before, false if it stays as it is now. */
export type Undo = () => Promise<boolean>;

/** The undoing of one step. */
interface Step {
  /** Is the part still as the step left it? */
  ready: () => Promise<boolean>;
  undo: Undo;
}

/** How a change ended. */
export type Ended = { how: "done"; undo: Undo } | Failed;
type Failed = { how: "changed" } | { how: "failed" };
type StepEnded = { how: "done"; step: Step } | Failed;

/**
 * Applies a change. Each part is read again right before it is changed: if the user has edited it in the meantime, the
 * user's edit wins. If a later step fails, the earlier ones are undone.
 */
export async function apply(change: Change, seen: Draft): Promise<Ended> {
  const done: Step[] = [];
  for (const step of steps(change, seen)) {
    const ended = await step();
    if (ended.how !== "done") {
      await undoAll(done);
      return ended;
    }
    done.push(ended.step);
  }
  return { how: "done", undo: () => undoWhole(done) };
}

/**
 * Undoes all or nothing: with the number back in the subject and still in the body of what is an ordinary mail again, a user
 * would send it.
 */
async function undoWhole(done: Step[]): Promise<boolean> {
  for (const { ready } of done) {
    if (!(await ready())) {
      return false;
    }
  }
  return undoAll(done);
}

async function undoAll(done: Step[]): Promise<boolean> {
  let whole = true;
  for (const { undo } of [...done].reverse()) {
    whole = (await undo()) && whole;
  }
  return whole;
}

/**
 * The body first: a number must be in the body before it is removed from the subject. The signs of secure mail before it:
 * where they cannot be set, the body stays without a number.
 */
function steps({ body, subject, recipients, label, header }: Change, seen: Draft): (() => Promise<StepEnded>)[] {
  return [
    ...(subject === undefined ? [] : [() => unchangedSubject(seen.subject)]),
    ...(label === undefined ? [] : [() => setLabel(label, seen)]),
    ...(header === undefined ? [] : [() => setHeader(header)]),
    ...(body === undefined ? [] : [() => prepend(body)]),
    ...(subject === undefined ? [] : [() => replaceSubject(seen.subject, subject)]),
    ...(recipients === undefined ? [] : [() => replaceRecipients(recipients, seen)]),
  ];
}

const yes = () => Promise.resolve(true);

async function unchangedSubject(seen: string): Promise<StepEnded> {
  const now = await promised(office.readSubject);
  if (!now.ok) {
    return { how: "failed" };
  }
  return now.value === seen ? { how: "done", step: { ready: yes, undo: yes } } : { how: "changed" };
}

async function replaceSubject(seen: string, subject: string): Promise<StepEnded> {
  const now = await unchangedSubject(seen);
  if (now.how !== "done") {
    return now;
  }
  const written = await promised<true>((reply) => office.writeSubject(subject, reply));
  if (!written.ok) {
    return { how: "failed" };
  }
  const ready = async () => {
    const then = await promised(office.readSubject);
    return then.ok && then.value === subject;
  };
  const undo = async () => (await ready()) && (await promised<true>((reply) => office.writeSubject(seen, reply))).ok;
  return { how: "done", step: { ready, undo } };
}

async function setLabel(id: string, seen: Draft): Promise<StepEnded> {
  const [before] = seen.labels ?? [];
  const write = (label: string) => promised<true>((reply) => office.writeLabel(label, reply));
  if (!(await write(id)).ok) {
    return { how: "failed" };
  }
  // A label can be replaced but, in many organisations, not taken off: then nothing of the fix is undone.
  const ready = () => Promise.resolve(before !== undefined);
  const undo = async () => before !== undefined && (await write(before)).ok;
  return { how: "done", step: { ready, undo } };
}

async function setHeader({ name, value }: HeaderValue): Promise<StepEnded> {
  const before = await promised<Record<string, string>>((reply) => {
    office.readHeaders([name], reply);
  });
  if (!before.ok) {
    return { how: "failed" };
  }
  const write = (content: string) => promised<true>((reply) => office.writeHeader(name, content, reply));
  if (!(await write(value)).ok) {
    return { how: "failed" };
  }
  const [old] = Object.keys(before.value).map((key) => before.value[key]);
  const undo = async () =>
    (old === undefined ? await promised<true>((reply) => office.removeHeader(name, reply)) : await write(old)).ok;
  return { how: "done", step: { ready: yes, undo } };
}

async function prepend(note: BodyNote): Promise<StepEnded> {
  const type = await promised(office.readBodyType);
  if (!type.ok) {
    return { how: "failed" };
  }
  const before = await body(type.value);
  if (before === undefined) {
    return { how: "failed" };
  }
  const written = await promised<true>((reply) => office.prependBody(note[type.value], type.value, reply));
  if (!written.ok) {
    return { how: "failed" };
  }
  const after = await body(type.value);
  // If the user has edited the body in the meantime, it stays as it is.
  const ready = async () => (await body(type.value)) === after;
  const undo = async () =>
    (await ready()) && (await promised<true>((reply) => office.writeBody(before, type.value, reply))).ok;
  return { how: "done", step: { ready, undo } };
}

async function body(type: BodyType): Promise<string | undefined> {
  const read = await promised<string>((reply) => office.readBody(type, reply));
  return read.ok ? read.value : undefined;
}

async function replaceRecipients({ field, list }: FieldChange, seen: Draft): Promise<StepEnded> {
  const before = (seen.recipients ?? []).filter((one) => one.field === field);
  const now = await promised<Recipient[]>((reply) => {
    office.readRecipients(field, reply);
  });
  if (!now.ok) {
    return { how: "failed" };
  }
  if (!same(now.value, before)) {
    return { how: "changed" };
  }
  const written = await promised<true>((reply) => office.writeRecipients(field, list, reply));
  if (!written.ok) {
    await restoreRecipients(field, before);
    return { how: "failed" };
  }
  const ready = async () => {
    const then = await promised<Recipient[]>((reply) => {
      office.readRecipients(field, reply);
    });
    return then.ok && same(then.value, list);
  };
  const undo = async () =>
    (await ready()) && (await promised<true>((reply) => office.writeRecipients(field, before, reply))).ok;
  return { how: "done", step: { ready, undo } };
}

/** A long list is written in parts. If one of them fails, the field holds only the parts before it. */
async function restoreRecipients(field: Field, before: Recipient[]): Promise<void> {
  const now = await promised<Recipient[]>((reply) => {
    office.readRecipients(field, reply);
  });
  if (now.ok && !same(now.value, before)) {
    await promised<true>((reply) => office.writeRecipients(field, before, reply));
  }
}

function same(one: Recipient[], other: Recipient[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ address }, index) => address.toLowerCase() === other[index]?.address.toLowerCase())
  );
}
