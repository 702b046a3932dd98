// docs/simulator.md: what the simulator plays of Outlook's unkindness. `cargo xtask generate` writes it.

import { CLIENTS, type ClientId } from "./clients";
import { QUIRKS, QUIRK_IDS, type Quirk } from "./quirks";
import { CLIENT_NAMES } from "./texts";

function columns(): ClientId[] {
  return Object.values(CLIENTS).map(({ id }) => id);
}

function cells({ clients }: Quirk): string[] {
  return columns().map((client) => clients[client] ?? "");
}

function row(cellTexts: readonly string[]): string {
  return `| ${cellTexts.join(" | ")} |`;
}

/** The page, as Markdown. */
export function page(): string {
  const names = columns().map((client) => CLIENT_NAMES.en[client]);
  const quirks = QUIRK_IDS.map((id) => ({ id, ...QUIRKS[id] }));
  return `# Where the simulator is as unkind as Outlook

<!-- Made by \`cargo xtask generate\` from addin/simulator/quirks.page.ts. -->

The simulator runs Microsoft's real office.js, and plays the mail client around it. No Outlook was used: what it plays is what
Microsoft documents, and what developers have reported to Microsoft. Each line is a switch at the bottom of the simulator's page,
under *Quirks that Outlook may have*; in the browser's console it is \`simulator.quirks.set("prefix-stays", true)\`.

*documented*: Microsoft documents it for this client, and the simulator behaves so. *reported*: somebody has met it there.
*unclear*: documented, but not in a way that can be played with certainty. An empty cell: nothing is known. These three are off until
you set the switch.

${row(["switch", ...names])}
${row(["switch", ...names].map(() => "---"))}
${quirks.map((quirk) => row([`\`${quirk.id}\``, ...cells(quirk)])).join("\n")}

Issues are those of [OfficeDev/office-js](https://github.com/OfficeDev/office-js/issues); the other sources are Microsoft's pages
of that name, or the reference page of the method.

| switch | what happens | source |
| --- | --- | --- |
${quirks.map(({ id, effect, source }) => row([`\`${id}\``, effect, source])).join("\n")}

## Situations

The workbench also puts the open mail into a window of its own, schedules it, and works offline. *Work offline* sends unchecked
under PromptUser, and refuses under SoftBlock and Block, as Microsoft's Smart Alerts page says of classic Outlook and the Mac. A
meeting in *Sent* can be cancelled.

## Microsoft's library and the content security policy

Office.js loads \`MicrosoftAjax.js\` first, which reads JSON with eval. The add-in's policy does not allow eval, and the library
stops while it loads, at \`Sys.CultureInfo._parse\`. What office.js asks for (\`Sys.StringBuilder\`, \`Type.registerNamespace\`,
\`Type.registerClass\`, \`Function._validateParams\`, \`JavaScriptSerializer.serialize\`, the errors of \`Error\`) is defined before
that, and office.js itself reads JSON with \`JSON\`. So the policy stays as it is. What is reported, once in each page:

| refused by | what | whose | what follows |
| --- | --- | --- | --- |
| \`script-src\` | eval | MicrosoftAjax.js | the end of the library is missing; nothing asks for it |

Newer versions of office.js also open a hidden frame for telemetry, at telemetryservice.firstpartyapps.oaspapps.com, in the task
pane of classic Outlook. The policy refuses that too (\`frame-src\`, and \`style-src-attr\` for the frame's style); no telemetry is
sent, and nothing else happens.

The stand-in \`addin/simulator/microsoft-ajax.js\` does what the library does, and \`tests/browser/csp.spec.ts\` asserts all of it;
\`SENDVAGT_MICROSOFT_AJAX\` names a copy of the library itself, to run the tests with.

## What is not played

* Outlook's own Danish words. The labels are the simulator's.
* Outlook in which the add-in's files are cached or out of date, and everything between Exchange and the recipient.
* A connection that is lost while a mail is checked.
* An office.js newer than the npm package of 2022: no sensitivity labels, no \`InitializationContextChanged\`.
* The runtime of classic Outlook, which has no page: the engine tests run its script in bare engines.
`;
}
