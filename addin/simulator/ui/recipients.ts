// A recipient field: what is typed or pasted becomes chips.

import { readRecipients } from "../item/addresses";
import type { Item, Recipient, RecipientField } from "../item/item";
import { personOf, suggest, type Person } from "../people";
import type { TextKey } from "../texts";
import { make } from "./dom";

type Say = (key: TextKey) => string;
/** What a typed name or address becomes. */
export type Resolve = (name: string, address: string) => Recipient;

export class RecipientInput {
  readonly element: HTMLElement;
  private readonly item: Item;
  private readonly field: RecipientField;
  private readonly say: Say;
  private readonly resolve: Resolve;
  private readonly chips = make("ul", { class: "chips" });
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private suggestions: readonly Person[] = [];
  private chosen = -1;

  constructor(item: Item, field: RecipientField, label: string, say: Say, resolve: Resolve) {
    this.item = item;
    this.field = field;
    this.say = say;
    this.resolve = resolve;
    const listId = `${field}-suggestions`;
    this.input = make("input", {
      id: field,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": listId,
    });
    this.list = make("ul", { id: listId, class: "suggestions", role: "listbox", "aria-label": label, hidden: true });
    this.element = make(
      "div",
      { class: "field recipients", "data-field": field },
      make("label", { for: field }, label),
      make("div", { class: "chip-box" }, this.chips, this.input, this.list),
    );
    this.listen();
    this.render();
  }

  /** Turns what has been typed into chips. */
  commit(): void {
    this.commitText(this.input.value);
  }

  focus(): void {
    this.input.focus();
  }

  private commitText(text: string): void {
    const typed = readRecipients(text);
    this.input.value = "";
    this.suggest();
    if (typed.length > 0) {
      this.add(typed.map(({ name, address }) => this.resolve(name, address)));
    }
  }

  render(): void {
    this.chips.replaceChildren(...this.recipients.map((recipient, index) => this.chip(recipient, index)));
  }

  private get recipients(): readonly Recipient[] {
    return this.item.recipients(this.field);
  }

  private add(recipients: readonly Recipient[]): void {
    this.item.setRecipients(this.field, [...this.recipients, ...recipients], "user");
  }

  private remove(index: number): void {
    this.item.setRecipients(
      this.field,
      this.recipients.filter((_, at) => at !== index),
      "user",
    );
    this.input.focus();
  }

  private chip(recipient: Recipient, index: number): HTMLElement {
    const mark = !recipient.resolved
      ? "unresolved"
      : recipient.kind === "external"
        ? "external"
        : recipient.kind === "list"
          ? "list"
          : undefined;
    const remove = make(
      "button",
      { type: "button", tabindex: "-1", "aria-label": `${this.say("remove")} ${recipient.name}` },
      "×",
    );
    remove.addEventListener("click", () => this.remove(index));
    const chip = make(
      "li",
      { class: "chip", tabindex: "0", title: recipient.address, "data-address": recipient.address, "data-mark": mark },
      make("span", {}, recipient.name),
    );
    if (mark !== undefined) {
      chip.append(make("span", { class: "mark" }, this.say(mark)));
    }
    chip.append(remove);
    chip.addEventListener("keydown", (event) => {
      if (event.target === chip && (event.key === "Delete" || event.key === "Backspace")) {
        this.remove(index);
      }
    });
    return chip;
  }

  private listen(): void {
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("blur", () => this.commit());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (!/[;,\t\n\r]/.test(pasted)) {
        return;
      }
      event.preventDefault();
      // Not through the input element, which would join the lines.
      this.commitText(this.input.value + pasted);
    });
  }

  private key(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move !== undefined && this.suggestions.length > 0) {
      event.preventDefault();
      this.choose((this.chosen + move + this.suggestions.length) % this.suggestions.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const person = this.suggestions[this.chosen];
      if (person === undefined) {
        this.commit();
      } else {
        this.take(person);
      }
    } else if (event.key === ";" || (event.key === "," && !this.input.value.includes('"'))) {
      event.preventDefault();
      this.commit();
    } else if (event.key === "Backspace" && this.input.value === "" && this.recipients.length > 0) {
      this.remove(this.recipients.length - 1);
    } else if (event.key === "Escape") {
      this.show([]);
    }
  }

  private take(person: Person): void {
    this.input.value = "";
    this.show([]);
    this.add([{ ...person, resolved: true }]);
  }

  private suggest(): void {
    this.show(document.activeElement === this.input ? suggest(this.input.value) : []);
  }

  private show(people: readonly Person[]): void {
    this.suggestions = people;
    this.list.hidden = people.length === 0;
    this.input.setAttribute("aria-expanded", String(people.length > 0));
    this.list.replaceChildren(...people.map((person, index) => this.option(person, index)));
    this.choose(-1);
  }

  private option(person: Person, index: number): HTMLElement {
    const option = make(
      "li",
      { id: `${this.field}-suggestion-${String(index)}`, role: "option" },
      make("span", {}, person.name),
      make("small", {}, person.address),
    );
    // Before the field loses the focus, which would commit a half-typed address.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(person);
    });
    return option;
  }

  private choose(index: number): void {
    this.chosen = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const active = this.list.children[index]?.id;
    if (active === undefined) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", active);
    }
  }
}

/** What is typed stays as typed, until it is resolved. */
export function asTyped(name: string, address: string): Recipient {
  const typed = name === "" ? address : address === "" ? name : `${name} <${address}>`;
  return { name: typed, address: "", kind: "other", resolved: false };
}

/** A name in the address book or an address is resolved; anything else is not. */
export function resolve(name: string, address: string): Recipient {
  if (address !== "") {
    return { ...personOf(address, name), resolved: true };
  }
  const [only, ...others] = suggest(name).filter((person) => person.name.toLowerCase() === name.toLowerCase());
  return only !== undefined && others.length === 0
    ? { ...only, resolved: true }
    : { name, address: "", kind: "other", resolved: false };
}
