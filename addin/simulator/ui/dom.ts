// A small, typed way to build elements.

import { icon, type IconName } from "./icons";

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** `attributes`: `true` sets an empty attribute, `false` and `undefined` omit it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children);
  return element;
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", onClick);
  return element;
}

export function iconButton(
  name: IconName,
  label: string,
  onClick: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = button("", onClick, attributes);
  element.append(icon(name), make("span", {}, label));
  return element;
}

/** Replaces the children of `container`; if the focus was on one of them, it goes to the one that has its place. */
export function redraw(container: HTMLElement, ...children: HTMLElement[]): void {
  const key = keyOf(container.contains(document.activeElement) ? document.activeElement : null);
  container.replaceChildren(...children);
  if (key !== undefined) {
    container.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}

function keyOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset["key"] : undefined;
}

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`The page has no element with the id "${id}".`);
  }
  return element;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function select(
  id: string,
  choices: readonly Choice[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const options = choices.map(({ value, label }) => make("option", { value, selected: value === chosen }, label));
  const element = make("select", { id }, ...options);
  element.addEventListener("change", () => onChange(element.value));
  return element;
}

export function labelled(label: string, control: HTMLElement): HTMLElement {
  return make("label", { class: "labelled" }, make("span", {}, label), control);
}
