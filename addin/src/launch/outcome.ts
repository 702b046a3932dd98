import type { Verdict } from "../contract";
import { PANE_COMMAND, type Item } from "../office";

/** What the client can show beside plain text. */
export interface Abilities {
  /** Mailbox 1.14: a button of our own, and *Send anyway* for one mail. */
  button: boolean;
  /** Mailbox 1.15: Markdown. */
  markdown: boolean;
}

/** What a send event is completed with; the names are those of Office.js. */
export interface Completion {
  allowEvent: boolean;
  errorMessage?: string;
  errorMessageMarkdown?: string;
  cancelLabel?: string;
  commandId?: string;
  contextData?: string;
  sendModeOverride?: "promptUser";
}

export interface Outcome {
  completion: Completion;
  /** To be kept with the draft before completing, so that the next send of it passes. */
  mark?: string;
}

/** How a client of these abilities carries out a verdict; `asked` is the mark of a question put before, if any. */
export function outcome(verdict: Verdict, item: Item, abilities: Abilities, asked: string | undefined): Outcome {
  const { decision, alert } = verdict;
  if (decision === "send") {
    return { completion: { allowEvent: true } };
  }
  if (alert === undefined) {
    // Not to be had from a verdict that was read; and what may not be sent is not sent for want of words.
    return { completion: { allowEvent: false } };
  }
  if (decision === "ask" && !abilities.button && alert.again !== undefined) {
    return askedAgain(alert.again, asked);
  }
  const completion: Completion = { allowEvent: false, errorMessage: alert.text };
  if (abilities.markdown) {
    completion.errorMessageMarkdown = alert.markdown;
  }
  if (abilities.button) {
    completion.commandId = PANE_COMMAND[item];
    completion.cancelLabel = alert.button;
    // A string, since classic Outlook before version 2402 takes nothing else.
    completion.contextData = JSON.stringify({ from: "send" });
    if (decision === "ask") {
      completion.sendModeOverride = "promptUser";
    }
  }
  return { completion };
}

/** Without *Send anyway* the first send is refused, and the second one is the user's answer. */
function askedAgain(again: { text: string; mark: string }, asked: string | undefined): Outcome {
  return asked === again.mark
    ? { completion: { allowEvent: true } }
    : { completion: { allowEvent: false, errorMessage: again.text }, mark: again.mark };
}
