import type { Again, Ruling } from "../contract";
import { PANE_COMMAND, type Item } from "../office";
import { FROM_SEND } from "../ui/opening";

/** What the client can show besides plain text. */
export interface Abilities {
  /** Mailbox 1.14: a button of our own, and *Send anyway* for one mail. */
  button: boolean;
  /** Mailbox 1.15: Markdown. */
  markdown: boolean;
}

/** The options with which a send event is completed, by their names in Office.js. */
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
  /** To be stored with the draft before completing, so that the next send of it passes. */
  mark?: string;
  /** What takes the place of the message if the mark was not stored. */
  stuck?: string;
}

/** How a client with these abilities applies a verdict. `asked` is the mark of an earlier question, if any. */
export function outcome(verdict: Ruling, item: Item, abilities: Abilities, asked: string | undefined): Outcome {
  const { decision, alert } = verdict;
  if (decision === "send") {
    return { completion: { allowEvent: true } };
  }
  if (alert === undefined) {
    // A verdict that was parsed has an alert; and a missing text must not let a mail through.
    return { completion: { allowEvent: false } };
  }
  if (decision === "ask" && !abilities.button && alert.again !== undefined) {
    return askedAgain(alert.again, alert.mark, asked);
  }
  const completion: Completion = { allowEvent: false, errorMessage: alert.text };
  if (abilities.markdown) {
    completion.errorMessageMarkdown = alert.markdown;
  }
  if (abilities.button) {
    completion.commandId = PANE_COMMAND[item];
    completion.cancelLabel = alert.button;
    // A string: classic Outlook before version 2402 accepts nothing else.
    completion.contextData = FROM_SEND;
    if (decision === "ask") {
      completion.sendModeOverride = "promptUser";
    }
  }
  return { completion };
}

/** Without *Send anyway* the first send is refused, and the second one confirms. */
function askedAgain({ text, stuck }: Again, mark: string, asked: string | undefined): Outcome {
  return asked === mark
    ? { completion: { allowEvent: true } }
    : { completion: { allowEvent: false, errorMessage: text }, mark, stuck };
}
