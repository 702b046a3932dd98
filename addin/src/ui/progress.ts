import * as office from "../office";

/**
 * The key in the mailbox's roaming settings. No launch event writes them: a save writes all settings, and those that a
 * launch runtime reads may be old or missing (office-js issues 5650, 6728), so that it would overwrite the progress.
 */
const PROGRESS = "sendvagt.practice";

/** The days on which scenes were completed, `YYYY-MM-DD`, by scene id. Nothing that the user wrote is stored. */
export type Done = Record<string, string>;

/** The progress stored in the mailbox; entries that are not a day are skipped. */
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

/** Stores the progress in the mailbox. False if that failed: then it lasts as long as the page. */
export async function keep(done: Done): Promise<boolean> {
  return (await office.promised<true>((then) => office.saveSettings({ [PROGRESS]: done }, then))).ok;
}
