import { once, type EngineSource } from "../engine/source";
import { check } from "../judge/check";
import type { Pack } from "../judge/pack";
import { ruling } from "../judge/verdict";
import * as office from "../office";
import type { Item } from "../office";
import { showVerdictBar } from "../ui/bar";
import { outcome, type Completion, type Outcome } from "./outcome";

/** How long storing the mark of a question may delay the answer to the user, in milliseconds. */
export const MARK_LIMIT = 400;

export interface SendEvent {
  completed(options: Completion): void;
}

export interface ComposeEvent {
  completed(): void;
}

type SendName = "onMessageSend" | "onAppointmentSend";
type ComposeName = "onNewMessageCompose" | "onMessageRecipientsChanged" | "onAppointmentAttendeesChanged";

/** By their names in the manifest. */
export type Handlers = Record<SendName, (event: SendEvent) => void> &
  Record<ComposeName, (event: ComposeEvent) => void>;

/**
 * What the handlers need. They ask for the pack in each event, so that a bad pack cannot break the loading of the
 * script.
 */
export interface Tools {
  readonly pack: () => Pack | undefined;
  readonly engines: EngineSource;
}

/** The functions that the manifest names. Each completes its event exactly once, whatever fails. */
export function handlers(tools: Tools): Handlers {
  let giveUp: office.GiveUp = () => undefined;
  const compose = (item: Item) => (event: ComposeEvent) => {
    // A newer event has a newer draft.
    giveUp();
    giveUp = onCompose(item, tools, event);
  };
  const send = (item: Item) => (event: SendEvent) => {
    // In a runtime that is kept, calls of a compose event that are still waiting would delay the answer to the user.
    giveUp();
    onSend(item, tools, event);
  };
  return {
    onMessageSend: send("message"),
    onAppointmentSend: send("appointment"),
    onNewMessageCompose: compose("message"),
    onMessageRecipientsChanged: compose("message"),
    onAppointmentAttendeesChanged: compose("appointment"),
  };
}

// Sending

function onSend(item: Item, { pack, engines }: Tools, event: SendEvent): void {
  const complete = completing((completion: Completion) => event.completed(completion));
  // An error in here is a bug of ours. The mail is held back, with Outlook's own message.
  const guarded = guard(() => complete({ allowEvent: false }));
  guarded(() => {
    const packed = pack();
    if (packed === undefined) {
      complete({ allowEvent: false });
      return;
    }
    const button = office.supports("1.14") === true;
    const abilities = { button, markdown: office.supports("1.15") === true };
    check({ item, pack: packed, engines, judge: ruling, asked: !button }, (checked) =>
      guarded(() => applyOutcome(outcome(checked.verdict, item, abilities, checked.draft.asked), complete)),
    );
  });
}

function applyOutcome({ completion, mark, stuck }: Outcome, complete: (completion: Completion) => void): void {
  if (mark === undefined) {
    complete(completion);
    return;
  }
  // Office may answer before the call returns.
  let giveUp: office.GiveUp = () => undefined;
  const end = (isStored: boolean) => {
    stopWaiting();
    giveUp();
    complete(isStored || stuck === undefined ? completion : { ...completion, errorMessage: stuck });
  };
  // A mark that is not stored costs the user another question, and an answer that never arrives costs more.
  const stopWaiting = office.after(MARK_LIMIT, () => end(false));
  giveUp = office.writeAsked(mark, ({ ok }) => end(ok));
}

// Composing

/** Returns what gives it up: the event is then completed, and nothing is shown. */
function onCompose(item: Item, { pack, engines }: Tools, event: ComposeEvent): office.GiveUp {
  const complete = completing(() => event.completed());
  const guarded = guard(complete);
  let stop: office.GiveUp = () => undefined;
  let open = true;
  guarded(() => {
    const packed = pack();
    if (packed === undefined) {
      complete();
      return;
    }
    stop = check({ item, pack: packed, engines, judge: ruling, asked: false }, (checked) =>
      guarded(() => {
        const { verdict, failed, partial } = checked;
        // What was found in a part of the draft is true; that the rest is fine is not known.
        const shown = failed === undefined ? verdict : partial;
        if (!open || shown === undefined || (failed !== undefined && shown.decision === "send")) {
          complete();
          return;
        }
        showVerdictBar(item, shown, complete);
      }),
    );
  });
  return () => {
    open = false;
    stop();
    complete();
  };
}

// Completing

/**
 * Completes an event at most once: in classic Outlook a second completion with `allowEvent: true` can release a mail
 * that the first one held back.
 */
function completing<A extends unknown[]>(complete: (...args: A) => void): (...args: A) => void {
  return once((...args: A) => {
    try {
      complete(...args);
    } catch {
      // The event cannot be completed at all; Outlook's own time limit ends it.
    }
  });
}

/** Runs steps, and falls back to a last resort if one throws. */
function guard(lastResort: () => void): (step: () => void) => void {
  return (step) => {
    try {
      step();
    } catch {
      lastResort();
    }
  };
}
