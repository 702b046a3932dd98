// Times and behaviour of the host. All times are in milliseconds; tests shorten them.

export interface Timers {
  /** Until the dialog "taking longer than expected". */
  slow: number;
  /** Until an event handler is abandoned. */
  timeout: number;
  /** Until a page that has not loaded counts as unavailable. */
  unavailable: number;
  /** How long the recipients must stay unchanged before their event is raised. */
  debounce: number;
  /** How long an event's frame is kept after completion, to detect a second completion. */
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
  /**
   * `fresh` uses a new frame for each event, as Outlook does; `warm` keeps the first one, to measure without loading.
   */
  runtime: "fresh" | "warm";
  /** How long each Outlook call takes. If it is above zero, the simulator also counts pending calls. */
  latency: number;
  /** Replaces the manifest's permission, to test calls that are refused. */
  permission: string | undefined;
  /** Frames get no item. */
  noItem: boolean;
  /** The user works offline. */
  offline: boolean;
}

export function defaultSettings(): HostSettings {
  return { runtime: "fresh", latency: 0, permission: undefined, noItem: false, offline: false };
}
