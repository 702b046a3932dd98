// The form for one mail or meeting. It writes into the item at each keystroke and shows what the add-in changes.

import type { Language } from "../host/context";
import { cleanHtml } from "../item/bodytext";
import { RECIPIENT_FIELDS, type BodyType, type Change, type Item, type RecipientField } from "../item/item";
import { OWN_MAILBOXES, type Person } from "../people";
import type { TextKey } from "../texts";
import { button, iconButton, make, select } from "./dom";
import { icon, type IconName } from "./icons";
import { renderInfobar, type InfobarOptions } from "./infobar";
import { RecipientInput, type Resolve } from "./recipients";
import { TimeInput } from "./when";

export interface ComposeActions {
  send(): void;
  save(): void;
  discard(): void;
  back(): void;
}

export interface ComposeOptions {
  readonly item: Item;
  readonly say: (key: TextKey) => string;
  readonly language: Language;
  readonly infobar: InfobarOptions;
  /** What becomes of typed recipients. */
  readonly resolve: Resolve;
  readonly actions: ComposeActions;
  /** Shown above the form. */
  readonly hint?: HTMLElement;
}

const MOST_SUBJECT = 255;

type Format = "bold" | "italic" | "underline" | "insertUnorderedList" | "insertOrderedList";

const LETTER_FORMATS: readonly { command: Format; word: TextKey; letter: TextKey }[] = [
  { command: "bold", word: "bold", letter: "boldLetter" },
  { command: "italic", word: "italic", letter: "italicLetter" },
  { command: "underline", word: "underline", letter: "underlineLetter" },
];
const LIST_FORMATS: readonly { command: Format; word: TextKey; icon: IconName }[] = [
  { command: "insertUnorderedList", word: "bullets", icon: "bullets" },
  { command: "insertOrderedList", word: "numbers", icon: "numbers" },
];

export class ComposeForm {
  readonly element: HTMLElement;
  private readonly options: ComposeOptions;
  private readonly item: Item;
  private readonly subject: HTMLInputElement;
  private readonly body: HTMLElement;
  private readonly from: HTMLSelectElement;
  private readonly location = make("input", { id: "location", type: "text" });
  private readonly times: Readonly<Record<"start" | "end", TimeInput>>;
  private readonly infobar: HTMLElement;
  private readonly send: HTMLButtonElement;
  private readonly status = make("p", { id: "compose-status", role: "status", class: "status" });
  private readonly recipients = new Map<RecipientField, RecipientInput>();
  private readonly attachments = make("ul", { class: "attachments" });
  private readonly unlisten: () => void;
  private caret: Range | undefined;
  private focused: Element | null = null;

  constructor(options: ComposeOptions) {
    const { item, say } = options;
    this.options = options;
    this.item = item;
    this.subject = make("input", {
      id: "subject",
      type: "text",
      maxlength: String(MOST_SUBJECT),
      autocomplete: "off",
      spellcheck: "false",
    });
    this.body =
      item.bodyType === "html"
        ? make("div", {
            id: "body",
            role: "textbox",
            contenteditable: "true",
            "aria-multiline": "true",
            "aria-label": say("body"),
          })
        : make("textarea", { id: "body", "aria-label": say("body") });
    this.from = select(
      "from",
      mailboxes(item.from).map(({ name, address }) => ({ value: address, label: `${name} <${address}>` })),
      item.from.address,
      (address) => this.chooseFrom(address),
    );
    this.times = {
      start: new TimeInput("start", say("startTime"), options.language, (time) => this.moveStart(time)),
      end: new TimeInput("end", say("endTime"), options.language, (time) => item.setTime("end", time, "user")),
    };
    this.infobar = make("section", { id: "infobar", "aria-label": say("notices"), "aria-live": "polite" });
    this.send = iconButton("send", say("send"), () => options.actions.send(), {
      id: "send",
      class: "primary",
      "aria-describedby": options.hint?.id,
    });
    this.element = this.build();
    this.listen();
    this.unlisten = item.onChange((change) => this.show(change));
    item.insertAtCaret = (data, type) => this.insert(data, type);
    this.showAll();
  }

  destroy(): void {
    this.unlisten();
    this.item.insertAtCaret = undefined;
    this.element.remove();
  }

  /** Commits half-typed recipients; returns what still prevents sending. Resolved are they now, or `later`. */
  finish(later: boolean): TextKey | undefined {
    for (const input of this.recipients.values()) {
      input.commit();
    }
    const all = RECIPIENT_FIELDS.flatMap((field) => this.item.recipients(field));
    if (!later && all.some((recipient) => !recipient.resolved)) {
      return "unresolvedRecipients";
    }
    return all.length === 0 ? "noRecipients" : undefined;
  }

  /** While the add-in is checking, nothing can be changed. Afterwards the focus is where it was. */
  setBusy(busy: boolean): void {
    if (busy) {
      this.focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    }
    this.element.toggleAttribute("inert", busy);
    this.element.setAttribute("aria-busy", String(busy));
    this.status.textContent = busy ? this.options.say("sending") : "";
    if (!busy && this.focused instanceof HTMLElement) {
      this.focused.focus();
    }
  }

  setStatus(text: string): void {
    this.status.textContent = text;
  }

  /** Puts the focus where the user goes on, as Outlook does: whom to write to, what about, or the answer. */
  focusFirst(): void {
    const { item } = this;
    const isAddressed = RECIPIENT_FIELDS.some((field) => item.recipients(field).length > 0);
    if (item.composeType === "reply") {
      this.body.focus();
    } else if (isAddressed || item.kind === "appointment") {
      this.subject.focus();
    } else {
      this.recipients.get("to")?.focus();
    }
  }

  focusSend(): void {
    this.send.focus();
  }

  private build(): HTMLElement {
    const { say, actions, hint } = this.options;
    const commands = make(
      "div",
      { class: "commands" },
      iconButton("back", say("back"), () => actions.back(), { class: "subtle back" }),
      this.send,
      make("span", { class: "spacer" }),
      iconButton("save", say("saveDraft"), () => actions.save(), { id: "save", class: "subtle" }),
      iconButton("trash", say("discard"), () => actions.discard(), { id: "discard", class: "subtle" }),
    );
    return make(
      "section",
      {
        id: "compose",
        class: "sheet compose",
        "aria-label": say(this.item.kind === "message" ? "newMessage" : "newAppointment"),
      },
      ...(hint === undefined ? [] : [hint]),
      commands,
      this.status,
      this.infobar,
      make("div", { class: "fields" }, ...this.fields()),
      this.attachments,
      ...(this.body instanceof HTMLTextAreaElement ? [] : [this.formatBar()]),
      this.body,
    );
  }

  private formatBar(): HTMLElement {
    const { say } = this.options;
    const add = (command: Format, word: TextKey, face: Node): HTMLElement => {
      const element = button("", () => this.format(command), {
        class: "subtle",
        "data-format": command,
        "aria-label": say(word),
        title: say(word),
      });
      element.append(face);
      // The selection stays in the body.
      element.addEventListener("pointerdown", (event) => event.preventDefault());
      return element;
    };
    return make(
      "div",
      { class: "format-bar", role: "group", "aria-label": say("formatting") },
      ...LETTER_FORMATS.map(({ command, word, letter }) =>
        add(command, word, make("span", { class: command, "aria-hidden": "true" }, say(letter))),
      ),
      ...LIST_FORMATS.map(({ command, word, icon: name }) => add(command, word, icon(name))),
    );
  }

  private format(command: Format): void {
    this.body.focus();
    if (this.caret !== undefined && this.body.contains(this.caret.startContainer)) {
      const selection = document.getSelection();
      selection?.removeAllRanges();
      selection?.addRange(this.caret);
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way to format at the caret; browsers keep it
    document.execCommand(command);
    this.rememberCaret();
  }

  private moveStart(time: number): void {
    const { start, end } = this.item.times;
    this.item.setTime("start", time, "user");
    this.item.setTime("end", time + end - start, "user");
  }

  private fields(): HTMLElement[] {
    const { say } = this.options;
    const labels: Partial<Record<RecipientField, TextKey>> =
      this.item.kind === "message" ? { to: "to", cc: "cc", bcc: "bcc" } : { to: "required", cc: "optional" };
    for (const field of RECIPIENT_FIELDS) {
      const label = labels[field];
      if (label !== undefined) {
        this.recipients.set(field, new RecipientInput(this.item, field, say(label), say, this.options.resolve));
      }
    }
    const people = [...this.recipients.values()].map((input) => input.element);
    const fields = [field(say("from"), this.from), ...people, field(say("subject"), this.subject)];
    if (this.item.kind === "message") {
      return fields;
    }
    return [
      field(say("subject"), this.subject),
      ...people,
      field(say("starts"), this.times.start.day, this.times.start.time),
      field(say("ends"), this.times.end.day, this.times.end.time),
      field(say("location"), this.location),
    ];
  }

  private listen(): void {
    const item = this.item;
    this.subject.addEventListener("input", () => item.setSubject(this.subject.value, "user"));
    this.location.addEventListener("input", () => item.setLocation(this.location.value, "user"));
    this.body.addEventListener("input", () => item.setBody(this.readBody(), "user"));
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("blur", () => this.rememberCaret());
  }

  private paste(event: ClipboardEvent): void {
    if (this.body instanceof HTMLTextAreaElement) {
      return;
    }
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (html === "") {
      return;
    }
    event.preventDefault();
    this.rememberCaret();
    this.insert(cleanHtml(html), "html");
  }

  private readBody(): string {
    return this.body instanceof HTMLTextAreaElement ? this.body.value : this.body.innerHTML;
  }

  private rememberCaret(): void {
    const caret = caretOfPage();
    if (caret !== undefined && this.body.contains(caret.startContainer)) {
      this.caret = caret.cloneRange();
    }
  }

  private insert(data: string, type: BodyType): boolean {
    if (this.body instanceof HTMLTextAreaElement) {
      this.body.setRangeText(data, this.body.selectionStart, this.body.selectionEnd, "end");
    } else {
      if (document.activeElement === this.body) {
        this.rememberCaret();
      }
      const range = this.caret;
      if (range === undefined || !this.body.contains(range.startContainer)) {
        return false;
      }
      range.deleteContents();
      range.insertNode(range.createContextualFragment(type === "html" ? cleanHtml(data) : data));
      range.collapse(false);
    }
    this.item.setBody(this.readBody(), "user");
    return true;
  }

  private chooseFrom(address: string): void {
    const chosen = mailboxes(this.item.from).find((person) => person.address === address);
    if (chosen !== undefined) {
      this.item.setFrom(chosen, "user");
    }
  }

  private show(change: Change): void {
    this.forgetStatus(change);
    if (change.part === "recipients") {
      for (const field of change.fields ?? []) {
        this.recipients.get(field)?.render();
      }
    } else if (change.part === "notifications") {
      renderInfobar(this.infobar, this.item, this.options.infobar);
    } else {
      this.showAll();
    }
  }

  // "Not sent" is about the mail as it was, and before the add-in found that nothing is wrong with it any more.
  private forgetStatus({ part, by }: Change): void {
    const isAboutBar = part === "notifications";
    const isBarGone = by === "add-in" && this.item.notifications.size === 0;
    if (!this.element.hasAttribute("inert") && (!isAboutBar || isBarGone)) {
      this.status.textContent = "";
    }
  }

  private showFrom(): void {
    const { from } = this.item;
    if (![...this.from.options].some(({ value }) => value === from.address)) {
      this.from.append(make("option", { value: from.address }, `${from.name} <${from.address}>`));
    }
    this.from.value = from.address;
  }

  // A field that already has the value is not written: that would move the user's caret.
  private showAll(): void {
    const item = this.item;
    if (this.from.value !== item.from.address) {
      this.showFrom();
    }
    if (this.subject.value !== item.subject) {
      this.subject.value = item.subject;
    }
    if (this.location.value !== item.location) {
      this.location.value = item.location;
    }
    this.times.start.show(item.times.start);
    this.times.end.show(item.times.end);
    if (this.readBody() !== item.body) {
      this.writeBody();
    }
    this.showAttachments();
    renderInfobar(this.infobar, item, this.options.infobar);
  }

  private showAttachments(): void {
    const { say } = this.options;
    const shown = [...this.item.attachments.values()].filter(({ isInline }) => !isInline);
    this.attachments.setAttribute("aria-label", say("attachments"));
    this.attachments.hidden = shown.length === 0;
    this.attachments.replaceChildren(
      ...shown.map(({ id, name }) => {
        const remove = button(say("removeAttachment"), () =>
          this.item.setAttachments((all) => {
            all.delete(id);
          }, "user"),
        );
        remove.setAttribute("aria-label", `${say("removeAttachment")}: ${name}`);
        return make("li", {}, name, remove);
      }),
    );
  }

  private writeBody(): void {
    if (this.body instanceof HTMLTextAreaElement) {
      this.body.value = this.item.body;
    } else {
      this.body.innerHTML = cleanHtml(this.item.body);
    }
    this.caret = undefined;
  }
}

function caretOfPage(): Range | undefined {
  return document.getSelection()?.rangeCount === 0 ? undefined : document.getSelection()?.getRangeAt(0);
}

function field(label: string, control: HTMLElement, ...others: HTMLElement[]): HTMLElement {
  return make("div", { class: "field" }, make("label", { for: control.id }, label), control, ...others);
}

/** The mailboxes to send from, including an unknown one that a test or the add-in has set. */
function mailboxes(current: Person): readonly Person[] {
  return OWN_MAILBOXES.some(({ address }) => address === current.address) ? OWN_MAILBOXES : [...OWN_MAILBOXES, current];
}
