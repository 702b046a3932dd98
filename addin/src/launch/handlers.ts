import { once, type EngineSource } from "../engine/source";
import { check } from "../judge/check";
import type { Pack } from "../judge/pack";
import { ruling } from "../judge/verdict";
import * as office from "../office";
import type { Item } from "../office";
import { showVerdictBar } from "../ui/bar";
import { offerPractice } from "../ui/offer";
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
  let latest = 0;
  const compose =
    (item: Item, fresh = false) =>
    (event: ComposeEvent) => {
      latest += 1;
      const mine = latest;
      onCompose(item, fresh, tools, event, () => mine === latest);
    };
  const send = (item: Item) => (event: SendEvent) => onSend(item, tools, event);
  return {
    onMessageSend: send("message"),
    onAppointmentSend: send("appointment"),
    onNewMessageCompose: compose("message", true),
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

function applyOutcome({ completion, mark }: Outcome, complete: (completion: Completion) => void): void {
  if (mark === undefined) {
    complete(completion);
    return;
  }
  // Office may answer before the call returns.
  let giveUp: office.GiveUp = () => undefined;
  const end = () => {
    stopWaiting();
    giveUp();
    complete(completion);
  };
  // A mark that is not stored costs the user a second question; an answer that never arrives costs more.
  const stopWaiting = office.after(MARK_LIMIT, end);
  giveUp = office.writeAsked(mark, end);
}

// Composing

function onCompose(
  item: Item,
  fresh: boolean,
  { pack, engines }: Tools,
  event: ComposeEvent,
  newest: () => boolean,
): void {
  const complete = completing(() => event.completed());
  const guarded = guard(complete);
  guarded(() => {
    const packed = pack();
    if (packed === undefined) {
      complete();
      return;
    }
    check({ item, pack: packed, engines, judge: ruling, asked: false }, (checked) =>
      guarded(() => {
        // A newer event has a newer draft.
        if (checked.failed !== undefined || !newest()) {
          complete();
          return;
        }
        const offers = fresh && checked.verdict.decision === "send";
        showVerdictBar(item, checked.verdict, offers ? () => offerPractice(packed, complete) : complete);
      }),
    );
  });
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
