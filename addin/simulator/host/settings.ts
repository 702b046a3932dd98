// Times and habits of the host. All times are milliseconds; tests shorten them.

export interface Timers {
  /** Until the dialog "taking longer than expected". */
  slow: number;
  /** Until an event handler is given up. */
  timeout: number;
  /** Until a page that has not come up counts as unavailable. */
  unavailable: number;
  /** How long the recipients must rest before their event is raised. */
  debounce: number;
  /** How long an event's frame is kept after completion, to hear whether it completes again. */
  linger: number;
}

export const DOCUMENTED_TIMERS: Readonly<Timers> = {
  slow: 5_000,
  timeout: 300_000,
  unavailable: 20_000,
  debounce: 500,
  linger: 1_000,
};

export interface HostSettings {
  /** A fresh frame for each event, as Outlook does; `warm` keeps the first one, to measure without loading. */
  runtime: "fresh" | "warm";
  /** How long each Outlook call takes. Above zero the simulator also sees how many calls are under way at once. */
  latency: number;
  /** Stands in for the manifest's permission; to see calls refused. */
  permission: string | undefined;
  /** Frames are told that there is no item. */
  noItem: boolean;
}

export function defaultSettings(): HostSettings {
  return { runtime: "fresh", latency: 0, permission: undefined, noItem: false };
}
