// What Office calls the add-in for.

import { call, done, isObject, string, type Callback, type Then } from "./calls";
import { message } from "./item";

/** Calls when Office.js is ready. Classic Outlook's launch runtime never calls. False if there is no Office.js. */
export function onReady(then: () => void): boolean {
  try {
    void Office.onReady(() => then());
    return true;
  } catch {
    return false;
  }
}

/** Registers the handlers under their names in the manifest. False if one of them could not be registered. */
export function associate(handlers: Record<string, (event: never) => void>): boolean {
  let isComplete = true;
  for (const name of Object.keys(handlers)) {
    try {
      Office.actions.associate(name, handlers[name] as (event?: unknown) => void);
    } catch {
      isComplete = false;
    }
  }
  return isComplete;
}

/** Calls whenever a recipient is added or removed. Needs Mailbox 1.7. */
export function onRecipientsChanged(changed: () => void, then: Then<true>): void {
  listen(
    () => Office.EventType.RecipientsChanged,
    () => changed(),
    then,
  );
}

/** Calls with the new initialization context when a button opens the pane that is already open. Needs Mailbox 1.15. */
export function onContextChanged(changed: (context: string) => void, then: Then<true>): void {
  const handler = (event: unknown) => {
    const context = isObject(event) ? string(event["initializationContextData"]) : undefined;
    changed(context ?? "");
  };
  listen(() => Office.EventType.InitializationContextChanged, handler, then);
}

function listen(type: () => Office.EventType | undefined, handler: (event: unknown) => void, then: Then<true>): void {
  const begin = (callback: Callback) => {
    const known = type();
    if (known === undefined) {
      throw new Error("this client does not have the event");
    }
    message().addHandlerAsync(known, handler, callback);
  };
  call(begin, done, then);
}
