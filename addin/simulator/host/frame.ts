// One frame that runs a page of the add-in, and the host's end of the connection.

import { frameName, type FrameIdentity } from "./context";
import { type Request, readRequest, writeAnswer, writeEvent } from "./envelope";
import type { Purpose, Trace } from "./trace";

export interface FrameOptions {
  readonly url: string;
  readonly purpose: Purpose;
  readonly title: string;
  readonly container: HTMLElement;
  readonly locale: string;
  readonly wasmBlocked: boolean;
  readonly trace: Trace;
  readonly handler: FrameHandler;
}

/** Handles the requests of a frame, which only transports them. `respond` may be called late, or never. */
export interface FrameHandler {
  appContext(frame: AddinFrame): object;
  initialData(frame: AddinFrame, respond: (data: unknown) => void): void;
  execute(frame: AddinFrame, dispatchId: number, params: unknown, respond: (data: unknown) => void): void;
  /** A call of the older kind (`executeMethod`): completion of an event, closing of the pane. */
  executeShared(frame: AddinFrame, dispatchId: number, args: Readonly<Record<string, unknown>>): void;
  /** The user leaves the frame with the keyboard: back with Escape or Shift+Tab, or on with Tab. */
  left(frame: AddinFrame, way: Way): void;
}

export type Way = "back" | "on";

/** What office.js reports when the focus is to leave the frame: TabExit, TabExitShift, EscExit, and with nothing to focus. */
const EXITS: Readonly<Record<number, Way>> = { 13: "on", 14: "back", 15: "back", 17: "on", 18: "back" };
// Forbids only compiling WebAssembly (and eval). Chromium applies it if the frame's server allows it.
const NO_WASM = "script-src * 'unsafe-inline'";

export class AddinFrame implements FrameIdentity {
  readonly id = `frame-${crypto.randomUUID()}`;
  readonly conversation = crypto.randomUUID();
  readonly element: HTMLIFrameElement;
  readonly purpose: Purpose;
  /** Resolves when the page has subscribed to events. Never rejects. */
  readonly ready: Promise<void>;
  readonly url: string;
  private markReady: () => void = () => undefined;
  private readonly origin: string;
  private readonly options: FrameOptions;
  private readonly subscriptions = new Set<string>();
  private open = true;

  constructor(options: FrameOptions) {
    this.options = options;
    this.purpose = options.purpose;
    this.url = options.url;
    this.origin = new URL(options.url, location.href).origin;
    this.ready = new Promise((resolve) => {
      this.markReady = resolve;
    });
    window.addEventListener("message", this.onMessage);
    this.element = document.createElement("iframe");
    this.element.title = options.title;
    // The name must be set before the address: office.js reads it as soon as it loads.
    this.element.name = frameName(this, options.locale, location.href.split(/[?#]/)[0] ?? location.href);
    if (options.wasmBlocked) {
      this.element.setAttribute("csp", NO_WASM);
    }
    this.element.src = options.url;
    options.container.append(this.element);
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Sends the event `name`; returns whether the page has subscribed to it. */
  fire(name: string, payload: unknown): boolean {
    if (!this.open || !this.subscriptions.has(name)) {
      return false;
    }
    this.log("to-add-in", name, payload);
    this.post(writeEvent(name, this.conversation, location.origin, payload));
    return true;
  }

  close(): void {
    this.open = false;
    window.removeEventListener("message", this.onMessage);
    this.element.remove();
  }

  private readonly onMessage = (message: MessageEvent): void => {
    if (message.source !== this.element.contentWindow || message.origin !== this.origin) {
      return;
    }
    const request = readRequest(message.data);
    if (request?.conversation === this.conversation) {
      this.serve(request);
    }
  };

  private serve(request: Request): void {
    const dispatchId = dispatchIdOf(request);
    this.log("from-add-in", request.action, request.data, dispatchId);
    const respond = (data: unknown): void => {
      if (!this.open) {
        return;
      }
      this.log("to-add-in", request.action, data, dispatchId);
      this.post(writeAnswer(request, location.origin, data));
    };
    if (request.kind === "invoke") {
      this.invoke(request, dispatchId, respond);
    } else {
      this.subscribe(request, respond);
    }
  }

  private subscribe(request: Request, respond: (data: unknown) => void): void {
    if (request.kind === "register") {
      this.subscriptions.add(request.action);
    } else {
      this.subscriptions.delete(request.action);
    }
    respond({ Error: 0, Version: 1 });
    if (request.action === "appCommandInvoked" && request.kind === "register") {
      this.markReady();
    }
  }

  private invoke(request: Request, dispatchId: number | undefined, respond: (data: unknown) => void): void {
    const { handler } = this.options;
    const data = asRecord(request.data);
    switch (request.action) {
      case "ContextActivationManager_getAppContextAsync":
        respond(handler.appContext(this));
        return;
      case "GetInitialData":
        handler.initialData(this, respond);
        return;
      case "ExecuteMethod":
        handler.execute(this, dispatchId ?? -1, data["ApiParams"], respond);
        return;
      case "executeMethod":
        respond({ Error: 0, Version: 1 });
        handler.executeShared(this, dispatchId ?? -1, data);
        return;
      case "ContextActivationManager_notifyHost":
        respond(null);
        this.leave(request.data);
        return;
      default:
        respond(null);
    }
  }

  private leave(data: unknown): void {
    const way = Array.isArray(data) ? EXITS[Number(data[1])] : undefined;
    if (way !== undefined) {
      this.options.handler.left(this, way);
    }
  }

  private post(message: string): void {
    this.element.contentWindow?.postMessage(message, this.origin);
  }

  private log(direction: "from-add-in" | "to-add-in", action: string, data: unknown, dispatchId?: number): void {
    this.options.trace.add({
      frame: this.id,
      purpose: this.purpose,
      direction,
      action,
      data,
      ...(dispatchId !== undefined && { dispatchId }),
    });
  }
}

function dispatchIdOf(request: Request): number | undefined {
  const data = asRecord(request.data);
  const id = asRecord(data["MethodData"] ?? data["DdaMethod"])["DispatchId"];
  return typeof id === "number" ? id : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
