import type { Change, Draft, Language } from "../contract";
import { element } from "../ui/view";
import { draft, type Mail, type Practice, type Scene } from "./scenes";
import type { PracticeTexts } from "./texts";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FIELDS = ["from", "to", "bcc", "label", "subject", "body"] as const;
type Name = (typeof FIELDS)[number];

/** The form in which the mail of a scene is written. */
export class Form {
  private conversation: string | undefined;

  constructor(
    private readonly practice: Practice,
    private readonly language: Language,
    texts: PracticeTexts,
    changed: () => void,
    send: () => void,
  ) {
    for (const name of FIELDS) {
      element(`mail-${name}-label`).textContent = name === "label" ? texts.label : texts[name];
      this.input(name).addEventListener("input", changed);
    }
    element("mail-to-hint").textContent = texts.toHint;
    element("mail-send").textContent = texts.send;
    const [own] = practice.senders;
    this.options(
      "from",
      practice.senders.map((sender) => [sender, sender === own ? texts.own(sender) : sender]),
    );
    this.options("label", [
      ["", texts.labels.none],
      ...practice.labels.map((label): [string, string] => [label, texts.labels.secure]),
    ]);
    element("mail").addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
  }

  private input(name: Name): Input {
    return element(`mail-${name}`) as Input;
  }

  private options(name: Name, options: [value: string, text: string][]): void {
    this.input(name).replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  }

  /** Fills the form with a mail of a scene. What no mail of the scene has is hidden. */
  write({ from, to, bcc = [], subject, label, body, conversation }: Mail, { start, model }: Scene): void {
    const values: Record<Name, string> = {
      from,
      to: to.join("; "),
      bcc: bcc.join("; "),
      label,
      subject: subject[this.language],
      body: body[this.language],
    };
    for (const name of FIELDS) {
      this.input(name).value = values[name];
    }
    this.conversation = conversation;
    element("mail-label-row").hidden = start.label === "" && model.label === "";
    element("mail-bcc-row").hidden = start.bcc === undefined && model.bcc === undefined;
  }

  /** The mail in the form. */
  draft(): Draft {
    return draft({
      subject: this.input("subject").value,
      from: this.input("from").value,
      to: this.recipients("to"),
      bcc: this.recipients("bcc"),
      label: this.input("label").value,
      conversation: this.conversation,
    });
  }

  private recipients(field: "to" | "bcc"): string[] {
    return this.input(field)
      .value.split(/[;,]/)
      .map((one) => one.trim())
      .filter((one) => one !== "");
  }

  /** Applies a fix. */
  apply({ subject, add, toBcc, body, label }: Change): void {
    if (body !== undefined) {
      this.input("body").value = body.text.replace(/\r\n/g, "\n") + this.input("body").value;
    }
    if (label !== undefined) {
      this.input("label").value = label;
    }
    if (subject !== undefined) {
      this.input("subject").value = subject;
    }
    if (add !== undefined) {
      this.input("to").value = [...this.recipients("to"), add.address].join("; ");
    }
    if (toBcc !== undefined) {
      const moved = toBcc.map(({ address }) => address);
      this.input("to").value = this.recipients("to")
        .filter((address) => !moved.includes(address))
        .join("; ");
      this.input("bcc").value = [...this.recipients("bcc"), ...moved].join("; ");
      element("mail-bcc-row").hidden = false;
    }
  }

  focus(on: "first" | "send"): void {
    element(on === "first" ? "mail-from" : "mail-send").focus();
  }
}
