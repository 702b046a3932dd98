// The ribbon: two tabs of commands. What this page cannot do is there and disabled, as it belongs to the picture.

import type { MailClient } from "../client";
import type { TextKey } from "../texts";
import { button, iconButton, make, redraw } from "./dom";
import type { IconName } from "./icons";

type Tab = "home" | "item";

export class Ribbon {
  private readonly container: HTMLElement;
  private readonly mail: MailClient;
  private tab: Tab = "home";
  private itemId: string | undefined;
  private drawn = "";

  constructor(container: HTMLElement, mail: MailClient) {
    this.container = container;
    this.mail = mail;
  }

  render(): void {
    const { item, reading, host, commands } = this.mail;
    if (item?.id !== this.itemId) {
      this.itemId = item?.id;
      this.tab = item === undefined ? "home" : "item";
    }
    const answers = reading !== undefined && "id" in reading ? reading.id : "";
    const state = [host.language, this.tab, item?.kind, answers, ...commands.map(({ id, label }) => id + label)].join();
    if (state !== this.drawn) {
      this.drawn = state;
      this.draw();
    }
  }

  private draw(): void {
    const { mail } = this;
    const { say, item } = mail;
    const names: readonly (readonly [Tab, TextKey])[] =
      item === undefined
        ? [["home", "tabHome"]]
        : [
            ["home", "tabHome"],
            ["item", item.kind === "message" ? "tabMessage" : "tabAppointment"],
          ];
    const tabs = names.map(([tab, word]) => this.tabButton(tab, say(word)));
    const commands = this.tab === "home" ? this.homeCommands() : this.itemCommands();
    const panel = make(
      "div",
      { id: "ribbon-commands", role: "tabpanel", "aria-labelledby": `tab-${this.tab}` },
      iconButton("mail", say("newMessage"), () => mail.newMail(), {
        id: "new-message",
        class: "primary",
        "data-key": "new-message",
      }),
      ...commands,
    );
    this.container.setAttribute("aria-label", say("ribbon"));
    redraw(this.container, make("div", { role: "tablist", "aria-label": say("tabs") }, ...tabs), panel);
  }

  private tabButton(tab: Tab, label: string): HTMLElement {
    const isChosen = this.tab === tab;
    const element = button(label, () => this.choose(tab), {
      id: `tab-${tab}`,
      role: "tab",
      "data-key": `tab-${tab}`,
      "aria-selected": String(isChosen),
      "aria-controls": "ribbon-commands",
      tabindex: isChosen ? "0" : "-1",
    });
    element.addEventListener("keydown", ({ key }) => {
      if ((key === "ArrowLeft" || key === "ArrowRight") && this.mail.item !== undefined) {
        this.choose(tab === "home" ? "item" : "home");
        this.container.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
      }
    });
    return element;
  }

  private choose(tab: Tab): void {
    this.tab = tab;
    this.render();
  }

  private homeCommands(): HTMLElement[] {
    const { mail } = this;
    const received = mail.reading !== undefined && "id" in mail.reading ? mail.reading : undefined;
    const answer = (how: "reply" | "reply-all" | "forward", name: IconName, word: TextKey): HTMLElement =>
      received === undefined
        ? this.disabled(name, word)
        : iconButton(name, mail.say(word), () => mail.compose({ respond: { to: received.id, how } }), {
            class: "subtle",
            "data-key": how,
          });
    return [
      iconButton("calendar", mail.say("newAppointment"), () => mail.compose({ kind: "appointment" }), {
        id: "new-appointment",
        class: "subtle",
        "data-key": "new-appointment",
      }),
      divider(),
      this.disabled("trash", "delete"),
      this.disabled("archive", "archive"),
      this.disabled("move", "move"),
      divider(),
      answer("reply", "reply", "reply"),
      answer("reply-all", "replyAll", "replyAll"),
      answer("forward", "forward", "forward"),
      divider(),
      this.disabled("read", "markRead"),
      this.disabled("flag", "flag"),
    ];
  }

  private itemCommands(): HTMLElement[] {
    const addin = this.mail.addinButtons();
    return [
      divider(),
      this.disabled("attach", "attach"),
      this.disabled("signature", "signature"),
      this.disabled("importance", "importance"),
      ...(addin.length > 0 ? [divider()] : []),
      ...addin,
    ];
  }

  private disabled(name: IconName, word: TextKey): HTMLElement {
    return iconButton(name, this.mail.say(word), () => undefined, { class: "subtle", disabled: true });
  }
}

function divider(): HTMLElement {
  return make("span", { class: "divider" });
}
