// The item that is open in the compose window.

import type { Field } from "../contract";
import { attempt } from "./calls";

export type Item = "message" | "appointment";

/** Is the open item a message or an appointment? Undefined if no item is open or Office does not say. */
export function itemType(): Item | undefined {
  const type = attempt<unknown>(() => message().itemType);
  return type === "message" || type === "appointment" ? type : undefined;
}

export function message(): Office.MessageCompose {
  return Office.context.mailbox.item as unknown as Office.MessageCompose;
}

export function appointment(): Office.AppointmentCompose {
  return Office.context.mailbox.item as unknown as Office.AppointmentCompose;
}

export function recipientsOf(field: Field): Office.Recipients {
  switch (field) {
    case "to":
      return message().to;
    case "cc":
      return message().cc;
    case "bcc":
      return message().bcc;
    case "required":
      return appointment().requiredAttendees;
    case "optional":
      return appointment().optionalAttendees;
  }
}
