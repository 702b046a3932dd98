// The ids that manifest.xml declares and scripts refer to.

import type { Item } from "./item";

/** The commands that open the task pane. */
export const PANE_COMMAND: Record<Item, string> = {
  message: "SendvagtPaneMessage",
  appointment: "SendvagtPaneAppointment",
};

/** The icon of an information bar. */
export const BAR_ICON = "Icon.16";
