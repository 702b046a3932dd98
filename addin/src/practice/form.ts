import type { Change, Draft, Language } from "../contract";
import { element } from "../ui/view";
import { draft, type Mail, type Practice, type Scene } from "./scenes";
import type { PracticeTexts } from "./texts";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FIELDS = ["from", "to", "bcc", "label", "subject", "attachments", "body"] as const;
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
  write(mail: Mail, { start, model }: Scene): void {
    const { from, to, bcc = [], subject, label, attachments = [], body, conversation } = mail;
    const values: Record<Name, string> = {
      from,
      to: to.join("; "),
      bcc: bcc.join("; "),
      label,
      subject: subject[this.language],
      attachments: attachments.join("; "),
      body: body[this.language],
    };
    for (const name of FIELDS) {
      this.input(name).value = values[name];
    }
    this.conversation = conversation;
    element("mail-label-row").hidden = start.label === "" && model.label === "";
    element("mail-bcc-row").hidden = start.bcc === undefined && model.bcc === undefined;
    element("mail-attachments-row").hidden = start.attachments === undefined;
  }

  /** The mail in the form. */
  draft(): Draft {
    return draft({
      subject: this.input("subject").value,
      from: this.input("from").value,
      to: this.list("to"),
      bcc: this.list("bcc"),
      label: this.input("label").value,
      body: this.input("body").value,
      attachments: this.list("attachments"),
      conversation: this.conversation,
    });
  }

  private list(field: "to" | "bcc" | "attachments"): string[] {
    return this.input(field)
      .value.split(/[;,]/)
      .map((one) => one.trim())
      .filter((one) => one !== "");
  }

  /** Applies a fix. */
  apply({ subject, add, toBcc, body, content, label }: Change): void {
    if (content !== undefined) {
      this.input("body").value = content.content;
    }
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
      this.input("to").value = [...this.list("to"), add.address].join("; ");
    }
    if (toBcc !== undefined) {
      const moved = toBcc.map(({ address }) => address);
      this.input("to").value = this.list("to")
        .filter((address) => !moved.includes(address))
        .join("; ");
      this.input("bcc").value = [...this.list("bcc"), ...moved].join("; ");
      element("mail-bcc-row").hidden = false;
    }
  }

  focus(on: "first" | "send"): void {
    element(on === "first" ? "mail-from" : "mail-send").focus();
  }
}
