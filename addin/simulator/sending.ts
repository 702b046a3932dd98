// Sends an item: raises the event, waits for its completion, and shows the dialog in which the user decides.

import {
  alertFor,
  dontSendTakesAction,
  type Alert,
  type ButtonId,
  type Situation,
  type SituationKind,
} from "./alerts/policy";
import type { EventOutcome, EventRun, LaunchEvents } from "./host/events";
import type { Host } from "./host/host";
import type { Item } from "./item/item";
import type { SentHow } from "./mailbox";
import type { SendMode } from "./manifest/manifest";
import { say, type TextKey } from "./texts";
import type { AlertDialog, Choice } from "./ui/dialog";

export type SendResult =
  | { readonly kind: "go"; readonly how: SentHow }
  | { readonly kind: "stay"; readonly action?: { readonly commandId: string; readonly contextData?: string } };

const STAY: SendResult = { kind: "stay" };
const GO_UNCHECKED: SendResult = { kind: "go", how: "unchecked" };
const GO_ANYWAY: SendResult = { kind: "go", how: "send-anyway" };
const LABELS: Readonly<Record<ButtonId, TextKey>> = {
  "dont-send": "dontSend",
  "send-anyway": "sendAnyway",
  "take-action": "takeAction",
  "try-later": "tryLater",
};
const FALLBACKS: Readonly<Record<SituationKind, TextKey>> = {
  blocked: "alertBlocked",
  unavailable: "alertUnavailable",
  "not-associated": "alertNotAssociated",
  slow: "alertSlow",
  "timed-out": "alertTimedOut",
  offline: "alertOffline",
};

export class Sending {
  private readonly host: Host;
  private readonly events: LaunchEvents;
  private readonly dialog: AlertDialog;

  constructor(host: Host, events: LaunchEvents, dialog: AlertDialog) {
    this.host = host;
    this.events = events;
    this.dialog = dialog;
  }

  async send(item: Item): Promise<SendResult> {
    const type = item.kind === "message" ? "OnMessageSend" : "OnAppointmentSend";
    const mode = this.events.find(type)?.sendMode;
    if (item.cancels && !this.host.quirks.has("cancellation-checked")) {
      return GO_UNCHECKED;
    }
    if (this.host.settings.offline && mode !== undefined) {
      const isUnchecked = this.host.quirks.has("offline-unchecked");
      const alert = isUnchecked ? null : alertFor({ kind: "offline" }, mode, this.host.client);
      if (alert !== null) {
        await this.show(alert, item);
      }
      return alert === null ? GO_UNCHECKED : STAY;
    }
    const run = this.events.raise(type);
    if (run === undefined || mode === undefined) {
      return GO_UNCHECKED;
    }
    const outcome = await this.wait(run, item, mode);
    if (outcome === "send-anyway") {
      return GO_ANYWAY;
    }
    if (outcome === "dont-send" || outcome.kind === "stopped") {
      return STAY;
    }
    return this.decide(
      outcome.kind === "completed" ? { kind: "blocked", completed: outcome.completed } : outcome,
      item,
      mode,
    );
  }

  // The time limit starts when Send is pressed, so it includes loading.
  private async wait(run: EventRun, item: Item, mode: SendMode): Promise<EventOutcome | "send-anyway" | "dont-send"> {
    const patience = after(this.host.timers.slow);
    const first = await Promise.race([run.outcome, patience.done]);
    patience.cancel();
    if (first !== undefined) {
      return first;
    }
    const alert = alertFor({ kind: "slow" }, mode, this.host.client);
    if (alert === null) {
      return run.outcome;
    }
    const second = await Promise.race([run.outcome, this.show(alert, item)]);
    this.dialog.close();
    if (typeof second === "object") {
      return second;
    }
    run.stop();
    return second === "send-anyway" ? "send-anyway" : "dont-send";
  }

  private async decide(situation: Situation, item: Item, mode: SendMode): Promise<SendResult> {
    const { client } = this.host;
    const alert = alertFor(situation, mode, client);
    if (alert === null) {
      return { kind: "go", how: "checked" };
    }
    const choice = await this.show(alert, item);
    if (choice === "send-anyway") {
      return GO_ANYWAY;
    }
    const acts =
      choice === "take-action" ||
      (choice === "dont-send" && dontSendTakesAction(client)) ||
      (choice === "closed" && alert.closingTakesAction);
    return acts && alert.action !== undefined ? { kind: "stay", action: alert.action } : STAY;
  }

  private async show(alert: Alert, item: Item): Promise<Choice> {
    const { language, manifest } = this.host;
    const name = manifest?.displayName ?? "";
    const what = say(language, item.kind === "message" ? "theMessage" : "theAppointment");
    const locked = alert.kind === "unavailable" && !alert.buttons.some(({ id }) => id === "send-anyway");
    return this.dialog.show(alert, {
      title: name,
      fallback: say(language, locked ? "alertUnavailableBlock" : FALLBACKS[alert.kind], name, what),
      underlines: this.host.quirks.has("ampersand-underlines"),
      label: (id) => say(language, LABELS[id]),
    });
  }
}

function after(ms: number): { readonly done: Promise<undefined>; cancel(): void } {
  let timer = 0;
  const done = new Promise<undefined>((resolve) => {
    timer = window.setTimeout(() => resolve(undefined), ms);
  });
  return {
    done,
    cancel: () => window.clearTimeout(timer),
  };
}
