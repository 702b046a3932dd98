// The bar above the form that shows the notification messages of the add-in.

import type { Item, Notification, NotificationAction } from "../item/item";
import type { TextKey } from "../texts";
import { button, make } from "./dom";

export interface InfobarOptions {
  readonly addinName: string;
  readonly imageUrl: (resid: string) => string | undefined;
  readonly act: (action: NotificationAction) => void;
  readonly dismissed: (notification: Notification) => void;
  readonly say: (key: TextKey) => string;
}

export function renderInfobar(bar: HTMLElement, item: Item, options: InfobarOptions): void {
  bar.replaceChildren(...[...item.notifications.values()].map((notification) => renderNotice(notification, options)));
}

function renderNotice(notification: Notification, options: InfobarOptions): HTMLElement {
  const icon = notification.icon === undefined ? undefined : options.imageUrl(notification.icon);
  const notice = make("div", { class: "notice", "data-key": notification.key, "data-type": notification.type });
  if (icon !== undefined) {
    notice.append(make("img", { src: icon, alt: "", width: "16", height: "16" }));
  }
  notice.append(make("p", {}, make("strong", {}, options.addinName), " ", notification.message));
  for (const action of notification.actions ?? []) {
    notice.append(button(action.actionText, () => options.act(action), { class: "link" }));
  }
  // A progress indicator stays until the add-in removes it.
  if (notification.type !== "progressIndicator") {
    notice.append(
      button("×", () => options.dismissed(notification), { class: "quiet", "aria-label": options.say("dismiss") }),
    );
  }
  return notice;
}
