// The mail client: owns the open item, its form, the pane and the folders, and raises the events of the add-in.

import type { SendState } from "./api";
import { CLIENTS, offersSet, type ClientId } from "./clients";
import { localise, type Config, type Theme } from "./config";
import { localeOf, type Language } from "./host/context";
import { LaunchEvents } from "./host/events";
import { Host } from "./host/host";
import type { Change, Item, NotificationAction, RecipientField } from "./item/item";
import { Mailbox, type ComposeRequest } from "./mailbox";
import { readManifest, type Command } from "./manifest/manifest";
import { Sending } from "./sending";
import { say, type TextKey } from "./texts";
import { ComposeForm } from "./ui/compose";
import { AlertDialog } from "./ui/dialog";
import { button, byId, make } from "./ui/dom";
import { TaskPane } from "./ui/pane";
import { renderSentMail } from "./ui/reading";

const NEW_EVENTS = { message: "OnNewMessageCompose", appointment: "OnNewAppointmentOrganizer" } as const;
const RECIPIENT_EVENTS = {
  message: "OnMessageRecipientsChanged",
  appointment: "OnAppointmentAttendeesChanged",
} as const;

export class MailClient {
  readonly host: Host;
  readonly events: LaunchEvents;
  readonly mailbox = new Mailbox();
  readonly dialog = new AlertDialog(document.body);
  readonly pane: TaskPane;
  readonly ready: Promise<void>;
  manifestError: string | undefined;
  theme: Theme;
  private renderListener: () => void = () => undefined;
  private form: ComposeForm | undefined;
  private manifestText: string | undefined;
  private changedFields = new Set<RecipientField>();
  private debounce: number | undefined;
  private sending: Promise<SendState> | undefined;
  private readonly config: Config;
  private readonly work = byId("work");

  constructor(config: Config) {
    this.config = config;
    this.theme = config.theme;
    this.host = new Host(CLIENTS[config.client]);
    this.host.language = config.language;
    this.events = new LaunchEvents(this.host, byId("runtimes"));
    this.pane = new TaskPane(this.host, byId("pane"), this.say);
    this.host.events = {
      completed: (frame, completion) => this.events.completed(frame, completion),
      closePane: (frame) => {
        if (frame === this.pane.frame) {
          this.pane.close();
        }
      },
      escaped: (frame) => {
        if (frame === this.pane.frame) {
          this.pane.focus();
        }
      },
      save: () => this.saveDraft(),
      close: () => this.leaveItem(true),
    };
    this.ready = this.load();
  }

  readonly say = (key: TextKey): string => say(this.host.language, key);

  /** Calls `listener` whenever the folders or the frame of the page may have changed. */
  onRender(listener: () => void): void {
    this.renderListener = listener;
  }

  get item(): Item | undefined {
    return this.host.item;
  }

  /** Will something still happen by itself? */
  get busy(): boolean {
    return this.events.running > 0 || this.debounce !== undefined;
  }

  compose(request: ComposeRequest = {}): void {
    const item = this.mailbox.create(request, this.host.language);
    this.open(item);
    this.events.raise(NEW_EVENTS[item.kind]);
    if (item.kind === "message") {
      this.events.raise("OnMessageCompose");
    }
  }

  openDraft(item: Item): void {
    this.open(item);
    if (item.kind === "message") {
      this.events.raise("OnMessageCompose");
    }
  }

  /** Presses Send. A second press while the first is being handled does nothing. */
  async send(): Promise<SendState> {
    if (this.dialog.state !== undefined) {
      return "dialog";
    }
    this.sending ??= this.sendOpenItem().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  /** Shows a mail to read; the open item becomes a draft. */
  show(reading: HTMLElement): void {
    this.leaveItem(true);
    this.work.replaceChildren(reading);
    reading.querySelector<HTMLElement>("h2")?.focus();
  }

  saveDraft(): void {
    if (this.item === undefined) {
      return;
    }
    this.mailbox.saveDraft(this.item);
    this.form?.setStatus(this.say("draftSaved"));
    this.renderListener();
  }

  discard(): void {
    if (this.item !== undefined) {
      this.mailbox.removeDraft(this.item);
    }
    this.leaveItem(false);
  }

  /** Runs the add-in's command `commandId`. An unknown id does nothing, as in Outlook. */
  runCommand(commandId: string, contextData = ""): void {
    const command = this.host.manifest?.commands.find(({ id }) => id === commandId);
    if (command === undefined || this.item === undefined) {
      return;
    }
    if (command.action.kind === "function") {
      this.events.runFunction(command.action.functionName, command.id);
    } else {
      this.pane.open({
        commandId,
        url: command.action.url,
        title: this.host.manifest?.displayName ?? command.label,
        contextData,
      });
    }
    this.renderListener();
  }

  /** Opens the add-in's practice in the place of its task pane, beside a mail, as in Outlook. */
  practise(): void {
    if (this.item?.kind !== "message") {
      this.compose();
    }
    const command = this.commands.find(({ action }) => action.kind === "pane");
    if (command?.action.kind !== "pane") {
      return;
    }
    this.pane.open({
      commandId: command.id,
      url: new URL("practice.html", command.action.url).href,
      title: this.host.manifest?.displayName ?? command.label,
      contextData: "",
    });
    this.renderListener();
  }

  /** The add-in's buttons for the open item. */
  get commands(): readonly Command[] {
    const { manifest, client, item } = this.host;
    if (manifest === undefined || item === undefined || client.phone || !offersSet(client.mailbox, manifest.mailbox)) {
      return [];
    }
    return manifest.commands.filter(({ surface }) => surface === item.kind);
  }

  setLanguage(language: Language): void {
    this.host.language = language;
    this.readManifest();
    this.rebuildForm();
  }

  setClient(id: ClientId): void {
    this.host.client = CLIENTS[id];
    this.rebuildForm();
  }

  private async load(): Promise<void> {
    try {
      const answer = await fetch(this.config.manifestUrl);
      if (!answer.ok) {
        throw new Error(`${this.config.manifestUrl}: HTTP status ${String(answer.status)}`);
      }
      this.manifestText = localise(await answer.text(), this.config.addinOrigin);
      this.readManifest();
    } catch (error) {
      this.manifestError = String(error);
    }
    this.renderListener();
  }

  private readManifest(): void {
    if (this.manifestText === undefined) {
      return;
    }
    try {
      this.host.manifest = readManifest(
        new DOMParser().parseFromString(this.manifestText, "application/xml"),
        localeOf(this.host.language),
      );
    } catch (error) {
      this.manifestError = String(error);
    }
  }

  private open(item: Item): void {
    this.leaveItem(true);
    this.host.item = item;
    byId("status").textContent = "";
    item.onChange((change) => this.changed(item, change));
    this.rebuildForm();
    this.form?.focusSubject();
  }

  private rebuildForm(): void {
    this.form?.destroy();
    this.form = undefined;
    const { item } = this;
    if (item !== undefined) {
      this.form = this.buildForm(item);
      this.work.replaceChildren(this.form.element);
    }
    this.renderListener();
  }

  private buildForm(item: Item): ComposeForm {
    return new ComposeForm({
      item,
      say: this.say,
      infobar: {
        addinName: this.host.manifest?.displayName ?? "",
        imageUrl: (resid) => this.host.manifest?.images[resid],
        act: (action) => this.act(action),
        dismissed: (notification) => {
          item.removeNotification(notification.key, "user");
          this.host.broadcast("olkInfobarClicked", [{ notificationMessageKey: notification.key }], "pane");
        },
        say: this.say,
      },
      actions: {
        send: () => {
          void this.send();
        },
        save: () => this.saveDraft(),
        discard: () => this.discard(),
      },
      ribbon: this.commands.map((command) => this.ribbonButton(command)),
    });
  }

  private ribbonButton(command: Command): HTMLElement {
    const element = button(
      command.label,
      () => {
        if (this.pane.commandId === command.id) {
          this.pane.close();
        } else {
          this.runCommand(command.id);
        }
      },
      { class: "ribbon", "data-command": command.id },
    );
    if (command.icon !== undefined) {
      element.prepend(make("img", { src: command.icon, alt: "", width: "16", height: "16" }));
    }
    return element;
  }

  private act(action: NotificationAction): void {
    const { contextData } = action;
    this.runCommand(
      action.commandId,
      typeof contextData === "string" ? contextData : contextData === undefined ? "" : JSON.stringify(contextData),
    );
  }

  // An item that is left unsent becomes a draft, unless it is empty.
  private leaveItem(keep: boolean): void {
    const { item } = this;
    if (item === undefined) {
      return;
    }
    const isEmpty =
      item.subject === "" &&
      item.body === "" &&
      (["to", "cc", "bcc"] as const).every((field) => item.recipients(field).length === 0);
    if (keep && !isEmpty) {
      this.mailbox.saveDraft(item);
    }
    if (this.sending !== undefined) {
      byId("status").textContent = `${this.say("held")} ${this.say("draftSaved")}`;
    }
    // Session data lives as long as the form.
    item.sessionData.clear();
    this.dropItem();
  }

  private dropItem(): void {
    window.clearTimeout(this.debounce);
    this.debounce = undefined;
    this.changedFields.clear();
    this.events.stopAll();
    this.pane.close();
    this.dialog.close();
    this.form?.destroy();
    this.form = undefined;
    this.host.item = undefined;
    this.renderListener();
  }

  private changed(item: Item, change: Change): void {
    if (change.part === "from" && item.kind === "message") {
      this.events.raise("OnMessageFromChanged");
    }
    if (change.part !== "recipients" || this.item !== item) {
      return;
    }
    for (const field of change.fields ?? []) {
      this.changedFields.add(field);
    }
    window.clearTimeout(this.debounce);
    this.debounce = window.setTimeout(() => this.tellRecipients(item), this.host.timers.debounce);
  }

  private tellRecipients(item: Item): void {
    const changed = (field: RecipientField): boolean => this.changedFields.has(field);
    const fields =
      item.kind === "message"
        ? { to: changed("to"), cc: changed("cc"), bcc: changed("bcc") }
        : { requiredAttendees: changed("to"), optionalAttendees: changed("cc") };
    this.debounce = undefined;
    this.changedFields = new Set();
    this.events.raise(RECIPIENT_EVENTS[item.kind], { changedRecipientFields: fields });
    this.host.broadcast("olkRecipientsChanged", [JSON.stringify(fields)], "pane");
  }

  private async sendOpenItem(): Promise<SendState> {
    const { item } = this;
    const form = this.form;
    if (item === undefined || form === undefined) {
      throw new Error("There is nothing to send.");
    }
    const hindrance = form.finish();
    if (hindrance !== undefined) {
      form.setStatus(this.say(hindrance));
      return "refused";
    }
    form.setBusy(true);
    return new Promise<SendState>((resolve, reject) => {
      this.dialog.onShow(() => {
        form.setStatus("");
        resolve("dialog");
      });
      this.finishSending(item).then(resolve, reject);
    });
  }

  private async finishSending(item: Item): Promise<SendState> {
    const result = await new Sending(this.host, this.events, this.dialog).send(item);
    if (this.item !== item) {
      return "held";
    }
    if (result.kind === "stay") {
      this.form?.setBusy(false);
      this.form?.setStatus(this.say("held"));
      if (result.action !== undefined) {
        this.runCommand(result.action.commandId, result.action.contextData);
      }
      return "held";
    }
    const sent = this.mailbox.deliver(item, result.how);
    this.dropItem();
    this.show(renderSentMail(this, sent));
    byId("status").textContent = this.say(sent.how === "checked" ? "delivered" : "deliveredUnchecked");
    return "sent";
  }
}
