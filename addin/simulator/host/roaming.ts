// The add-in's roaming settings: stored in the mailbox, here in the browser. A frame loads them all when it starts, and
// saves them all.

import type { QuirkId } from "../quirks";
import type { Purpose } from "./trace";

type Settings = Readonly<Record<string, string>>;

const KEY = "sendvagt-simulator.roaming-settings";
const EVENTS_KEY = `${KEY}.events`;
/** In characters, for the whole set. */
const LIMIT = 32 * 1024;

export class RoamingSettings {
  private readonly has: (quirk: QuirkId) => boolean;
  private readonly atStart: Settings;

  constructor(has: (quirk: QuirkId) => boolean) {
    this.has = has;
    this.atStart = this.all;
  }

  /** What the mailbox holds. */
  get all(): Settings {
    return stored(KEY);
  }

  /** What a frame loads. */
  read(purpose: Purpose): Settings {
    if (purpose !== "event") {
      return this.all;
    }
    if (this.has("roaming-unread")) {
      return {};
    }
    if (this.has("roaming-stale")) {
      return this.atStart;
    }
    return stored(this.key(purpose));
  }

  /** `false` if the settings are too large. */
  save(settings: Settings, purpose: Purpose): boolean {
    const text = JSON.stringify(settings);
    if (text.length > LIMIT) {
      return false;
    }
    localStorage.setItem(this.key(purpose), text);
    return true;
  }

  clear(): void {
    localStorage.removeItem(KEY);
    localStorage.removeItem(EVENTS_KEY);
  }

  private key(purpose: Purpose): string {
    return purpose === "event" && this.has("roaming-apart") ? EVENTS_KEY : KEY;
  }
}

function stored(key: string): Settings {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Settings;
  } catch {
    return {};
  }
}
