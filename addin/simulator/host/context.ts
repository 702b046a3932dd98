// What the host passes to a frame when it starts: the environment, and the item.

import type { Client } from "../clients";
import type { Item } from "../item/item";
import type { Person } from "../people";

export type Language = "da" | "en";

/** Of office.js's flights, the one with which Tab goes from the page itself, where the focus comes in, to its first control. */
const TAB_INTO_PAGE = 22;

export function localeOf(language: Language): string {
  return language === "da" ? "da-DK" : "en-US";
}

export interface FrameIdentity {
  /** The control id; every message of the frame repeats it. */
  readonly id: string;
  readonly conversation: string;
}

/** `window.name` of the add-in's frame, from which office.js reads its host and the window to talk to. */
export function frameName(identity: FrameIdentity, locale: string, hostUrl: string): string {
  return JSON.stringify({
    // Office.js caches under this name in the session storage of the add-in's origin, so no two frames may share it.
    baseFrameName: `_xdm_0__${identity.id}`,
    hostInfo: ["Outlook", "Web", "16.01", locale, crypto.randomUUID(), "", "", "16"].join("|"),
    xdmInfo: [identity.conversation, identity.id, hostUrl].join("|"),
    serializerVersion: "1",
    flights: JSON.stringify([TAB_INTO_PAGE]),
  });
}

export interface ContextFacts {
  readonly identity: FrameIdentity;
  readonly client: Client;
  readonly locale: string;
  readonly addinName: string;
  readonly hostUrl: string;
  /** Roaming settings, each value as JSON text. */
  readonly settings: Readonly<Record<string, string>>;
}

const OUTLOOK_WEB_APP = 64;

/** The answer to `getAppContextAsync`. */
export function appContext(facts: ContextFacts): object {
  return {
    _id: facts.identity.id,
    _appName: OUTLOOK_WEB_APP,
    _appVersion: "16.01",
    _appMinorVersion: 1,
    _appUILocale: facts.locale,
    _dataLocale: facts.locale,
    _docUrl: facts.hostUrl,
    _clientMode: 1,
    _settings: facts.settings,
    _reason: "documentOpened",
    _osfControlType: 1,
    _eToken: "",
    _correlationId: crypto.randomUUID(),
    _appInstanceId: facts.identity.id,
    _requirementMatrix: JSON.stringify({ Mailbox: facts.client.mailbox, DialogApi: "1.2" }),
    _hostFullVersion: facts.client.hostVersion,
    _clientWindowHeight: window.innerHeight,
    _clientWindowWidth: window.innerWidth,
    _addinName: facts.addinName,
    _appDomains: [],
    _dialogRequirementMatrix: JSON.stringify({ DialogApi: "1.2" }),
    _featureGates: {},
    _initialDisplayMode: 0,
  };
}

/** The host's numbers for permissions; they are not in order of strength. */
const PERMISSIONS: Readonly<Record<string, number>> = {
  Restricted: 0,
  ReadItem: 1,
  ReadWriteMailbox: 2,
  ReadWriteItem: 3,
};

const MESSAGE_COMPOSE = 4;
const APPOINTMENT_COMPOSE = 5;

/** The answer to `GetInitialData`; `null` if the frame has no item. */
export function initialData(item: Item | undefined, permission: string, client: Client, user: Person): object | null {
  if (item === undefined) {
    return null;
  }
  return {
    itemType: item.kind === "message" ? MESSAGE_COMPOSE : APPOINTMENT_COMPOSE,
    permissionLevel: PERMISSIONS[permission] ?? 0,
    userDisplayName: user.name,
    userEmailAddress: user.address,
    userTimeZone: "Romance Standard Time",
    userProfileType: "office365",
    hostVersion: client.hostVersion,
    owaView: "ThreeColumns",
    conversationId: `conversation-${item.id}`,
    seriesId: null,
    ewsUrl: "",
    restUrl: "",
    isRead: false,
    isFromSharedFolder: false,
    extensionId: "",
  };
}
