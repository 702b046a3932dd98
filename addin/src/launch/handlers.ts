import { after, stop } from "../answer";
import type { Draft, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import * as office from "../office";
import { language, type Failure, type Pack } from "../pack";
import { readDraft, type Read } from "./draft";
import { outcome, type Client } from "./outcome";

/** The event of Office.js, as far as Sendvagt uses it. */
export interface LaunchEvent {
  completed(options?: object): void;
}

/** Where handlers get what they work with. */
export interface Source {
  pack(): Pack | undefined;
  /** Gives an engine, or none when none can run. `done` is called once. */
  engine(pack: Pack, done: (engine: Engine | undefined) => void): void;
  /** Gives another engine for a second try after the first one failed; `undefined` where there is no other. */
  second: ((pack: Pack, done: (engine: Engine | undefined) => void) => void) | undefined;
}

/** Within this time an outcome stands, so that it is known within three seconds of the event. In milliseconds. */
export const DEADLINE = 2500;

/** The handlers, by the names that the manifest has for them. */
export function handlers(source: Source): Record<string, (event: LaunchEvent) => void> {
  const send = (event: LaunchEvent) => { onSend(source, event); };
  const compose = (event: LaunchEvent) => { onCompose(source, event); };
  return {
    onMessageSend: send,
    onAppointmentSend: send,
    onNewMessageCompose: compose,
    onMessageRecipientsChanged: compose,
    onAppointmentAttendeesChanged: compose,
  };
}

/**
 * Completes the event once and never again: a second completion has released a held mail in classic Outlook
 * (office-js issue 6656).
 */
function once(event: LaunchEvent): (options?: object) => void {
  let completed = false;
  return (options) => {
    if (!completed) {
      completed = true;
      event.completed(options);
    }
  };
}

function onSend(source: Source, event: LaunchEvent): void {
  const complete = once(event);
  const pack = source.pack();
  if (pack === undefined) {
    // Outlook's own words are shown then: nothing but the pack has words.
    complete({ allowEvent: false });
    return;
  }
  let asked: string | undefined;
  let settled = false;
  const settle = (verdict: Verdict) => {
    if (settled) {
      return;
    }
    settled = true;
    stop(timer);
    finish(answered(verdict, asked), complete);
  };
  const timer = after(DEADLINE, () => {
    settle(failed(pack, "slow"));
  });
  try {
    const direct = office.supports("1.14");
    readDraft(pack, !direct, (read) => {
      asked = read.draft?.asked;
      judge(source, pack, read, settle);
    });
  } catch {
    settle(failed(pack, "office"));
  }
}

/** Completes the event with a verdict. The mark of a question is kept first, as nothing is certain to run after it. */
function finish(verdict: Verdict, complete: (options: object) => void): void {
  const { completed, mark } = outcome(verdict, client());
  if (mark === undefined) {
    complete(completed);
  } else {
    office.writeAsked(mark, () => {
      complete(completed);
    });
  }
}

function client(): Client {
  let command = "SendvagtPaneMessage";
  try {
    command = office.paneCommand();
  } catch {
    // No item can be reached: the verdict says so, and the button still opens the pane.
  }
  return { asks: office.supports("1.14"), markdown: office.supports("1.15"), command };
}

function judge(source: Source, pack: Pack, read: Read, settle: (verdict: Verdict) => void): void {
  const { draft, whole } = read;
  if (draft === undefined) {
    settle(failed(pack, "office"));
    return;
  }
  checked(source, pack, draft, (verdict) => {
    // What was read may already be reason enough to stop; else an unread part leaves the mail unchecked.
    settle(whole || verdict.decision === "stop" ? verdict : failed(pack, "office"));
  });
}

/** The engine's verdict; after a failure that of the second engine, and then that the mail could not be checked. */
function checked(source: Source, pack: Pack, draft: Draft, done: (verdict: Verdict) => void): void {
  source.engine(pack, (engine) => {
    const verdict = tried(engine, draft);
    if (verdict !== undefined) {
      done(verdict);
    } else if (source.second === undefined) {
      done(failed(pack, "engine"));
    } else {
      source.second(pack, (other) => {
        done(tried(other, draft) ?? failed(pack, "engine"));
      });
    }
  });
}

function tried(engine: Engine | undefined, draft: Draft): Verdict | undefined {
  try {
    const verdict = JSON.parse(engine?.check(draft, office.locale()) ?? "") as Partial<Verdict> | null;
    const known = verdict?.decision === "send" || verdict?.decision === "ask" || verdict?.decision === "stop";
    return known ? (verdict as Verdict) : undefined;
  } catch {
    return undefined;
  }
}

function failed(pack: Pack, failure: Failure): Verdict {
  return pack.failures[language(office.locale())][failure];
}

/** A question that the engine could not judge is answered the same way: its mark comes back with a second Send. */
function answered(verdict: Verdict, asked: string | undefined): Verdict {
  const again = verdict.alert?.again;
  return verdict.decision === "ask" && again !== undefined && again.mark === asked ? { ...verdict, decision: "send" } : verdict;
}

/** While composing: one bar that says what Send would say. A draft that cannot be checked now is checked at Send. */
function onCompose(source: Source, event: LaunchEvent): void {
  const complete = once(event);
  const timer = after(DEADLINE, complete);
  const end = () => {
    stop(timer);
    complete();
  };
  const pack = source.pack();
  if (pack === undefined) {
    end();
    return;
  }
  try {
    readDraft(pack, false, ({ draft }) => {
      if (draft === undefined) {
        end();
        return;
      }
      source.engine(pack, (engine) => {
        const verdict = tried(engine, draft);
        if (verdict === undefined) {
          end();
        } else {
          showVerdict(verdict, end);
        }
      });
    });
  } catch {
    end();
  }
}

/** Shows what there is to say of a draft, or takes it away when there is nothing any more. */
export function showVerdict({ alert }: Verdict, end: () => void): void {
  if (alert === undefined) {
    office.removeBar(end);
  } else {
    office.showBar(alert.bar, alert.button, end);
  }
}
