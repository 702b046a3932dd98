import type { Simulator } from "./api";
import { MailClient } from "./client";
import { readConfig, type Theme } from "./config";
import type { Language } from "./host/context";
import { RECIPIENT_FIELDS, type Item, type RecipientField } from "./item/item";
import { toRecipients } from "./mailbox";
import { personOf } from "./people";
import { byId } from "./ui/dom";
import { renderFolders } from "./ui/folders";
import { renderComplaints, renderHeader } from "./ui/header";
import { renderMessages } from "./ui/messages";
import { Ribbon } from "./ui/ribbon";
import { renderEventLog, renderWorkbench, showChoices } from "./ui/workbench";

trustThisHost();
const config = readConfig(new URL(location.href));
const mail = new MailClient(config);
const ribbon = new Ribbon(byId("ribbon"), mail);
let workbenchLanguage: Language | undefined;
setTheme(config.theme);
mail.onRender(render);
mail.events.onChange(() => renderEventLog(mail));
mail.host.trace.onViolation(() => renderComplaints(mail));
window.simulator = simulatorOf(mail);
render();
if (config.demo) {
  void mail.ready.then(() => mail.newMail());
}

// Over https office.js trusts the hosts of Outlook and its own host name. For a local page over http it asks the user
// first; this is where it stores the answer "yes".
function trustThisHost(): void {
  if (location.protocol === "http:") {
    localStorage.setItem(`OfficeJSTrustKeyV2_http_${location.hostname}`, JSON.stringify({ Result: 1 }));
  }
}

function render(): void {
  renderHeader(mail);
  ribbon.render();
  renderComplaints(mail);
  renderFolders(mail);
  renderMessages(mail);
  // A narrow window shows either the list or what is open.
  document.body.dataset["view"] = mail.item === undefined && mail.reading === undefined ? "list" : "item";
  // Redrawn only if the language changes: it may hold a choice that the user is about to make.
  if (workbenchLanguage !== mail.host.language) {
    renderWorkbench(mail, setTheme);
  }
  workbenchLanguage = mail.host.language;
  showChoices(mail);
  renderEventLog(mail);
}

function setTheme(theme: Theme): void {
  mail.theme = theme;
  // The frames of the add-in follow it too: their `prefers-color-scheme` is that of the page around them.
  document.documentElement.dataset["theme"] = theme;
  mail.host.broadcast("officeThemeChanged", [JSON.stringify(officeTheme())], "pane");
}

/** The page's colours as office.js transfers them: numbers with red in the highest byte. */
function officeTheme(): Record<string, number> {
  const style = getComputedStyle(document.body);
  const number = (colour: string): number =>
    (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum * 256 + Number(part), 0);
  const [background, foreground] = [number(style.backgroundColor), number(style.color)];
  return {
    bodyBackgroundColor: background,
    bodyForegroundColor: foreground,
    controlBackgroundColor: background,
    controlForegroundColor: foreground,
  };
}

function simulatorOf(client: MailClient): Simulator {
  const { host, events, mailbox } = client;
  return {
    ready: client.ready,
    get manifest() {
      return host.manifest;
    },
    compose: (request) => client.compose(request),
    edit: (edit) => editItem(openItem(client), edit),
    send: () => client.send(),
    idle: () => untilIdle(client),
    discard: () => client.discard(),
    saveDraft: () => client.saveDraft(),
    openDraft: (index) => {
      const item = mailbox.drafts[index];
      if (item === undefined) {
        throw new Error(`There is no draft ${String(index)}.`);
      }
      client.openDraft(item);
    },
    cancelMeeting: (index) => {
      const sent = mailbox.sent[index];
      if (sent === undefined) {
        throw new Error(`Nothing was sent as number ${String(index)}.`);
      }
      client.cancelMeeting(sent);
    },
    popOut: () => client.popOut(),
    schedule: (time) => client.schedule(time),
    get draft() {
      return client.item && describe(client.item);
    },
    get sent() {
      return [...mailbox.sent];
    },
    get drafts() {
      return mailbox.drafts.map(({ subject }) => subject);
    },
    get notifications() {
      return [...(client.item?.notifications.values() ?? [])];
    },
    get dialog() {
      return client.dialog.state;
    },
    press: (choice) => client.dialog.press(choice),
    get pane() {
      const { frame, commandId } = client.pane;
      return frame && commandId !== undefined ? { commandId, url: frame.url } : undefined;
    },
    openPane: (commandId, contextData) => {
      const id = commandId ?? client.commands.find(({ action }) => action.kind === "pane")?.id;
      if (id === undefined) {
        throw new Error("The add-in offers no pane for this item.");
      }
      client.runCommand(id, contextData);
    },
    closePane: () => client.pane.close(),
    get events() {
      return events.records;
    },
    get trace() {
      return host.trace.entries;
    },
    get violations() {
      return host.trace.violations;
    },
    clearTrace: () => {
      host.trace.clear();
      events.records.length = 0;
      render();
    },
    timers: host.timers,
    settings: host.settings,
    faults: host.faults,
    quirks: host.quirks,
    get roamingSettings() {
      return host.roaming.all;
    },
    clearRoamingSettings: () => host.roaming.clear(),
    get client() {
      return host.client.id;
    },
    set client(id) {
      client.setClient(id);
    },
    get language() {
      return host.language;
    },
    set language(language) {
      client.setLanguage(language);
    },
    get theme() {
      return client.theme;
    },
    set theme(theme) {
      setTheme(theme);
      render();
    },
  };
}

function openItem(client: MailClient): Item {
  if (client.item === undefined) {
    throw new Error("No item is open.");
  }
  return client.item;
}

function editItem(item: Item, edit: Parameters<Simulator["edit"]>[0]): void {
  if (edit.subject !== undefined) {
    item.setSubject(edit.subject, "user");
  }
  if (edit.from !== undefined) {
    item.setFrom(personOf(edit.from), "user");
  }
  if (edit.relabel === true) {
    item.setLabel("user");
  }
  if (edit.body !== undefined) {
    item.setBody(edit.body, "user");
  }
  for (const [name, value] of Object.entries(edit.internetHeaders ?? {})) {
    item.internetHeaders.set(name.toLowerCase(), value);
  }
  for (const field of RECIPIENT_FIELDS) {
    if (edit[field] !== undefined) {
      item.setRecipients(field, edit[field].flatMap(toRecipients), "user");
    }
  }
}

function describe(item: Item): Simulator["draft"] {
  const people = (field: RecipientField): string[] =>
    item
      .recipients(field)
      .map(({ name, address }) => (address === "" || name === address ? name : `${name} <${address}>`));
  return {
    kind: item.kind,
    subject: item.subject,
    from: item.from.address,
    to: people("to"),
    cc: people("cc"),
    bcc: people("bcc"),
    body: item.body,
    bodyType: item.bodyType,
    location: item.location,
    attachments: [...item.attachments.values()],
    sessionData: Object.fromEntries(item.sessionData),
    internetHeaders: Object.fromEntries(item.internetHeaders),
  };
}

async function untilIdle(client: MailClient): Promise<void> {
  while (client.busy) {
    await new Promise((resolve) => {
      window.setTimeout(resolve, 10);
    });
  }
}
