// `window.simulator`: everything that a user can do in the page and more, for tests. All values are plain data, so that
// they can leave the page.

import type { ClientId } from "./clients";
import type { Theme } from "./config";
import type { Language } from "./host/context";
import type { EventRecord } from "./host/events";
import type { Fault } from "./host/faults";
import type { HostSettings, Timers } from "./host/settings";
import type { TraceEntry, Violation } from "./host/trace";
import type { Attachment, BodyType, ItemKind, Notification } from "./item/item";
import type { ComposeRequest, SentItem } from "./mailbox";
import type { Manifest } from "./manifest/manifest";
import type { QuirkId } from "./quirks";
import type { Choice, DialogState } from "./ui/dialog";

/** The result of pressing Send, once nothing more happens by itself. */
export type SendState =
  | "sent"
  /** A dialog asks the user. */
  | "dialog"
  /** The form is not ready to send: no recipient, or one that is not an address. */
  | "refused"
  /** Not sent, and no dialog: the event was stopped. */
  | "held";

/** The item in the form. Recipients as `"Name <address>"`. */
export interface DraftState {
  readonly kind: ItemKind;
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly body: string;
  readonly bodyType: BodyType;
  readonly location: string;
  readonly attachments: readonly Attachment[];
  readonly sessionData: Readonly<Record<string, string>>;
  readonly internetHeaders: Readonly<Record<string, string>>;
}

export interface DraftEdit {
  readonly subject?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly body?: string;
  readonly internetHeaders?: Readonly<Record<string, string>>;
  /** Another sensitivity label is chosen. Which one cannot be read: this build of office.js does not know labels. */
  readonly relabel?: true;
}

export interface PaneState {
  readonly commandId: string;
  /** The frame's address: how a test finds the frame. */
  readonly url: string;
}

export interface Simulator {
  /** Resolves when the manifest has been read or has failed to be read. */
  readonly ready: Promise<void>;
  readonly manifest: Manifest | undefined;

  /** Opens a new item, as the buttons do, and raises its events. What was in the form before goes to Drafts. */
  compose(request?: ComposeRequest): void;
  /** Changes the item as the user would, with all events. */
  edit(edit: DraftEdit): void;
  /** Presses Send; resolves when the mail is sent or a dialog asks. */
  send(): Promise<SendState>;
  /** Resolves when no event is running or about to be raised. */
  idle(): Promise<void>;
  discard(): void;
  saveDraft(): void;
  openDraft(index: number): void;
  /** Opens the cancellation of the meeting that was sent as number `index`. */
  cancelMeeting(index: number): void;
  popOut(): void;
  /** Has the open item sent at `time`, in milliseconds since 1970. */
  schedule(time: number): void;

  readonly draft: DraftState | undefined;
  readonly sent: readonly SentItem[];
  /** The subjects of the drafts. */
  readonly drafts: readonly string[];
  readonly notifications: readonly Notification[];
  readonly dialog: DialogState | undefined;
  /** Presses a button of the dialog, or Escape ("closed"). */
  press(choice: Choice): void;

  readonly pane: PaneState | undefined;
  /** Opens the pane of the button `commandId`; by default the first one for this kind of item. */
  openPane(commandId?: string, contextData?: string): void;
  closePane(): void;

  /** Each launch event raised so far, oldest first. */
  readonly events: readonly EventRecord[];
  readonly trace: readonly TraceEntry[];
  /** Rules of the host that the add-in broke. A test fails if there are any. */
  readonly violations: readonly Violation[];
  clearTrace(): void;

  /** Live: a change takes effect at once. */
  readonly timers: Timers;
  readonly settings: HostSettings;
  readonly faults: { readonly list: readonly Fault[]; add(fault: Fault): void; clear(): void; wasmBlocked: boolean };
  /** Those that are on, and the switches; `reset` leaves those that are documented for the client. */
  readonly quirks: { readonly list: readonly QuirkId[]; set(id: QuirkId, on: boolean): void; reset(): void };
  readonly roamingSettings: Readonly<Record<string, string>>;
  clearRoamingSettings(): void;

  client: ClientId;
  /** Open frames keep the language with which they started. */
  language: Language;
  theme: Theme;
}

declare global {
  interface Window {
    simulator: Simulator;
  }
}
