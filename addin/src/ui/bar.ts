// The information bar that shows a verdict while the draft is being written.

import type { Ruling } from "../contract";
import * as office from "../office";
import type { Bar, Item } from "../office";
import { FROM_BAR } from "./opening";

/** The key of the bar. */
const BAR = "sendvagt";

/** Shows what the verdict has to say before Send, or removes the bar if it has nothing to say. */
export function showVerdictBar(item: Item, verdict: Ruling, then: () => void): void {
  const bar = barOf(item, verdict);
  if (bar === undefined) {
    office.removeBar(BAR, then);
  } else {
    office.showBar(BAR, bar, then);
  }
}

function barOf(item: Item, { decision, alert }: Ruling): Bar | undefined {
  if (decision === "send" || alert === undefined) {
    return undefined;
  }
  if (!office.supports("1.10") || office.isMobile()) {
    return { text: alert.bar };
  }
  const button = { text: alert.button, command: office.PANE_COMMAND[item], context: FROM_BAR };
  return { text: alert.bar, button };
}
