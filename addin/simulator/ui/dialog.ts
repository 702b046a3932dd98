// The Smart Alerts dialog: modal, labelled, with the focus inside and Escape as "Don't send".

import { readAmpersands } from "../alerts/ampersand";
import { plainText, readMarkdown, type Block, type Inline } from "../alerts/markdown";
import type { Alert, Button, ButtonId } from "../alerts/policy";
import { button, make } from "./dom";

export type Choice = ButtonId | "closed";

/** What the dialog shows right now. */
export interface DialogState {
  readonly kind: Alert["kind"];
  readonly title: string;
  /** The text without Markdown. */
  readonly text: string;
  /** The Markdown source, if the add-in gave one and the client supports it. */
  readonly markdown?: string;
  readonly buttons: readonly { readonly id: ButtonId; readonly label: string }[];
}

export interface DialogTexts {
  /** The title: always the add-in's name. */
  readonly title: string;
  /** Shown if the add-in gave no message. */
  readonly fallback: string;
  /** Does `&` underline the next letter? */
  readonly underlines: boolean;
  readonly label: (button: ButtonId) => string;
}

export class AlertDialog {
  private readonly container: HTMLElement;
  private showListener: (state: DialogState) => void = () => undefined;
  private open: { element: HTMLDialogElement; state: DialogState; choose: (choice: Choice) => void } | undefined;

  constructor(container: HTMLElement) {
    this.container = container;
  }

  get state(): DialogState | undefined {
    return this.open?.state;
  }

  onShow(listener: (state: DialogState) => void): void {
    this.showListener = listener;
  }

  /** Shows `alert` until the user chooses, or {@link close}. */
  async show(alert: Alert, texts: DialogTexts): Promise<Choice> {
    this.close();
    const buttons = alert.buttons.map((entry) => ({ id: entry.id, label: labelOf(entry, texts) }));
    const blocks = alert.markdown === undefined ? undefined : readMarkdown(alert.markdown);
    const message = alert.message ?? texts.fallback;
    const pieces = (text: string) => (texts.underlines ? readAmpersands(text) : [{ text, underlined: false }]);
    const shown = (text: string): string => pieces(text).reduce((sum, piece) => sum + piece.text, "");
    const write = (text: string): Node[] =>
      pieces(text).map((piece) => (piece.underlined ? make("u", {}, piece.text) : document.createTextNode(piece.text)));
    const paragraphs =
      blocks === undefined ? [make("p", {}, ...write(message))] : blocks.map((block) => renderBlock(block, write));
    const state: DialogState = {
      kind: alert.kind,
      title: texts.title,
      text: shown(blocks === undefined ? message : plainText(blocks)),
      buttons,
      ...(alert.markdown !== undefined && { markdown: alert.markdown }),
    };
    return new Promise<Choice>((resolve) => {
      const choose = (choice: Choice): void => {
        this.close();
        resolve(choice);
      };
      const element = build(state, paragraphs, choose);
      this.open = { element, state, choose };
      this.container.append(element);
      element.showModal();
      element.querySelector<HTMLButtonElement>("button[data-safe]")?.focus();
      this.showListener(state);
    });
  }

  /** Closes the dialog without a choice. */
  close(): void {
    this.open?.element.close();
    this.open?.element.remove();
    this.open = undefined;
  }

  /** Acts like a click on the button, or Escape. */
  press(choice: Choice): void {
    const open = this.open;
    if (open === undefined) {
      throw new Error("No dialog is shown.");
    }
    if (choice !== "closed" && !open.state.buttons.some(({ id }) => id === choice)) {
      throw new Error(`The dialog has no button "${choice}".`);
    }
    open.choose(choice);
  }
}

function labelOf(entry: Button, texts: DialogTexts): string {
  return entry.label ?? texts.label(entry.id);
}

type Write = (text: string) => Node[];

function build(
  state: DialogState,
  paragraphs: readonly HTMLElement[],
  choose: (choice: Choice) => void,
): HTMLDialogElement {
  const text = make("div", { id: "alert-text", class: "alert-text" }, ...paragraphs);
  const safe: ButtonId = state.buttons.some(({ id }) => id === "dont-send") ? "dont-send" : "try-later";
  const row = state.buttons.map(({ id, label }) =>
    button(label, () => choose(id), {
      "data-button": id,
      "data-safe": id === safe,
      class: id === "take-action" ? "primary" : "",
    }),
  );
  const element = make(
    "dialog",
    {
      id: "alert",
      role: "dialog",
      "data-kind": state.kind,
      "aria-labelledby": "alert-title",
      "aria-describedby": "alert-text",
    },
    make("h2", { id: "alert-title" }, state.title),
    text,
    make("div", { class: "alert-buttons" }, ...row),
  );
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    choose("closed");
  });
  return element;
}

function renderBlock(block: Block, write: Write): HTMLElement {
  const inline = (nodes: readonly Inline[]): Node[] => nodes.flatMap((node) => renderInline(node, write));
  if (block.kind === "paragraph") {
    return make("p", {}, ...inline(block.children));
  }
  return make(block.ordered ? "ol" : "ul", {}, ...block.items.map((item) => make("li", {}, ...inline(item))));
}

function renderInline(node: Inline, write: Write): Node[] {
  if (node.kind === "text") {
    return write(node.text);
  }
  const children = node.children.flatMap((child) => renderInline(child, write));
  if (node.kind === "link") {
    return [make("a", { href: node.url, target: "_blank", rel: "noopener noreferrer" }, ...children)];
  }
  return [make(node.kind === "bold" ? "strong" : "em", {}, ...children)];
}
