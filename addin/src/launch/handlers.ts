import { once, type EngineSource } from "../engine/source";
import { check } from "../judge/check";
import type { ReadContent } from "../judge/content";
import type { Pack } from "../judge/pack";
import { ruling } from "../judge/verdict";
import * as office from "../office";
import type { Item } from "../office";
import { rememberDismissal, showVerdictBar } from "../ui/bar";
import { noteConversation } from "./conversation";
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
type ComposeName =
  | "onNewMessageCompose"
  | "onMessageCompose"
  | "onMessageRecipientsChanged"
  | "onAppointmentAttendeesChanged"
  | "onMessageFromChanged"
  | "onSensitivityLabelChanged"
  | "onInfoBarDismissClicked";

/** By their names in the manifest. */
export type Handlers = Record<SendName, (event: SendEvent) => void> &
  Record<ComposeName, (event: ComposeEvent) => void>;

/** What events other than a send do; each kind of work is given up when it begins anew, and all when Send is pressed. */
type Work = "bar" | "conversation" | "dismissal";

/** When the draft that is being written is checked. */
interface Occasion {
  /** Missing: whichever is open. */
  item?: Item;
  /** The sign of secure mail that has changed: nothing is read unless the policy knows the sign. */
  sign?: "from" | "labels";
}

/**
 * What the handlers need. They ask for the pack in each event, so that a bad pack cannot break the loading of the
 * script.
 */
export interface Tools {
  readonly pack: () => Pack | undefined;
  readonly engines: EngineSource;
  /** Where a policy may ask for more than subject and recipients. It is read when Send is pressed, and at no other event. */
  readonly content?: ReadContent;
}

/** The functions that the manifest names. Each completes its event exactly once, whatever fails. */
export function handlers(tools: Tools): Handlers {
  const begun: Partial<Record<Work, office.GiveUp>> = {};
  const begin = (work: Work, start: () => office.GiveUp) => {
    // A newer event has a newer draft.
    begun[work]?.();
    begun[work] = start();
  };
  const show = (occasion: Occasion) => (event: ComposeEvent) => {
    begin("bar", () => onCompose(occasion, tools, event));
  };
  const send = (item: Item) => (event: SendEvent) => {
    // In a runtime that is kept, calls of other events that are still waiting would delay the answer to the user.
    begun.bar?.();
    begun.conversation?.();
    begun.dismissal?.();
    onSend(item, tools, event);
  };
  return {
    onMessageSend: send("message"),
    onAppointmentSend: send("appointment"),
    // From Mailbox 1.12 on Outlook raises OnMessageCompose for a new message too (Microsoft, "Activate add-ins with
    // events"), which then shows the bar.
    onNewMessageCompose: (event) => {
      const showsBar = office.supports("1.12") !== true;
      begin("conversation", () => onBegun(tools, event, showsBar ? show({ item: "message" }) : undefined));
    },
    onMessageCompose: show({ item: "message" }),
    onMessageRecipientsChanged: show({ item: "message" }),
    onAppointmentAttendeesChanged: show({ item: "appointment" }),
    onMessageFromChanged: show({ item: "message", sign: "from" }),
    onSensitivityLabelChanged: show({ sign: "labels" }),
    onInfoBarDismissClicked: (event) => begin("dismissal", () => onDismissal(event)),
  };
}

// Sending

function onSend(item: Item, { pack, engines, content }: Tools, event: SendEvent): void {
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
    check({ item, pack: packed, engines, judge: ruling, asked: !button, content }, (checked) =>
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

/** A message is begun. The event goes to `next` at the end, and is completed if there is none or it is given up. */
function onBegun({ pack, engines }: Tools, event: ComposeEvent, next?: (event: ComposeEvent) => void): office.GiveUp {
  const complete = completing(() => event.completed());
  let giveUp: office.GiveUp = () => undefined;
  let isOpen = true;
  guard(complete)(() => {
    const packed = pack();
    if (packed === undefined) {
      complete();
    } else {
      giveUp = noteConversation(packed, engines, () => {
        isOpen = false;
        (next ?? complete)(event);
      });
    }
  });
  return () => {
    giveUp();
    if (isOpen) {
      complete();
    }
  };
}

/** Returns what gives it up: the event is then completed, and nothing is shown. */
function onCompose(occasion: Occasion, { pack, engines }: Tools, event: ComposeEvent): office.GiveUp {
  const complete = completing(() => event.completed());
  const guarded = guard(complete);
  const begun: office.GiveUp[] = [];
  let open = true;
  guarded(() => {
    const packed = pack();
    const item = occasion.item ?? office.itemType();
    if (packed === undefined || item === undefined || !matters(occasion, packed)) {
      complete();
      return;
    }
    const reading = check({ item, pack: packed, engines, judge: ruling, asked: false }, (checked) =>
      guarded(() => {
        const { verdict, failed, partial } = checked;
        // What was found in a part of the draft is true; that the rest is fine is not known.
        const shown = failed === undefined ? verdict : partial;
        if (!open || shown === undefined || (failed !== undefined && shown.decision === "send")) {
          complete();
          return;
        }
        begun.push(showVerdictBar(item, shown, complete));
      }),
    );
    begun.push(reading);
  });
  return () => {
    open = false;
    begun.forEach((giveUp) => giveUp());
    complete();
  };
}

/** Can the verdict be another one? */
function matters({ sign }: Occasion, packed: Pack): boolean {
  return sign === undefined || (packed.policy.secureMail?.[sign] ?? []).length > 0;
}

function onDismissal(event: ComposeEvent): office.GiveUp {
  const complete = completing(() => event.completed());
  let giveUp: office.GiveUp = () => undefined;
  guard(complete)(() => {
    giveUp = rememberDismissal(complete);
  });
  return () => {
    giveUp();
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
