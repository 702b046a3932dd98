import type { Body, BodyNote, Change, Draft, HeaderValue, Recipient } from "../contract";
import * as office from "../office";
import { moveToBcc } from "./bcc";
import { promised, type Answer, type BodyType, type Then } from "../office";

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

/**
 * How undoing ended. `whole`: the draft is as it was before. `line`: it is, but for the line in the body, and for the signs
 * of secure mail that a mail with such a line needs. `no`: it stays as it is now.
 */
export type Undone = "whole" | "line" | "no";

/**
 * What a change that failed leaves behind. `numbers`: they are out of the subject, and not in the body. `line`: Outlook gave
 * no answer, and the line may be in the body. `label`: the sensitivity label, which could not be taken off. `recipients`: they
 * may stand in other fields than before. `text`: Outlook gave no answer, and the body may be the new one.
 */
export type Left = "numbers" | "line" | "label" | "recipients" | "text";

/** How a change ended. Adding a recipient cannot be undone: there is no call that takes one out. */
export type Ended =
  { how: "done"; undo?: () => Promise<Undone> } | { how: "changed" } | { how: "failed"; left: readonly Left[] };

const unchanged: Ended = { how: "failed", left: [] };

/**
 * Applies a change. What the user has edited since it was seen wins. The line in the body comes last: it alone can never be
 * taken back, since writing a whole body may lose images and quoted mail. If a step fails, the earlier ones are undone.
 */
export async function apply(change: Change, seen: Draft): Promise<Ended> {
  if (change.add !== undefined) {
    return addRecipient(change.add);
  }
  if (change.toBcc !== undefined) {
    return moveToBcc(change.toBcc, seen);
  }
  if (change.content !== undefined) {
    return rewrite(change.content, seen);
  }
  const { subject, body, label, header } = change;
  if (subject === undefined) {
    return unchanged;
  }
  const type =
    body === undefined
      ? undefined
      : await promised<BodyType>((reply) => {
          office.readBodyType(reply);
        });
  const now = await promised(office.readSubject);
  if (!now.ok || type?.ok === false) {
    return unchanged;
  }
  if (now.value !== seen.subject) {
    return { how: "changed" };
  }
  const written = await writeSubject(subject);
  if ("left" in written) {
    return { how: "failed", left: written.left };
  }
  const { stands } = written;
  const takeBack = async (old: string, left: Left[]): Promise<Ended> => {
    const isBack = (await stillStands(stands)) && !("left" in (await writeSubject(old)));
    return { how: "failed", left: isBack ? left : ["numbers", ...left] };
  };

  const sign = await putSign(label, header, seen);
  if (sign === undefined) {
    return takeBack(seen.subject, []);
  }
  const noted = body === undefined || type === undefined ? undefined : await prepend(body, type.value);
  if (noted !== undefined && !noted.ok) {
    // Without an answer the line may still come, and then the mail has to be secure mail.
    return isRefused(noted)
      ? takeBack(seen.subject, (await sign.takeOff()) ? [] : ["label"])
      : takeBack(change.undoSubject ?? seen.subject, ["line"]);
  }
  const undo = async (): Promise<Undone> => {
    const old = body === undefined ? seen.subject : (change.undoSubject ?? seen.subject);
    const isBack = (await stillStands(stands)) && !("left" in (await writeSubject(old)));
    // What was moved into the body needs secure mail, and stays there.
    const isOff = body !== undefined || (await sign.takeOff());
    return !isBack || !isOff ? "no" : body === undefined ? "whole" : "line";
  };
  return { how: "done", undo };
}

const write = (call: (then: Then<true>) => void) => promised<true>(call);

/** Did Outlook say that it did not do it? Otherwise it may still do it. */
function isRefused(answer: Answer<true>): boolean {
  return !answer.ok && (answer.reason === "failed" || answer.reason === "threw");
}

async function stillStands(subject: string): Promise<boolean> {
  const now = await promised(office.readSubject);
  return now.ok && now.value === subject;
}

/**
 * Writes the subject, and tells what stands there then. Outlook may leave a prefix such as `SV:` in place (Microsoft:
 * "Subject.setAsync"), and then has it twice: the subject is written again without its own.
 */
async function writeSubject(subject: string): Promise<{ stands: string } | { left: Left[] }> {
  const put = (text: string) => write((reply) => office.writeSubject(text, reply));
  const written = await put(subject);
  const now = await promised(office.readSubject);
  const there = now.ok ? now.value : subject;
  if (!written.ok && (!now.ok || there !== subject)) {
    // It may be written later, and the user may need the numbers then.
    return { left: isRefused(written) ? [] : ["numbers"] };
  }
  const prefix = there.endsWith(subject) ? there.slice(0, there.length - subject.length) : "";
  if (prefix === "" || !subject.includes(prefix) || !(await put(subject.replace(prefix, ""))).ok) {
    return { stands: there };
  }
  const again = await promised(office.readSubject);
  return { stands: again.ok ? again.value : subject };
}

/** Puts the sign of secure mail on the draft that the change asks for, if any. */
async function putSign(
  label: string | undefined,
  header: HeaderValue | undefined,
  seen: Draft,
): Promise<{ takeOff: () => Promise<boolean> } | undefined> {
  if (label !== undefined) {
    const put = async (id: string) => (await write((reply) => office.writeLabel(id, reply))).ok;
    const [before] = seen.labels ?? [];
    // A label can be replaced but, in many organisations, not taken off.
    const takeOff = async () => before !== undefined && (await put(before));
    return (await put(label)) ? { takeOff } : undefined;
  }
  if (header !== undefined) {
    const { name, value } = header;
    const before = await promised<Record<string, string>>((reply) => {
      office.readHeaders([name], reply);
    });
    const put = async (content: string) => (await write((reply) => office.writeHeader(name, content, reply))).ok;
    if (!before.ok || !(await put(value))) {
      return undefined;
    }
    const [old] = Object.keys(before.value).map((key) => before.value[key]);
    const remove = async () => (await write((reply) => office.removeHeader(name, reply))).ok;
    return { takeOff: () => (old === undefined ? remove() : put(old)) };
  }
  return { takeOff: () => Promise.resolve(true) };
}

/**
 * Writes the whole body, which the user asked for: pictures of earlier mail may be lost by it (office-js issues 6808, 5925,
 * 6944), and the pane says to look. Undoing writes the former source back, letter for letter, unless the user has typed since.
 */
async function rewrite({ kind = "html", content }: Body, seen: Draft): Promise<Ended> {
  const read = () =>
    promised<string>((reply) => {
      office.readBody(kind, reply);
    });
  const put = (text: string) => write((reply) => office.writeBody(text, kind, reply));
  const type = await promised<BodyType>((reply) => {
    office.readBodyType(reply);
  });
  const before = await read();
  if (!type.ok || type.value !== kind || !before.ok) {
    return unchanged;
  }
  if (shown(before.value) !== shown(seen.body?.content ?? "")) {
    return { how: "changed" };
  }
  const written = await put(content);
  const now = await read();
  if (!written.ok && (!now.ok || shown(now.value) !== shown(content))) {
    return { how: "failed", left: isRefused(written) ? [] : ["text"] };
  }
  const stands = shown(now.ok ? now.value : content);
  const undo = async (): Promise<Undone> => {
    const last = await read();
    return last.ok && shown(last.value) === stands && (await put(before.value)).ok ? "whole" : "no";
  };
  return { how: "done", undo };
}

/** What a body shows: Outlook does not always give the same tags for the same text (office-js issues 5036 and 5981). */
function shown(content: string): string {
  return content.replace(/<[^>]*>/g, "").replace(/\s+/g, "");
}

/** The body itself is not read: that fails under some protections under which a line can be put before it. */
function prepend(note: BodyNote, type: BodyType): Promise<Answer<true>> {
  return write((reply) => office.prependBody(note[type], type, reply));
}

/** Nobody is lost by it, whatever the field holds that Outlook does not tell. */
async function addRecipient(recipient: Recipient): Promise<Ended> {
  const now = await promised<Recipient[]>((reply) => {
    office.readRecipients(recipient.field ?? "to", reply);
  });
  if (!now.ok) {
    return unchanged;
  }
  const isThere = now.value.some(({ address }) => address.toLowerCase() === recipient.address.toLowerCase());
  return isThere || (await write((reply) => office.addRecipient(recipient, reply))).ok ? { how: "done" } : unchanged;
}
