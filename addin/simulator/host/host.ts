// The host of the add-in's frames: it opens them, answers their calls, and forwards their messages.

import type { Client } from "../clients";
import type { Item } from "../item/item";
import type { Manifest } from "../manifest/manifest";
import { ME } from "../people";
import { Quirks } from "../quirks";
import { appContext, initialData, type Language, localeOf } from "./context";
import { Faults, type Fault } from "./faults";
import { AddinFrame, type FrameHandler, type Way } from "./frame";
import { callMethod, envelopeOf, ErrorNumber, type Params, type Reply } from "./methods";
import { RoamingSettings } from "./roaming";
import { defaultSettings, DOCUMENTED_TIMERS, type HostSettings, type Timers } from "./settings";
import { Trace, type Purpose } from "./trace";

/** How many calls at once office.js allows an add-in on the web. */
const MOST_CALLS_UNDER_WAY = 3;
const APP_COMMAND_COMPLETED = 94;
const CLOSE_CONTAINER = 97;

export interface Completion {
  /** Identifies the invocation of a function. */
  readonly invocation: string;
  /** 0, or why office.js could not run the handler (11101: none is associated). */
  readonly status: number;
  /** The argument of `completed()`. */
  readonly options: unknown;
}

export interface HostEvents {
  completed(frame: AddinFrame, completion: Completion): void;
  closePane(frame: AddinFrame): void;
  left(frame: AddinFrame, way: Way): void;
  save(): void;
  close(): void;
}

export interface FrameRequest {
  readonly url: string;
  readonly purpose: Purpose;
  readonly title: string;
  readonly container: HTMLElement;
  readonly initializationContext?: string;
}

export class Host implements FrameHandler {
  readonly faults = new Faults();
  readonly trace = new Trace();
  readonly quirks = new Quirks(() => this.client);
  readonly roaming = new RoamingSettings((quirk) => this.quirks.has(quirk));
  readonly timers: Timers = { ...DOCUMENTED_TIMERS };
  readonly settings: HostSettings = defaultSettings();
  language: Language = "da";
  client: Client;
  manifest: Manifest | undefined;
  item: Item | undefined;
  events: HostEvents | undefined;
  private readonly frames = new Map<
    AddinFrame,
    { item: Item | undefined; initializationContext: string; underWay: number }
  >();

  constructor(client: Client) {
    this.client = client;
  }

  openFrame(request: FrameRequest): AddinFrame {
    const { initializationContext = "", ...options } = request;
    const frame = new AddinFrame({
      ...options,
      locale: localeOf(this.language),
      wasmBlocked: this.faults.wasmBlocked,
      trace: this.trace,
      handler: this,
    });
    this.frames.set(frame, { item: this.item, initializationContext, underWay: 0 });
    return frame;
  }

  /**
   * Gives a frame that stays between items the item that is open now; `false` if its page cannot take it: office.js asks
   * for the kind of item only once.
   */
  rebindFrame(frame: AddinFrame): boolean {
    const state = this.frames.get(frame);
    if (state === undefined || state.item?.kind !== this.item?.kind) {
      return false;
    }
    state.item = this.item;
    return true;
  }

  closeFrame(frame: AddinFrame): void {
    frame.close();
    this.frames.delete(frame);
  }

  /** Sends event `name` to the frames of `purpose` that have subscribed to it. */
  broadcast(name: string, payload: unknown, purpose: Purpose): void {
    for (const frame of this.frames.keys()) {
      if (frame.purpose === purpose) {
        frame.fire(name, payload);
      }
    }
  }

  appContext(frame: AddinFrame): object {
    return appContext({
      identity: frame,
      client: this.client,
      locale: localeOf(this.language),
      addinName: this.manifest?.displayName ?? "",
      hostUrl: location.href,
      settings: this.roaming.read(frame.purpose),
    });
  }

  initialData(frame: AddinFrame, respond: (data: unknown) => void): void {
    const item = this.settings.noItem ? undefined : this.frames.get(frame)?.item;
    const data = initialData(
      item,
      this.settings.permission ?? this.manifest?.permission ?? "Restricted",
      this.client,
      ME,
    );
    const fault = this.faults.take(1, frame.purpose, {});
    if (fault === undefined) {
      respond(data);
    } else {
      this.respondFaulty(fault, data, respond);
    }
  }

  execute(frame: AddinFrame, dispatchId: number, params: unknown, respond: (data: unknown) => void): void {
    const state = this.frames.get(frame);
    if (state === undefined) {
      return;
    }
    state.underWay += 1;
    if (state.underWay > MOST_CALLS_UNDER_WAY) {
      this.trace.violate(
        "too-many-calls",
        `${String(state.underWay)} Outlook calls were under way at once; at most ${String(MOST_CALLS_UNDER_WAY)} are allowed.`,
      );
    }
    const known = (typeof params === "object" && params !== null ? params : {}) as Params;
    const fault = this.faults.take(dispatchId, frame.purpose, known);
    const answer = (): void => {
      state.underWay -= 1;
      if (fault === undefined) {
        respond(envelopeOf(this.call(frame, dispatchId, known)));
      }
      // A call that is answered late also takes effect late; one that fails or is never answered has no effect.
      else if (fault.kind === "late") {
        window.setTimeout(() => respond(envelopeOf(this.call(frame, dispatchId, known))), fault.ms ?? 0);
      } else {
        this.respondFaulty(fault, undefined, respond);
      }
    };
    if (this.settings.latency > 0) {
      window.setTimeout(answer, this.settings.latency);
    } else {
      answer();
    }
  }

  executeShared(frame: AddinFrame, dispatchId: number, args: Readonly<Record<string, unknown>>): void {
    if (dispatchId === APP_COMMAND_COMPLETED) {
      this.events?.completed(frame, readCompletion(args));
    } else if (dispatchId === CLOSE_CONTAINER) {
      this.events?.closePane(frame);
    } else {
      this.trace.violate("unknown-call", `The simulator does not know the shared call ${String(dispatchId)}.`);
    }
  }

  left(frame: AddinFrame, way: Way): void {
    this.events?.left(frame, way);
  }

  private call(frame: AddinFrame, dispatchId: number, params: Params): Reply {
    const state = this.frames.get(frame);
    const item = state?.item;
    if (state === undefined || item === undefined) {
      return { errorCode: ErrorNumber.generic };
    }
    const reply = callMethod(
      dispatchId,
      {
        item,
        initializationContext: state.initializationContext,
        client: this.client,
        has: (quirk) => this.quirks.has(quirk),
        hasImage: (id) => Object.hasOwn(this.manifest?.images ?? {}, id),
        complain: (detail) => this.trace.violate("notification", detail),
        save: () => this.events?.save(),
        close: () => this.events?.close(),
        saveRoaming: (settings) => this.roaming.save(settings, frame.purpose),
      },
      params,
    );
    if (reply !== undefined) {
      return reply;
    }
    this.trace.violate("unknown-call", `The simulator does not know the Outlook call ${String(dispatchId)}.`);
    return { raw: { wasSuccessful: false } };
  }

  private respondFaulty(fault: Fault, right: unknown, respond: (data: unknown) => void): void {
    if (fault.kind === "error") {
      respond(envelopeOf({ errorCode: fault.code ?? ErrorNumber.generic }));
    } else if (fault.kind === "null") {
      respond(null);
    } else if (fault.kind === "late") {
      window.setTimeout(() => respond(right), fault.ms ?? 0);
    } else if (fault.kind === "nonsense") {
      respond({ error: false, errorCode: 0, wasSuccessful: true, data: fault.data });
    }
  }
}

function readCompletion(args: Readonly<Record<string, unknown>>): Completion {
  const text = typeof args["2"] === "string" ? args["2"] : "";
  let options: unknown;
  try {
    options = (JSON.parse(text) as { completedContext?: unknown }).completedContext;
  } catch {
    options = undefined;
  }
  return { invocation: String(args["0"]), status: Number(args["1"]), options };
}
