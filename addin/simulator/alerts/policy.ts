// Which Smart Alerts dialog a user sees, and with which buttons. Pure: given what happened, the send mode of the
// manifest and the client. Source: the send-mode and behaviour sections of Microsoft's Smart Alerts article.

import { offersSet, type Client } from "../clients";
import type { SendMode } from "../manifest/manifest";
import type { Completed } from "./completed";

export type Situation =
  | { readonly kind: "blocked"; readonly completed: Completed }
  /** The runtime page did not load, or did not answer. */
  | { readonly kind: "unavailable" }
  /** The page loaded, but no handler is associated with the manifest's function name. */
  | { readonly kind: "not-associated" }
  /** Five seconds have passed. */
  | { readonly kind: "slow" }
  /** Five minutes have passed. */
  | { readonly kind: "timed-out" }
  /** The user works offline, and no handler was asked. */
  | { readonly kind: "offline" };

export type SituationKind = Situation["kind"];
export type ButtonId = "dont-send" | "send-anyway" | "take-action" | "try-later";

export interface Button {
  readonly id: ButtonId;
  /** The add-in's own label; by default the client's. */
  readonly label?: string;
}

export interface Alert {
  readonly kind: SituationKind;
  /** The add-in's text; by default the client's. */
  readonly message?: string;
  readonly markdown?: string;
  readonly buttons: readonly Button[];
  /** What the action that the add-in offers opens. */
  readonly action?: { readonly commandId: string; readonly contextData?: string };
  /** Closing the dialog runs the action too (classic Outlook before version 2410). */
  readonly closingTakesAction: boolean;
}

/** `null`: no dialog, the mail goes. */
export function alertFor(situation: Situation, mode: SendMode, client: Client): Alert | null {
  if (situation.kind === "blocked") {
    return situation.completed.allowEvent ? null : blockedAlert(situation.completed, mode, client);
  }
  if (situation.kind === "offline" && mode === "PromptUser") {
    return null;
  }
  return { kind: situation.kind, buttons: statusButtons(situation.kind, mode), closingTakesAction: false };
}

function statusButtons(kind: Exclude<SituationKind, "blocked">, mode: SendMode): Button[] {
  if (kind === "unavailable") {
    return mode === "Block" ? [{ id: "dont-send" }] : [{ id: "send-anyway" }, { id: "try-later" }];
  }
  if (kind === "offline") {
    return [{ id: "dont-send" }];
  }
  return mode === "PromptUser" ? [{ id: "send-anyway" }, { id: "dont-send" }] : [{ id: "dont-send" }];
}

function blockedAlert(completed: Completed, mode: SendMode, client: Client): Alert {
  const { errorMessage, errorMessageMarkdown, commandId, contextData } = completed;
  const promptUser = mode === "PromptUser" || completed.promptUser;
  return {
    kind: "blocked",
    ...(errorMessage !== undefined && { message: errorMessage }),
    ...(errorMessageMarkdown !== undefined && offersSet(client.mailbox, "1.15") && { markdown: errorMessageMarkdown }),
    buttons: [
      ...actionButton(completed, client),
      ...(promptUser ? [{ id: "send-anyway" as const }] : []),
      dontSend(completed, client),
    ],
    ...(commandId !== undefined && { action: { commandId, ...(contextData !== undefined && { contextData }) } }),
    closingTakesAction: client.closingOpensPane && commandId !== undefined,
  };
}

function actionButton(completed: Completed, client: Client): Button[] {
  if (client.actionButton !== "own" || completed.commandId === undefined) {
    return [];
  }
  return [{ id: "take-action", ...(completed.cancelLabel !== undefined && { label: completed.cancelLabel }) }];
}

function dontSend(completed: Completed, client: Client): Button {
  const label = client.actionButton === "dont-send" ? completed.cancelLabel : undefined;
  return { id: "dont-send", ...(label !== undefined && { label }) };
}

/** Does "Don't Send" itself run the add-in's action on this client? */
export function dontSendTakesAction(client: Client): boolean {
  return client.actionButton === "dont-send";
}
