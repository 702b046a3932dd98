import type { Verdict } from "../contract";
import * as office from "../office";
import type { Bar, Item } from "../office";
import { PANE } from "./outcome";

/** Shows what there is to say of a draft before Send, or takes it away when there is nothing any more. */
export function showBar(item: Item, verdict: Verdict, then: () => void): void {
  const bar = barOf(item, verdict);
  if (bar === undefined) {
    office.removeBar(then);
  } else {
    office.showBar(bar, then);
  }
}

function barOf(item: Item, { decision, alert }: Verdict): Bar | undefined {
  if (decision === "send" || alert === undefined) {
    return undefined;
  }
  if (!office.supports("1.10") || office.mobile()) {
    return { text: alert.bar };
  }
  const button = { text: alert.button, command: PANE[item], context: JSON.stringify({ from: "bar" }) };
  return { text: alert.bar, button };
}
