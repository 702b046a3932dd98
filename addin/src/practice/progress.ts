import * as office from "../office";
import { PROGRESS } from "../ui/offer";

/** The days on which scenes were done, `YYYY-MM-DD`, by the scenes' ids. Nothing of what was written is kept. */
export type Done = Record<string, string>;

/** What the mailbox has kept; what does not read as a day is passed over. */
export function kept(): Done {
  return doneIn(office.readSetting(PROGRESS));
}

export function doneIn(value: unknown): Done {
  const entries = typeof value === "object" && value !== null ? Object.entries(value as Record<string, unknown>) : [];
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && /^\d{4}-\d\d-\d\d$/.test(entry[1]),
    ),
  );
}

/** Keeps what is done in the mailbox. False when that failed: then it lasts as long as the page. */
export async function keep(done: Done): Promise<boolean> {
  return (await office.promised<true>((then) => office.saveSettings({ [PROGRESS]: done }, then))).ok;
}

/** The day it is for the user. */
export function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
