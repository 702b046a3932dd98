// docs/clients.md: what `outcome` makes of a verdict on each client. `cargo xtask generate` writes it.

import { CLIENTS, offersSet, type Client } from "../../simulator/clients";
import type { Decision, Verdict } from "../contract";
import { outcome, type Completion } from "./outcome";

type Row = Pick<Client, "mailbox" | "mostRecipients" | "phone">;

/** Classic Outlook has had newer sets with newer versions ("Outlook API requirement sets"; `Office.Recipients`). */
const ROWS: readonly (readonly [name: string, client: Row])[] = [
  ["Outlook on the web", CLIENTS.web],
  ["new Outlook for Windows", CLIENTS.new],
  ["classic Outlook for Windows, 2602 (build 19725.20126) and later", CLIENTS.classic2602],
  ["classic Outlook for Windows, 2412 to 2601", CLIENTS.classic],
  ["classic Outlook for Windows, 2404 to 2411", { mailbox: "1.14", mostRecipients: 500 }],
  ["classic Outlook LTSC 2024", CLIENTS.ltsc2024],
  ["Outlook for Mac", CLIENTS.mac],
  ["classic Outlook for Windows, 2206 to 2403", CLIENTS.old],
  ["Outlook on phones and tablets", CLIENTS.phone],
];

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
  const rows = ROWS.map(([name, { mailbox, mostRecipients, phone }]) => {
    const about = `| ${name} | ${mailbox} | ${Number.isFinite(mostRecipients) ? String(mostRecipients) : "no limit"} |`;
    if (phone) {
      return `${about} goes: no send event | goes: no send event | – |`;
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
    return `${about} ${stop ?? ""} | ${ask ?? ""} | ${abilities.button ? "–" : (asked ?? "")} |`;
  });
  return `# What each client does with a verdict

<!-- Made by \`cargo xtask generate\` from addin/src/launch/clients.page.ts. -->

The requirement sets are those that Microsoft documents ("Outlook API requirement sets", "Handle OnMessageSend and
OnAppointmentSend events with Smart Alerts"). The table shows what the add-in hands to a client with these sets; no Outlook was
used.

\`send\` lets the mail go on every client.

| client | Mailbox | recipients | \`stop\` | \`ask\` | \`ask\`, Send pressed again |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

A client below Mailbox 1.14 has no *Send anyway*. There the first Send is refused, and the text says to press Send again. The
draft stores a mark of each finding of the question. It contains nothing of the content but a few bits of a checksum, so that
another number or recipient at the same place is a new question. A second Send of the same draft passes; what was answered is
not asked again, and a new finding is a new question. If the mark cannot be stored, the text names Outlook on the web as
another way to send, since this client may ask again.

Clients differ in where they show the button: Outlook on the web, new Outlook and classic Outlook from version 2412 have *Take
action* beside *Don't send*. Versions 2404 to 2411, LTSC 2024 and the Mac put the label on *Don't send* itself, which then
opens the pane.

*Recipients*: how many of a field the client hands out (\`Office.Recipients.getAsync\`). Those beyond are not checked.

Phones and tablets raise no send event, and neither does classic Outlook LTSC 2021.

## The bar while a mail is written

| when | from Mailbox | on phones |
| --- | --- | --- |
| a new mail, a reply or a forward is begun | 1.10 | from 4.2352 |
| a draft is opened again | 1.12 | – |
| recipients are added or removed | 1.11 | from 4.2425 |
| another sender is chosen, if the policy knows secure mail by its sender | 1.13 | from 4.2502 |
| another label is chosen, if the policy knows labels | 1.13 | – |

(Microsoft, "Activate add-ins with events" and "Implement event-based activation in Outlook mobile add-ins".) From 1.12 on
Outlook raises two events for a new mail, \`OnNewMessageCompose\` and \`OnMessageCompose\`, which is also the one of drafts. The
first is then answered without a call to Outlook, unless the rule \`stranger-in-reply\` is on: it asks once whether the mail is a
reply, and of a reply it reads the recipients and stores a note of them (from 1.11). A draft that is opened again has lost the
note, and on a phone none is made: there the rule is silent. A mail without findings costs a call for the subject, one for each field of
recipients, one for each sign of secure mail that the policy knows, and one to take the bar away. A finding costs three more: what the user has objected to, what the user has dismissed, and a note of the bar.

A bar that the user has dismissed does not come back for the same findings (from 1.11). Send checks all the same.

No event tells that the subject has changed: the bar follows at the next of these events, the task pane at once.

On a phone the bar has no button, and never says that a mail was checked. Recipients often cannot be read there while a mail is
written (office-js issue 6120): then a number in the subject is still shown, and a wrong recipient is not.
`;
}
