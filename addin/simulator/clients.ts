// The Outlook clients that the simulator can play. The frame always runs office.js for the web; clients differ in the
// requirement set that they offer and in how their Smart Alerts dialog treats the newer options.

export type ClientId = "web" | "new" | "classic2602" | "classic" | "ltsc2024" | "mac" | "old" | "phone";

/** Which button an add-in's `cancelLabel` and `commandId` change. */
export type ActionButton =
  /** A button of its own beside "Don't Send", there only when `commandId` is given. */
  | "own"
  /** "Don't Send" itself gets the label, and opens the pane. */
  | "dont-send"
  /** The client supports neither option. */
  | "none";

export interface Client {
  readonly id: ClientId;
  /** The highest Mailbox requirement set, e.g. "1.14". */
  readonly mailbox: string;
  readonly actionButton: ActionButton;
  /** Classic Outlook before version 2410 opens the pane also when the dialog is closed. */
  readonly closingOpensPane: boolean;
  /** How many recipients of a field an add-in can read and write. */
  readonly mostRecipients: number;
  /** Classic Outlook for Windows, of any version. */
  readonly classic?: true;
  /** A phone has its own part of the manifest for events, and no pane while a mail is written. */
  readonly phone?: true;
  /** The value of `Office.context.diagnostics.version`. */
  readonly hostVersion: string;
}

export const CLIENTS: Readonly<Record<ClientId, Client>> = {
  web: {
    id: "web",
    mailbox: "1.16",
    actionButton: "own",
    closingOpensPane: false,
    mostRecipients: 1_000,
    hostVersion: "20260801.01",
  },
  new: {
    id: "new",
    mailbox: "1.16",
    actionButton: "own",
    closingOpensPane: false,
    mostRecipients: 1_000,
    hostVersion: "1.2026.801.0",
  },
  classic2602: {
    id: "classic2602",
    mailbox: "1.16",
    actionButton: "own",
    closingOpensPane: false,
    mostRecipients: 1_000,
    classic: true,
    hostVersion: "16.0.19725.20126",
  },
  classic: {
    id: "classic",
    mailbox: "1.15",
    actionButton: "own",
    closingOpensPane: false,
    mostRecipients: 500,
    classic: true,
    hostVersion: "16.0.18324.20172",
  },
  ltsc2024: {
    id: "ltsc2024",
    mailbox: "1.14",
    actionButton: "dont-send",
    closingOpensPane: true,
    mostRecipients: 500,
    classic: true,
    hostVersion: "16.0.17932.20000",
  },
  mac: {
    id: "mac",
    mailbox: "1.14",
    actionButton: "dont-send",
    closingOpensPane: false,
    mostRecipients: Number.POSITIVE_INFINITY,
    hostVersion: "16.100.0",
  },
  old: {
    id: "old",
    mailbox: "1.12",
    actionButton: "none",
    closingOpensPane: false,
    mostRecipients: 500,
    classic: true,
    hostVersion: "16.0.15330.20196",
  },
  phone: {
    id: "phone",
    mailbox: "1.5",
    actionButton: "none",
    closingOpensPane: false,
    mostRecipients: 100,
    phone: true,
    hostVersion: "4.2502.0",
  },
};

export function isClientId(text: string): text is ClientId {
  return Object.hasOwn(CLIENTS, text);
}

/** Does a client that offers the set `offered` support the set `wanted`? 1.9 is below 1.12. */
export function offersSet(offered: string, wanted: string): boolean {
  const [offeredMajor = 0, offeredMinor = 0] = offered.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return offeredMajor > wantedMajor || (offeredMajor === wantedMajor && offeredMinor >= wantedMinor);
}
