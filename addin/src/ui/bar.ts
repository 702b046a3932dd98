// The information bar that shows a verdict while the draft is being written.

import type { Alert, Ruling } from "../contract";
import * as office from "../office";
import type { Bar, GiveUp, Item } from "../office";
import { FROM_BAR } from "./opening";

/** The key of the bar. */
const BAR = "sendvagt";

/**
 * Shows what the verdict has to say before Send, or removes the bar if it has nothing to say. A bar that the user has
 * dismissed does not come back for the same findings. What it returns stops it.
 */
export function showVerdictBar(item: Item, { decision, alert }: Ruling, then: () => void): GiveUp {
  const calls: GiveUp[] = [];
  const show = (alert: Alert, marks: string[]) => {
    const bar = barOf(item, alert);
    const shown = () => {
      if (marks[0] === alert.mark || !canRemember()) {
        then();
      } else {
        calls.push(office.writeBarMarks([alert.mark, ...marks.slice(1)], then));
      }
    };
    calls.push(office.showBar(BAR, bar, shown));
  };
  if (decision === "send" || alert === undefined) {
    calls.push(office.removeBar(BAR, then));
  } else {
    remembered(calls, (marks) => {
      if (marks.indexOf(alert.mark, 1) > 0) {
        calls.push(office.removeBar(BAR, then));
      } else {
        show(alert, marks);
      }
    });
  }
  return () => calls.forEach((giveUp) => giveUp());
}

/** Remembers that the user has dismissed the bar: Outlook does not say which of the add-in's bars it was. */
export function rememberDismissal(then: () => void): GiveUp {
  const calls: GiveUp[] = [];
  remembered(calls, ([shown = "", ...dismissed]) => {
    if (shown === "") {
      then();
    } else {
      calls.push(office.writeBarMarks(["", ...dismissed, shown], then));
    }
  });
  return () => calls.forEach((giveUp) => giveUp());
}

/** The mark of the bar that is shown, or an empty one, and then of those that the user has dismissed. */
function remembered(calls: GiveUp[], then: (marks: string[]) => void): void {
  if (canRemember()) {
    calls.push(office.readBarMarks((answer) => then(answer.ok ? answer.value : [])));
  } else {
    then([]);
  }
}

/** Session data came with Mailbox 1.11, as did the event of a dismissal. */
function canRemember(): boolean {
  return office.supports("1.11") !== false;
}

function barOf(item: Item, { bar, button }: Pick<Alert, "bar" | "button">): Bar {
  if (!office.supports("1.10") || office.isMobile()) {
    return { text: bar };
  }
  return { text: bar, button: { text: button, command: office.PANE_COMMAND[item], context: FROM_BAR } };
}
