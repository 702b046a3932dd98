// The mailbox's roaming settings: 32 kB that follow the user from client to client.

import { attempt, call, done, type Callback, type Then } from "./calls";

/** A value in the roaming settings; undefined if it is missing or Office does not say. */
export function readSetting(name: string): unknown {
  return attempt<unknown>(() => Office.context.roamingSettings.get(name)) ?? undefined;
}

/** Sets values in the roaming settings and saves them. */
export function saveSettings(values: Record<string, unknown>, then: Then<true>): void {
  const begin = (callback: Callback) => {
    const settings = Office.context.roamingSettings;
    for (const name of Object.keys(values)) {
      settings.set(name, values[name]);
    }
    settings.saveAsync(callback);
  };
  call(begin, done, then);
}
