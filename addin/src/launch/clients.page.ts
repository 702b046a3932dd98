// docs/clients.md: what `outcome` makes of a verdict on each client. `cargo xtask generate` writes it.

import { CLIENTS, offersSet } from "../../simulator/clients";
import type { Decision, Verdict } from "../contract";
import { outcome, type Completion } from "./outcome";

const NAMES = {
  web: "Outlook on the web",
  new: "new Outlook for Windows",
  classic2602: "classic Outlook for Windows, version 2602 and later",
  classic: "classic Outlook for Windows, versions 2412 to 2601",
  ltsc2024: "classic Outlook LTSC 2024",
  mac: "Outlook for Mac",
  old: "classic Outlook for Windows, versions 2206 to 2402",
  phone: "Outlook on phones and tablets",
} as const;

function verdict(decision: Decision): Verdict {
  const again = decision === "ask" ? { again: { text: "again", stuck: "stuck" } } : {};
  const alert = { text: "text", markdown: "**text**", button: "button", bar: "bar", mark: "mark", ...again };
  return { decision, secure: false, findings: [], status: "", ...(decision === "send" ? {} : { alert }) };
}

function described(completion: Completion): string {
  if (completion.allowEvent) {
    return "goes";
  }
  const text = completion.errorMessageMarkdown === undefined ? "plain text" : "Markdown";
  const button = completion.commandId === undefined ? "" : ", button to the task pane";
  const anyway = completion.sendModeOverride === undefined ? "" : ", *Send anyway*";
  return `stays: ${text}${button}${anyway}`;
}

/** The page, as Markdown. */
export function page(): string {
  const rows = Object.values(CLIENTS).map(({ id, mailbox, phone }) => {
    if (phone) {
      return `| ${NAMES[id]} | ${mailbox} | goes: no send event | goes: no send event | – |`;
    }
    const abilities = { button: offersSet(mailbox, "1.14"), markdown: offersSet(mailbox, "1.15") };
    const [stop, ask, asked] = (["stop", "ask", "asked"] as const).map((kind) => {
      const first = outcome(
        verdict(kind === "stop" ? "stop" : "ask"),
        "message",
        abilities,
        kind === "asked" ? "mark" : undefined,
      );
      return described(first.completion) + (first.mark === undefined ? "" : ", “press Send again”");
    });
    return `| ${NAMES[id]} | ${mailbox} | ${stop ?? ""} | ${ask ?? ""} | ${abilities.button ? "–" : (asked ?? "")} |`;
  });
  return `# What each client does with a verdict

<!-- Made by \`cargo xtask generate\` from addin/src/launch/clients.page.ts. -->

The requirement sets are those that Microsoft documents ("Outlook API requirement sets", "Handle OnMessageSend and
OnAppointmentSend events with Smart Alerts"). The table shows what the add-in hands to a client with these sets; no Outlook was
used.

\`send\` lets the mail go on every client.

| client | Mailbox | \`stop\` | \`ask\` | \`ask\`, Send pressed again |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

A client below Mailbox 1.14 has no *Send anyway*. There the first Send is refused, and the text says to press Send again. The
draft stores a mark of the question, which identifies rules and positions and contains nothing of the content. A second Send of
the same draft passes; a new finding is a new question. If the mark cannot be stored, the question is asked again.

Clients differ in where they show the button: Outlook on the web, new Outlook and classic Outlook from version 2412 have *Take
action* beside *Don't send*. LTSC 2024 and the Mac put the label on *Don't send* itself, which then opens the pane.

Phones and tablets raise no send event, and neither does classic Outlook LTSC 2021. On a phone a bar warns while a mail is
written: when it is started, and when its recipients change. It has no button, and never says that a mail was checked.
`;
}
