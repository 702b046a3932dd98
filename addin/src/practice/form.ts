import type { Change, Draft, Language } from "../contract";
import { element } from "../ui/view";
import type { Mail, Practice } from "./scenes";
import type { PracticeTexts } from "./texts";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FIELDS = ["from", "to", "bcc", "label", "subject", "body"] as const;
type Name = (typeof FIELDS)[number];

/** The form in which the mail of a scene is written. */
export class Form {
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

  /** Fills the form with a mail. The label is hidden in scenes whose mails have no label. */
  write({ from, to, subject, label, body }: Mail, labels: boolean): void {
    const values: Record<Name, string> = {
      from,
      to: to.join("; "),
      bcc: "",
      label,
      subject: subject[this.language],
      body: body[this.language],
    };
    for (const name of FIELDS) {
      this.input(name).value = values[name];
    }
    element("mail-label-row").hidden = !labels;
    element("mail-bcc-row").hidden = true;
  }

  /** The mail in the form. */
  draft(): Draft {
    const { value: label } = this.input("label");
    return {
      subject: this.input("subject").value,
      from: this.input("from").value,
      recipients: (["to", "bcc"] as const).flatMap((field) =>
        this.recipients(field).map((address) => ({ field, address })),
      ),
      labels: label === "" ? [] : [label],
    };
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
