// The task pane beside the form, 320 pixels wide as in Outlook.

import type { AddinFrame } from "../host/frame";
import type { Host } from "../host/host";
import type { TextKey } from "../texts";
import { button, make } from "./dom";
import { icon } from "./icons";

export interface PaneRequest {
  readonly commandId: string;
  readonly url: string;
  readonly title: string;
  /** What the add-in passes to the pane, which reads it with `getInitializationContextAsync`. */
  readonly contextData: string;
  /** Does the focus go into it? */
  readonly focus: boolean;
}

export class TaskPane {
  private readonly host: Host;
  private readonly container: HTMLElement;
  private readonly say: (key: TextKey) => string;
  private readonly closed: () => void;
  private openedFrame: AddinFrame | undefined;
  private closeButton: HTMLButtonElement | undefined;
  private openedCommand: string | undefined;

  constructor(host: Host, container: HTMLElement, say: (key: TextKey) => string, closed: () => void) {
    this.host = host;
    this.container = container;
    this.say = say;
    this.closed = closed;
  }

  /** The id of the button whose pane is open. */
  get commandId(): string | undefined {
    return this.openedCommand;
  }

  get frame(): AddinFrame | undefined {
    return this.openedFrame;
  }

  /** Opens the pane, or reopens it: the page reads context data only when it starts. */
  open(request: PaneRequest): void {
    this.close();
    this.closeButton = button("", () => this.closed(), {
      id: "close-pane",
      class: "quiet",
      "aria-label": this.say("closePane"),
    });
    this.closeButton.append(icon("close"));
    const body = make("div", { class: "pane-body" });
    this.container.replaceChildren(make("header", {}, make("h2", {}, request.title), this.closeButton), body);
    this.container.hidden = false;
    this.openedFrame = this.host.openFrame({
      url: request.url,
      purpose: "pane",
      title: request.title,
      container: body,
      initializationContext: request.contextData,
    });
    this.openedCommand = request.commandId;
    if (request.focus) {
      takeFocus(this.openedFrame.element);
    }
  }

  /** Is the focus in the pane, or on its close button? */
  get hasFocus(): boolean {
    return this.container.contains(document.activeElement);
  }

  close(): void {
    if (this.openedFrame !== undefined) {
      this.host.closeFrame(this.openedFrame);
    }
    this.openedFrame = undefined;
    this.openedCommand = undefined;
    this.container.hidden = true;
    this.container.replaceChildren();
  }

  /** Moves the focus when the user goes back from the add-in's page. */
  focus(): void {
    this.closeButton?.focus();
  }
}

// The page that loads into the frame runs in a process of its own, which does not inherit the focus.
function takeFocus(frame: HTMLIFrameElement): void {
  frame.focus();
  frame.addEventListener("load", () => {
    if (document.activeElement === frame) {
      frame.blur();
      frame.focus();
    }
  });
}
