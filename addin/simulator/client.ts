// The mail client: owns the open item, its form, the pane and the folders, and raises the events of the add-in.

import type { SendState } from "./api";
import { CLIENTS, offersSet, type ClientId } from "./clients";
import { localise, type Config, type Theme } from "./config";
import { localeOf, type Language } from "./host/context";
import { LaunchEvents } from "./host/events";
import { Host } from "./host/host";
import { readRecipients } from "./item/addresses";
import {
  RECIPIENT_FIELDS,
  type Change,
  type Item,
  type Notification,
  type NotificationAction,
  type RecipientField,
} from "./item/item";
import { cancellationOf, Mailbox, type ComposeRequest, type SentItem } from "./mailbox";
import { readManifest, type Command } from "./manifest/manifest";
import { EXAMPLE_RECIPIENT, type Received } from "./people";
import { draftOf, type ReadyMail } from "./ready";
import { Sending } from "./sending";
import { say, type TextKey } from "./texts";
import { ComposeForm } from "./ui/compose";
import { AlertDialog } from "./ui/dialog";
import { button, byId, make } from "./ui/dom";
import { TaskPane } from "./ui/pane";
import { renderReceivedMail, renderSentMail } from "./ui/reading";
import { renderReadyHint } from "./ui/ready";
import { asTyped, resolve } from "./ui/recipients";
import { whenOf } from "./ui/when";

const NEW_EVENTS = { message: "OnNewMessageCompose", appointment: "OnNewAppointmentOrganizer" } as const;
const RECIPIENT_EVENTS = {
  message: "OnMessageRecipientsChanged",
  appointment: "OnAppointmentAttendeesChanged",
} as const;

/** Office.MailboxEnums.InfobarType, as numbers. */
const INFOBAR_TYPES = { informationalMessage: 0, progressIndicator: 1, errorMessage: 2, insightMessage: 3 } as const;

export type Folder = "inbox" | "drafts" | "sent";

export class MailClient {
  readonly host: Host;
  readonly events: LaunchEvents;
  readonly mailbox = new Mailbox();
  readonly dialog = new AlertDialog(document.body);
  readonly pane: TaskPane;
  readonly ready: Promise<void>;
  manifestError: string | undefined;
  theme: Theme;
  folder: Folder = "inbox";
  /** The mail that is read, in the place of the form. */
  reading: Received | SentItem | undefined;
  /** The ready mail that is open in the form. */
  readyMail: ReadyMail | undefined;
  private renderListener: () => void = () => undefined;
  private form: ComposeForm | undefined;
  private manifestText: string | undefined;
  private changedFields = new Set<RecipientField>();
  private debounce: number | undefined;
  /** A new item that nobody has changed: it is not worth a draft. */
  private untouched: Item | undefined;
  private sending: Promise<SendState> | undefined;
  private readonly config: Config;
  private readonly work = byId("work");

  constructor(config: Config) {
    this.config = config;
    this.theme = config.theme;
    this.host = new Host(CLIENTS[config.client]);
    this.host.language = config.language;
    this.events = new LaunchEvents(this.host, byId("runtimes"));
    this.pane = new TaskPane(this.host, byId("pane"), this.say, () => this.closePane());
    this.host.events = {
      completed: (frame, completion) => this.events.completed(frame, completion),
      closePane: (frame) => {
        if (frame === this.pane.frame) {
          this.closePane();
        }
      },
      left: (frame, way) => {
        if (frame !== this.pane.frame) {
          return;
        }
        const after = byId("workbench-title");
        if (way === "on") {
          after.focus();
        }
        // In a narrow window the pane hides all else.
        if (document.activeElement !== after) {
          this.pane.focus();
        }
      },
      save: () => this.saveDraft(),
      close: () => this.leaveItem(true),
    };
    this.ready = this.load();
  }

  readonly say = (key: TextKey, ...fill: string[]): string => say(this.host.language, key, ...fill);

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

  /** What the button for a new mail does. */
  newMail(): void {
    this.composeUntouched(this.config.demo ? { to: [EXAMPLE_RECIPIENT.address] } : {});
  }

  openReadyMail(ready: ReadyMail): void {
    this.composeUntouched(draftOf(ready, this.host.language), ready);
    // It is ready: Enter sends it.
    this.form?.focusSend();
  }

  compose(request: ComposeRequest = {}): void {
    this.composeItem(request, undefined);
  }

  openDraft(item: Item): void {
    if (this.host.quirks.has("bars-go-on-reopening")) {
      keepNotifications(item, ({ persistent }) => persistent === true);
    }
    this.open(item);
    if (item.kind === "message") {
      this.events.raise("OnMessageCompose");
    }
  }

  cancelMeeting(sent: SentItem): void {
    this.open(cancellationOf(sent, this.host.language));
  }

  /** Moves the open item into a window of its own. Here it stays where it is: only what that does to it matters. */
  popOut(): void {
    if (this.item !== undefined && this.host.quirks.has("bars-go-on-popping-out")) {
      keepNotifications(this.item, ({ type }) => type !== "insightMessage");
    }
    this.rebuildForm();
  }

  /** Has the open item sent at `time`, in milliseconds since 1970. */
  schedule(time: number): void {
    if (this.item !== undefined) {
      this.item.scheduledFor = time;
      this.form?.setStatus(this.say("scheduled", whenOf(time, this.host.language)));
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
  read(mail: Received | SentItem): void {
    byId("status").textContent = "";
    this.leaveItem(true);
    this.reading = mail;
    this.showReading();
    this.renderListener();
    this.work.querySelector<HTMLElement>("h2")?.focus();
  }

  /** Goes back from the open item to the list; what has been written becomes a draft. */
  goBack(): void {
    byId("status").textContent = "";
    this.leaveItem(true);
    this.reading = undefined;
    this.showReading();
    this.renderListener();
    this.focusFolder();
  }

  openFolder(folder: Folder): void {
    this.folder = folder;
    this.renderListener();
  }

  closePane(): void {
    const hadFocus = this.pane.hasFocus;
    this.pane.close();
    if (hadFocus) {
      this.form?.focusFirst();
    }
  }

  saveDraft(): void {
    if (this.item === undefined) {
      return;
    }
    this.untouched = undefined;
    this.mailbox.saveDraft(this.item);
    this.form?.setStatus(this.say("draftSaved"));
    this.renderListener();
  }

  discard(): void {
    if (this.item !== undefined) {
      this.mailbox.removeDraft(this.item);
    }
    this.leaveItem(false);
    this.focusFolder();
  }

  /**
   * Runs the add-in's command `commandId`; an unknown id does nothing, as in Outlook. A pane that the user opens gets
   * the focus.
   */
  runCommand(commandId: string, contextData = "", focus = false): void {
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
        focus,
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
      focus: true,
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

  /** The add-in's buttons for the ribbon. */
  addinButtons(): HTMLElement[] {
    return this.commands.map((command) => {
      const element = button(
        command.label,
        () => {
          if (this.pane.commandId === command.id) {
            this.closePane();
          } else {
            this.runCommand(command.id, "", true);
          }
        },
        { class: "ribbon", "data-command": command.id },
      );
      if (command.icon !== undefined) {
        element.prepend(make("img", { src: command.icon, alt: "", width: "20", height: "20" }));
      }
      return element;
    });
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

  private composeUntouched(request: ComposeRequest, ready?: ReadyMail): void {
    this.composeItem(request, ready);
    this.untouched = this.item;
  }

  private composeItem(request: ComposeRequest, ready: ReadyMail | undefined): void {
    const item = this.mailbox.create(request, this.host.language);
    this.open(item, ready);
    this.events.raise(NEW_EVENTS[item.kind]);
    if (item.kind === "message") {
      this.events.raise("OnMessageCompose");
    }
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

  private open(item: Item, ready?: ReadyMail): void {
    this.leaveItem(true);
    this.host.item = item;
    this.reading = undefined;
    this.readyMail = ready;
    byId("status").textContent = "";
    item.onChange((change) => this.changed(item, change));
    this.rebuildForm();
    this.form?.focusFirst();
  }

  private rebuildForm(): void {
    this.form?.destroy();
    this.form = undefined;
    const { item } = this;
    if (item !== undefined) {
      this.form = this.buildForm(item);
      this.work.replaceChildren(this.form.element);
    } else {
      this.showReading();
    }
    this.renderListener();
  }

  private focusFolder(): void {
    byId("folders").querySelector<HTMLElement>(`[data-folder="${this.folder}"]`)?.focus();
  }

  private showReading(): void {
    const { reading } = this;
    if (reading === undefined) {
      this.work.replaceChildren(make("p", { class: "nothing-open" }, this.say("nothingOpen")));
    } else {
      this.work.replaceChildren("id" in reading ? renderReceivedMail(this, reading) : renderSentMail(this, reading));
    }
  }

  private buildForm(item: Item): ComposeForm {
    const { readyMail } = this;
    return new ComposeForm({
      item,
      say: this.say,
      language: this.host.language,
      resolve: (name, address) => (this.resolvesLate ? asTyped : resolve)(name, address),
      ...(readyMail !== undefined && { hint: renderReadyHint(this, readyMail) }),
      infobar: {
        addinName: this.host.manifest?.displayName ?? "",
        imageUrl: (resid) => this.host.manifest?.images[resid],
        act: (action) => this.act(action),
        dismissed: (notification) => {
          item.removeNotification(notification.key, "user");
          this.host.broadcast("olkInfobarClicked", [{ notificationMessageKey: notification.key }], "pane");
          // The event does not say which notification it was, only its type.
          const infobarDetails = { actionType: 0, infobarType: INFOBAR_TYPES[notification.type] };
          this.events.raise("OnInfoBarDismissClicked", { infobarDetails });
        },
        say: this.say,
      },
      actions: {
        send: () => {
          void this.send();
        },
        save: () => this.saveDraft(),
        discard: () => this.discard(),
        back: () => this.goBack(),
      },
    });
  }

  private get resolvesLate(): boolean {
    return this.host.quirks.has("unresolved-at-send");
  }

  private act(action: NotificationAction): void {
    const { contextData } = action;
    this.runCommand(
      action.commandId,
      typeof contextData === "string" ? contextData : contextData === undefined ? "" : JSON.stringify(contextData),
      true,
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
    const isDraft = keep && !isEmpty && item !== this.untouched;
    if (isDraft) {
      this.mailbox.saveDraft(item);
    }
    if (this.sending !== undefined) {
      byId("status").textContent = isDraft ? `${this.say("held")} ${this.say("draftSaved")}` : this.say("held");
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
    this.untouched = undefined;
    this.readyMail = undefined;
    this.showReading();
    this.renderListener();
  }

  private changed(item: Item, change: Change): void {
    if (change.part !== "notifications" && change.part !== "session" && item === this.untouched) {
      this.untouched = undefined;
    }
    if (change.part === "from" && item.kind === "message") {
      this.events.raise("OnMessageFromChanged");
    }
    if (change.part === "label") {
      this.events.raise("OnSensitivityLabelChanged");
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
    const hindrance = form.finish(this.resolvesLate);
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
      if (this.host.quirks.has("schedule-forgotten")) {
        item.scheduledFor = undefined;
      }
      this.form?.setBusy(false);
      this.form?.setStatus(this.say("held"));
      if (result.action !== undefined) {
        this.runCommand(result.action.commandId, result.action.contextData, true);
      }
      return "held";
    }
    if (!resolveTyped(item)) {
      this.form?.setBusy(false);
      this.form?.setStatus(this.say("unresolvedRecipients"));
      return "refused";
    }
    const sent = this.mailbox.deliver(item, result.how);
    this.dropItem();
    this.folder = "sent";
    this.read(sent);
    byId("status").textContent = this.deliveryOf(sent);
    return "sent";
  }

  private deliveryOf({ how, scheduledFor }: SentItem): string {
    if (scheduledFor !== undefined) {
      return this.say("scheduled", whenOf(scheduledFor, this.host.language));
    }
    if (this.host.settings.offline) {
      return this.say("outbox");
    }
    return this.say(how === "checked" ? "delivered" : "deliveredUnchecked");
  }
}

function keepNotifications(item: Item, stays: (notification: Notification) => boolean): void {
  for (const notification of [...item.notifications.values()]) {
    if (!stays(notification)) {
      item.removeNotification(notification.key, "user");
    }
  }
}

/** Looks up what is still as typed; `false` if something is no recipient. */
function resolveTyped(item: Item): boolean {
  for (const field of RECIPIENT_FIELDS) {
    const before = item.recipients(field);
    if (before.some(({ resolved }) => !resolved)) {
      const after = before.flatMap((one) =>
        one.resolved ? [one] : readRecipients(one.name).map(({ name, address }) => resolve(name, address)),
      );
      item.setRecipients(field, after, "user");
    }
  }
  return RECIPIENT_FIELDS.every((field) => item.recipients(field).every(({ resolved }) => resolved));
}
