// Where Outlook is less kind than an add-in would like. One row is one switch of the workbench and one line of
// docs/simulator.md. A quirk is on in the clients that Microsoft documents it for, and off elsewhere: reports tell what
// somebody met, not what every user meets.

import type { Client, ClientId } from "./clients";

/**
 * `documented` is on. `reported` and what is documented but `unclear` are off, as is a client that is not named: there
 * nothing is known.
 */
export type Known = "documented" | "reported" | "unclear";

type Texts = Readonly<Record<"da" | "en", string>>;

export interface Quirk {
  /** The name of the switch. */
  readonly title: Texts;
  /** What the simulator does, for docs/simulator.md. */
  readonly effect: string;
  readonly clients: Readonly<Partial<Record<ClientId, Known>>>;
  /** A page of Microsoft's, or an issue of OfficeDev/office-js. */
  readonly source: string;
}

const CLASSIC: readonly ClientId[] = ["classic2602", "classic", "ltsc2024", "old"];
const WEB: readonly ClientId[] = ["web", "new"];
const DESKTOP: readonly ClientId[] = [...WEB, ...CLASSIC, "mac"];
const ALL: readonly ClientId[] = [...DESKTOP, "phone"];

function known(as: Known, clients: readonly ClientId[]): Partial<Record<ClientId, Known>> {
  return Object.fromEntries(clients.map((client) => [client, as]));
}

const ROWS = {
  "unresolved-at-send": {
    title: { da: "Skrevne modtagere slås først op efter Send", en: "Typed recipients are resolved only after Send" },
    effect:
      "What is typed into a recipient field stays as typed until the send event has passed, so `getAsync` does not give it. Only a choice from the address book is resolved at once.",
    clients: known("reported", WEB),
    source: "Recipients.getAsync (“only resolved recipients”); issues 5663, 5603, 2569",
  },
  "legacy-recipients": {
    title: { da: "Kolleger har gamle Exchange-adresser", en: "Colleagues have legacy Exchange addresses" },
    effect:
      "`emailAddress` of a colleague is `/o=…/cn=…`, and `recipientType` is `externalUser`. Written back, it is the same colleague.",
    clients: known("reported", ["web"]),
    source: "issue 3701",
  },
  "legacy-from": {
    title: { da: "Fra har en gammel Exchange-adresse", en: "From has a legacy Exchange address" },
    effect: "`from.getAsync` gives `/o=…/cn=…` as `emailAddress`.",
    clients: known("reported", WEB),
    source: "issues 2590, 1250",
  },
  "groups-without-address": {
    title: { da: "Grupper har ingen adresse", en: "Groups have no address" },
    effect:
      "`emailAddress` of a group is undefined. `setAsync` and `addAsync` with such a recipient fail with 5010 in classic Outlook; elsewhere it becomes an unresolved name.",
    clients: known("reported", ["web", ...CLASSIC, "mac"]),
    source: "issues 4456, 4661, 5439, 5991, 2502",
  },
  "organizer-attends": {
    title: { da: "Arrangøren står blandt deltagerne", en: "The organizer is among the attendees" },
    effect: "`requiredAttendees.getAsync` gives the organizer too.",
    clients: known("documented", CLASSIC),
    source: "Recipients.getAsync",
  },
  "organizer-attends-edited": {
    title: {
      da: "Arrangøren står blandt deltagerne i et møde, der åbnes igen",
      en: "The organizer is among the attendees of a meeting that is opened again",
    },
    effect: "The same, once the meeting has been saved.",
    clients: known("documented", WEB),
    source: "Recipients.getAsync",
  },
  "from-without-type": {
    title: { da: "Fra har ingen modtagertype", en: "From has no recipient type" },
    effect: "`from.getAsync` and `organizer.getAsync` give no `recipientType`.",
    clients: known("documented", ALL),
    source: "From.getAsync",
  },
  "attendees-without-type": {
    title: { da: "Deltagere har ingen modtagertype", en: "Attendees have no recipient type" },
    effect: "`getAsync` of a meeting's attendees gives no `recipientType`.",
    clients: known("documented", ["mac"]),
    source: "Compare Outlook add-in support in Outlook on Mac",
  },
  "few-recipients-read": {
    title: { da: "Et felt læses kun til en grænse", en: "A field is read up to a limit only" },
    effect:
      "`getAsync` gives no more recipients of a field than the client allows, and does not say that there are more. A user can put more into the field.",
    clients: known("documented", [...WEB, ...CLASSIC, "phone"]),
    source: "Recipients.getAsync",
  },
  "few-recipients-written": {
    title: { da: "Et felt skrives kun til en grænse", en: "A field is written up to a limit only" },
    effect:
      "`addAsync` and `setAsync` fail with 9012 when the field would have more recipients than the client allows. That one call takes at most 100 is office.js's own limit, and always holds.",
    clients: known("documented", [...WEB, ...CLASSIC, "phone"]),
    source: "Recipients.addAsync, Recipients.setAsync",
  },
  "roaming-apart": {
    title: {
      da: "Hændelser har deres egne gemte indstillinger",
      en: "Events have roaming settings of their own",
    },
    effect: "What the task pane saves is not there in an event, and the reverse.",
    clients: known("reported", ["web"]),
    source: "issue 5650",
  },
  "roaming-unread": {
    title: {
      da: "Hændelser kan ikke læse gemte indstillinger",
      en: "Events cannot read roaming settings",
    },
    effect:
      "In an event every setting reads undefined. As always, `saveAsync` writes the whole set as that runtime loaded it, so all other keys are lost.",
    clients: known("reported", ["web", ...CLASSIC]),
    source: "issues 6106, 5650",
  },
  "roaming-stale": {
    title: { da: "Hændelser læser forældede indstillinger", en: "Events read stale roaming settings" },
    effect: "An event gets the settings as they were when the page was opened, and saves them as such.",
    clients: known("reported", CLASSIC),
    source: "issue 6728",
  },
  "prefix-stays": {
    title: { da: "Emnets SV:, VS: og lignende bliver stående", en: "The subject keeps its RE:, FW: and the like" },
    effect:
      "`subject.setAsync` leaves the prefixes of the subject in place, before whatever text it is given. Microsoft's page says so of every client, but not what becomes of a text that brings the prefix along.",
    clients: known("unclear", ALL),
    source: "Subject.setAsync",
  },
  "body-differs": {
    title: { da: "Brødteksten læses forskelligt to gange", en: "The body reads differently twice" },
    effect: "`body.getAsync` gives other line ends and other image addresses at every second call.",
    clients: known("reported", WEB),
    source: "issues 5036, 5981, 6944",
  },
  "images-lost": {
    title: { da: "Billeder i teksten går tabt", en: "Images in the text are lost" },
    effect: "`body.setAsync` removes the inline images, also from a body that is written back unchanged.",
    clients: known("reported", WEB),
    source: "issues 6808, 5925, 402",
  },
  "bars-go-on-reopening": {
    title: { da: "En kladde mister sine beskeder", en: "A draft loses its notifications" },
    effect: "A draft that is opened again has only its persistent informational messages.",
    clients: known("documented", ALL),
    source: "Create notifications for your Outlook add-in; NotificationMessageDetails.persistent",
  },
  "bars-go-on-popping-out": {
    title: {
      da: "Mailen mister beskeden, når den åbnes i sit eget vindue",
      en: "A mail loses its insight message when it is popped out",
    },
    effect: "*Open in its own window* removes the insight message, and no event follows.",
    clients: known("reported", WEB),
    source: "issue 4324",
  },
  "one-bar": {
    title: { da: "Kun én besked ad gangen", en: "One notification at a time" },
    effect: "A notification replaces the one before it, whatever its key.",
    clients: known("documented", ["phone"]),
    source: "Create notifications for your Outlook add-in",
  },
  "runtime-kept": {
    title: {
      da: "Hændelser kører i samme side, også for forskellige mails",
      en: "Events share a page, also between mails",
    },
    effect:
      "Two events run at once in one page, which stays when the mail is closed. `Office.context.mailbox.item` is then the open mail, also for a handler of the former one.",
    clients: {},
    source: "none: nothing says that a page is always a new one",
  },
  "send-collides": {
    title: { da: "Send lige efter en anden hændelse går galt", en: "Send right after another event goes wrong" },
    effect:
      "Send within 100 ms of another launch event ends both: the dialog says only that the add-in prevents the sending.",
    clients: known("reported", WEB),
    source: "issues 4669, 5093",
  },
  "cancellation-checked": {
    title: { da: "En aflysning bliver kontrolleret", en: "A cancellation is checked" },
    effect: "Sending the cancellation of a meeting raises OnAppointmentSend.",
    clients: known("reported", CLASSIC),
    source: "issue 4932",
  },
  "schedule-forgotten": {
    title: { da: "En stoppet mail mister sit sendetidspunkt", en: "A stopped mail forgets when to be sent" },
    effect: "A mail that is scheduled for later and whose send event was refused leaves at once when it is sent again.",
    clients: known("reported", WEB),
    source: "issue 6413",
  },
  "offline-unchecked": {
    title: { da: "Offline bliver mails sendt uden kontrol", en: "Offline, mail is sent unchecked" },
    effect: "*Work offline* puts the mail into the Outbox without an event, whatever the send mode.",
    clients: known("reported", ["new"]),
    source: "issue 6177",
  },
  "ampersand-underlines": {
    title: { da: "& i en dialog understreger næste bogstav", en: "& in a dialog underlines the next letter" },
    effect: "`&` of the dialog's message vanishes, and the next letter is underlined; `&&` is one `&`.",
    clients: known("reported", CLASSIC),
    source: "issue 6622",
  },
} as const satisfies Readonly<Record<string, Quirk>>;

export type QuirkId = keyof typeof ROWS;

export const QUIRKS: Readonly<Record<QuirkId, Quirk>> = ROWS;
export const QUIRK_IDS = Object.keys(ROWS) as readonly QuirkId[];

/** The switches: a quirk is as it is documented for the client, until somebody sets it. */
export class Quirks {
  private readonly chosen = new Map<QuirkId, boolean>();
  private readonly client: () => Client;

  constructor(client: () => Client) {
    this.client = client;
  }

  has(id: QuirkId): boolean {
    return this.chosen.get(id) ?? QUIRKS[id].clients[this.client().id] === "documented";
  }

  get list(): readonly QuirkId[] {
    return QUIRK_IDS.filter((id) => this.has(id));
  }

  set(id: QuirkId, on: boolean): void {
    this.chosen.set(id, on);
  }

  /** Every quirk is again as it is documented for the client. */
  reset(): void {
    this.chosen.clear();
  }
}
