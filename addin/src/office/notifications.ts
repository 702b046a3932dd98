// The information bar above a draft; Office.js calls it a notification message.

import { call, done, type GiveUp, type Then } from "./calls";
import { message } from "./item";
import { BAR_ICON } from "./manifest-ids";

export interface Bar {
  /** At most 150 UTF-16 code units. */
  text: string;
  /** The bar's one button, which opens the task pane. Needs Mailbox 1.10; mobile clients have no such button. */
  button?: {
    /** At most 30 UTF-16 code units. */
    text: string;
    /** The id of the task pane's command in the manifest. */
    command: string;
    /** What the task pane receives as its initialization context. */
    context: string;
  };
}

/** Shows a bar. It replaces the one with the same key. */
export function showBar(key: string, bar: Bar, then: Then<true>): GiveUp {
  const details = detailsOf(bar);
  return call((callback) => message().notificationMessages.replaceAsync(key, details, callback), done, then);
}

/** Removes a bar. Fails if there is none with this key. */
export function removeBar(key: string, then: Then<true>): GiveUp {
  return call((callback) => message().notificationMessages.removeAsync(key, callback), done, then);
}

function detailsOf({ text, button }: Bar): Office.NotificationMessageDetails {
  if (button === undefined) {
    return { type: "informationalMessage", message: text, icon: BAR_ICON, persistent: true };
  }
  const action = {
    actionType: "showTaskPane",
    actionText: button.text,
    commandId: button.command,
    contextData: button.context,
  };
  return { type: "insightMessage", message: text, icon: BAR_ICON, actions: [action] };
}
