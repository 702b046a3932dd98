// The bar above the form that shows the notification messages of the add-in.

import type { Item, Notification, NotificationAction } from "../item/item";
import type { TextKey } from "../texts";
import { button, make } from "./dom";
import { icon } from "./icons";

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
  const image = notification.icon === undefined ? undefined : options.imageUrl(notification.icon);
  const notice = make("div", { class: "notice", "data-key": notification.key, "data-type": notification.type });
  if (image !== undefined) {
    notice.append(make("img", { src: image, alt: "", width: "16", height: "16" }));
  }
  notice.append(make("p", {}, make("strong", {}, options.addinName), " ", notification.message));
  const actions = make("span", { class: "notice-actions" });
  for (const action of notification.actions ?? []) {
    actions.append(button(action.actionText, () => options.act(action), { class: "link" }));
  }
  // A progress indicator stays until the add-in removes it.
  if (notification.type !== "progressIndicator") {
    const dismiss = button("", () => options.dismissed(notification), {
      class: "quiet",
      "aria-label": options.say("dismiss"),
    });
    dismiss.append(icon("close"));
    actions.append(dismiss);
  }
  notice.append(actions);
  return notice;
}
