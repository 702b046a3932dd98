// The add-in's roaming settings: stored in the mailbox, here in the browser.

const KEY = "sendvagt-simulator.roaming-settings";
/** In characters, for the whole set. */
const LIMIT = 32 * 1024;

export class RoamingSettings {
  get all(): Readonly<Record<string, string>> {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, string>;
    } catch {
      return {};
    }
  }

  /** `false` if the settings are too large. */
  save(settings: Readonly<Record<string, string>>): boolean {
    const text = JSON.stringify(settings);
    if (text.length > LIMIT) {
      return false;
    }
    localStorage.setItem(KEY, text);
    return true;
  }

  clear(): void {
    localStorage.removeItem(KEY);
  }
}
