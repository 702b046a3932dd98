import type { Verdict } from "../contract";
import * as office from "../office";
import type { Bar, Item } from "../office";
import { languageOf, type Pack } from "../judge/pack";
import { PRACTICE, TO_PRACTICE } from "./offer";
import { PANE } from "../launch/outcome";

/** Shows what there is to say of a draft before Send, or takes it away when there is nothing any more. */
export function showBar(item: Item, verdict: Verdict, then: () => void): void {
  const bar = barOf(item, verdict);
  if (bar === undefined) {
    office.removeBar(then);
  } else {
    office.showBar(bar, (answer) => {
      if (answer.ok || answer.reason !== "failed") {
        then();
      } else {
        // Outlook has room for one bar with a button, and the offer of practice may stand there.
        office.removeBar(() => { office.showBar(bar, then); }, OFFER);
      }
    });
  }
}

/** The key of the bar that offers practice: it stays when the other one comes and goes. */
const OFFER = "sendvagt.offer";

/**
 * Offers practice on a new mail, once in a mailbox's life. That it was offered is kept first: a bar that comes back after
 * it was dismissed is worse than none.
 */
export function offerPractice({ offer }: Pack, then: () => void): void {
  const words = offer?.[languageOf(office.locale())];
  if (words === undefined || office.setting(PRACTICE) !== undefined || !office.supports("1.10") || office.mobile()) {
    then();
    return;
  }
  office.saveSettings({ [PRACTICE]: {} }, (answer) => {
    if (answer.ok) {
      const button = { text: words.button, command: PANE.message, context: TO_PRACTICE };
      office.showBar({ text: words.text, button }, then, OFFER);
    } else {
      then();
    }
  });
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
