// Launch events: each one opens a hidden frame with the runtime page, which is told which function to run, and observed
// until it reports completion.

import { readCompleted, type Completed } from "../alerts/completed";
import { offersSet } from "../clients";
import type { LaunchEvent } from "../manifest/manifest";
import type { AddinFrame } from "./frame";
import type { Completion, Host } from "./host";

export type EventOutcome =
  | { readonly kind: "completed"; readonly completed: Completed }
  | { readonly kind: "unavailable" }
  | { readonly kind: "not-associated" }
  | { readonly kind: "timed-out" }
  /** The user has ended it, or the item was closed. */
  | { readonly kind: "stopped" };

/** The history of one event. Times are `performance.now()` of the simulator's page. */
export interface EventRecord {
  readonly type: string;
  readonly functionName: string;
  readonly raisedAt: number;
  /** When the page had loaded and subscribed to events. */
  readyAt?: number;
  endedAt?: number;
  outcome?: EventOutcome["kind"];
  /** The arguments of each call of `completed()`; more than one call is a fault of the add-in. */
  readonly completions: unknown[];
  /** Options that are ignored because the client is too old for them. */
  ignored: readonly string[];
}

const HANDLER_NOT_FOUND = 11101;
/** Two events within this time are raised at once, in milliseconds. */
const AT_ONCE = 100;
const SEND_EVENTS: readonly string[] = ["OnMessageSend", "OnAppointmentSend"];
/** The Mailbox sets that brought the events ("Activate add-ins with events"); those that are not listed came with 1.11. */
const SETS: Readonly<Record<string, string>> = {
  OnNewMessageCompose: "1.10",
  OnNewAppointmentOrganizer: "1.10",
  OnMessageSend: "1.12",
  OnAppointmentSend: "1.12",
  OnMessageCompose: "1.12",
  OnAppointmentOrganizer: "1.12",
  OnMessageFromChanged: "1.13",
  OnSensitivityLabelChanged: "1.13",
};

export interface EventRun {
  readonly record: EventRecord;
  readonly outcome: Promise<EventOutcome>;
  stop(): void;
}

interface Running extends EventRun {
  readonly frame: AddinFrame;
  readonly invocation: string;
  end(outcome: EventOutcome): void;
}

export class LaunchEvents {
  readonly records: EventRecord[] = [];
  private readonly host: Host;
  private readonly container: HTMLElement;
  private changeListener: () => void = () => undefined;
  private readonly runs = new Set<Running>();
  /** Ended, but still observed. */
  private readonly lingering = new Set<Running>();
  private warm: AddinFrame | undefined;

  constructor(host: Host, container: HTMLElement) {
    this.host = host;
    this.container = container;
  }

  get running(): number {
    return this.runs.size;
  }

  /** Calls `listener` when an event is raised and when it ends. */
  onChange(listener: () => void): void {
    this.changeListener = listener;
  }

  /** The manifest's entry for `type`, if this client raises the event. */
  find(type: string): LaunchEvent | undefined {
    const { manifest, client } = this.host;
    if (manifest === undefined || !offersSet(client.mailbox, manifest.mailbox)) {
      return undefined;
    }
    if (client.phone) {
      return manifest.mobileEvents.find((event) => event.type === type);
    }
    // A client that does not know an event never raises it, whatever the manifest says.
    if (!offersSet(client.mailbox, SETS[type] ?? "1.11")) {
      return undefined;
    }
    return manifest.launchEvents.find((event) => event.type === type);
  }

  /** Raises event `type` with `details` in the event object; `undefined` if the add-in does not handle it. */
  raise(type: string, details: object = {}): EventRun | undefined {
    const event = this.find(type);
    const url = this.host.manifest?.runtimeUrl;
    if (event === undefined || url === undefined) {
      return undefined;
    }
    const collides = this.collides(type);
    const run = this.start(type, event.functionName, url, details);
    if (collides) {
      [...this.runs].filter((other) => other !== run).forEach((other) => other.stop());
      run.end({ kind: "completed", completed: { allowEvent: false, promptUser: false } });
      // Whatever its handler says later, nobody listens.
      this.discard(run);
    }
    return run;
  }

  /** Runs the function of a function command. */
  runFunction(functionName: string, controlId: string): EventRun | undefined {
    const url = this.host.manifest?.functionUrl ?? this.host.manifest?.runtimeUrl;
    return url === undefined ? undefined : this.start("function", functionName, url, { source: { id: controlId } });
  }

  completed(frame: AddinFrame, completion: Completion): void {
    const run = [...this.runs, ...this.lingering].find(
      (candidate) => candidate.frame === frame && candidate.invocation === completion.invocation,
    );
    if (run === undefined) {
      return;
    }
    if (completion.status !== 0) {
      run.end({ kind: completion.status === HANDLER_NOT_FOUND ? "not-associated" : "unavailable" });
      return;
    }
    run.record.completions.push(completion.options);
    if (!this.runs.has(run)) {
      this.host.trace.violate(
        "completed-twice",
        `${run.record.functionName} called completed() again after its event had ended.`,
      );
      return;
    }
    run.end({ kind: "completed", completed: this.read(run.record, completion.options) });
  }

  /** Ends all running events, as when the item is closed. */
  stopAll(): void {
    for (const run of [...this.runs]) {
      run.stop();
    }
    for (const run of [...this.lingering]) {
      this.discard(run);
    }
    if (!this.host.quirks.has("runtime-kept")) {
      this.closeWarm();
    }
  }

  private collides(type: string): boolean {
    const last = this.records.at(-1);
    return (
      SEND_EVENTS.includes(type) &&
      this.host.quirks.has("send-collides") &&
      last !== undefined &&
      performance.now() - last.raisedAt < AT_ONCE
    );
  }

  private closeWarm(): void {
    if (this.warm !== undefined) {
      this.host.closeFrame(this.warm);
    }
    this.warm = undefined;
  }

  private read(record: EventRecord, options: unknown): Completed {
    // Only the send events have options; the others only report completion.
    if (!SEND_EVENTS.includes(record.type)) {
      return { allowEvent: true, promptUser: false };
    }
    const reading = readCompleted(options, this.host.client.mailbox);
    record.ignored = reading.ignored;
    for (const violation of reading.violations) {
      this.host.trace.violate("completed-option", `${record.functionName}: ${violation}`);
    }
    return reading.options;
  }

  private start(type: string, functionName: string, url: string, details: object): Running {
    const record: EventRecord = { type, functionName, raisedAt: performance.now(), completions: [], ignored: [] };
    this.records.push(record);
    const frame = this.frame(url);
    const timers: number[] = [];
    let settle: (outcome: EventOutcome) => void = () => undefined;
    const outcome = new Promise<EventOutcome>((resolve) => {
      settle = resolve;
    });
    const run: Running = {
      record,
      frame,
      outcome,
      invocation: crypto.randomUUID(),
      end: (result) => {
        if (!this.runs.delete(run)) {
          return;
        }
        timers.forEach((timer) => window.clearTimeout(timer));
        record.outcome = result.kind;
        record.endedAt = performance.now();
        this.linger(run, result);
        this.report(record, result);
        settle(result);
      },
      stop: () => run.end({ kind: "stopped" }),
    };
    this.runs.add(run);
    this.changeListener();
    const load = window.setTimeout(() => run.end({ kind: "unavailable" }), this.host.timers.unavailable);
    timers.push(
      load,
      window.setTimeout(() => run.end({ kind: "timed-out" }), this.host.timers.timeout),
    );
    void frame.ready.then(() => {
      window.clearTimeout(load);
      record.readyAt = performance.now();
      frame.fire("appCommandInvoked", [run.invocation, functionName, JSON.stringify({ type, ...details })]);
    });
    return run;
  }

  // A dialog shows the user what fails at Send. Elsewhere nobody would notice.
  private report(record: EventRecord, outcome: EventOutcome): void {
    const failed = outcome.kind !== "completed" && outcome.kind !== "stopped";
    if (failed && !SEND_EVENTS.includes(record.type)) {
      this.host.trace.violate("event-failed", `${record.type} (${record.functionName}): ${outcome.kind}.`);
    }
    this.changeListener();
  }

  private frame(url: string): AddinFrame {
    const isWarm = this.host.settings.runtime === "warm" || this.host.quirks.has("runtime-kept");
    if (this.warm?.url === url && isWarm && this.host.rebindFrame(this.warm)) {
      return this.warm;
    }
    this.closeWarm();
    const frame = this.host.openFrame({ url, purpose: "event", title: "add-in runtime", container: this.container });
    if (isWarm) {
      this.warm = frame;
    }
    return frame;
  }

  private linger(run: Running, outcome: EventOutcome): void {
    if (outcome.kind !== "completed") {
      this.discard(run);
      return;
    }
    this.lingering.add(run);
    window.setTimeout(() => this.discard(run), this.host.timers.linger);
  }

  private discard(run: Running): void {
    this.lingering.delete(run);
    if (run.frame !== this.warm) {
      this.host.closeFrame(run.frame);
    }
  }
}
