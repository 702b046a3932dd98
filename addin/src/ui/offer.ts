// The offer of practice: a bar on a new mail, once in the lifetime of a mailbox.

import { languageOf } from "../judge/language";
import type { Pack } from "../judge/pack";
import * as office from "../office";

/**
 * The key in the mailbox's roaming settings that holds the progress of practice: the days on which scenes were
 * completed, by scene id. If the key exists, practice was offered or begun.
 */
export const PROGRESS = "sendvagt.practice";

/** The initialization context with which a button opens the task pane to go on to practice. */
export const TO_PRACTICE = '{"from":"offer"}';

/** The initialization context with which the button of the dialog opens the task pane. */
export const FROM_SEND = '{"from":"send"}';

/** The key of the bar that offers practice. It is not the verdict's, which comes and goes. */
export const OFFER_BAR = "sendvagt.offer";

/** The fact that it was offered is saved first: a bar that returns after it was dismissed is worse than no bar. */
export function offerPractice({ offer }: Pack, then: () => void): void {
  const texts = offer?.[languageOf(office.locale())];
  if (
    texts === undefined ||
    office.readSetting(PROGRESS) !== undefined ||
    !office.supports("1.10") ||
    office.isMobile()
  ) {
    then();
    return;
  }
  office.saveSettings({ [PROGRESS]: {} }, (answer) => {
    if (answer.ok) {
      const button = { text: texts.button, command: office.PANE_COMMAND.message, context: TO_PRACTICE };
      office.showBar(OFFER_BAR, { text: texts.text, button }, then);
    } else {
      then();
    }
  });
}
