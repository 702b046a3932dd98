// What manifest.xml must hold beyond Microsoft's schemas: faults that Outlook ignores silently.
//
// Sources: Microsoft, "Office Add-ins manifest" reference (`Runtimes`, `LaunchEvent`, `ExtensionPoint`, `Requirements`,
// `Icon`, `SupportsSharedFolders`), "Configure your Outlook add-in for event-based activation", "Localization for
// Office Add-ins".

import { DOMParser, onErrorStopParsing, type Document, type Element } from "@xmldom/xmldom";

/** The manifest has texts in these languages. */
const DEFAULT_LOCALE = "da-DK";
const OTHER_LOCALE = "en-US";

/** Where the manifest locates the add-in. Packing a site replaces it. */
const ORIGIN = "https://localhost:3000/";

/** On-premises Exchange servers and phones claim no Mailbox set above this one, and the overrides need it. */
const BASE_SET = 5;

const MAX_ID = 32;
const MAX_URL = 2048;

/** Office's own tab, which both surfaces name. */
const OFFICE_TAB = "TabDefault";

/** The events that Outlook raises for a mail or an appointment in the compose window. */
const EVENTS: readonly string[] = [
  "OnNewMessageCompose",
  "OnNewAppointmentOrganizer",
  "OnMessageAttachmentsChanged",
  "OnAppointmentAttachmentsChanged",
  "OnMessageRecipientsChanged",
  "OnAppointmentAttendeesChanged",
  "OnAppointmentTimeChanged",
  "OnAppointmentRecurrenceChanged",
  "OnInfoBarDismissClicked",
  "OnMessageSend",
  "OnAppointmentSend",
  "OnMessageCompose",
  "OnAppointmentOrganizer",
  "OnMessageFromChanged",
  "OnAppointmentFromChanged",
  "OnSensitivityLabelChanged",
];
const SEND_EVENTS: readonly string[] = ["OnMessageSend", "OnAppointmentSend"];
/** The events that phones and tablets raise ("Implement event-based activation in Outlook mobile add-ins"). */
const MOBILE_EVENTS: readonly string[] = ["OnNewMessageCompose", "OnMessageRecipientsChanged", "OnMessageFromChanged"];

/** What the manifest is checked against. */
export interface Surroundings {
  /** The project's version, such as `0.1.0`. */
  version: string;
  /** The functions that the shell associates with events. */
  handlers: readonly string[];
  /** The commands that a dialog or a bar of the shell refers to. */
  commands: readonly string[];
  /** The images that a bar of the shell shows. */
  icons: readonly string[];
  /** Is there such a file at the manifest's origin? */
  hasFile: (path: string) => boolean;
  /** The width and height of a PNG at the manifest's origin; undefined if the file is not a PNG. */
  imageSize: (path: string) => [width: number, height: number] | undefined;
}

export interface Fault {
  /** Counts from 1. */
  line: number;
  /** What is wrong, and what to write instead. */
  message: string;
}

/** All faults of a manifest, by line. Throws if it is not XML. */
export function faults(xml: string, surroundings: Surroundings): Fault[] {
  const document = parse(xml);
  const root = document.documentElement;
  if (root === null) {
    throw new Error("the manifest has no root element");
  }
  const found: Fault[] = [];
  const check: Check = (holds, at, message) => {
    if (!holds) {
      found.push({ line: at.lineNumber ?? 0, message: message() });
    }
  };
  for (const part of [head, requirements, events, runtimes, shell, resources, ids, texts, addresses, icons]) {
    part(root, check, surroundings);
  }
  return found.sort((one, other) => one.line - other.line);
}

/** Parses XML. Throws if it is not well-formed. */
export function parse(xml: string): Document {
  return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, "text/xml");
}

/** Reports a fault unless a condition holds. */
type Check = (holds: boolean, at: Element, message: () => string) => void;

// What the add-in is

function head(root: Element, check: Check, { version }: Surroundings): void {
  const property = (name: string, isGood: (found: string) => boolean, message: (found: string) => string) => {
    const element = child(root, name);
    const found = element === undefined ? "" : text(element);
    check(isGood(found), element ?? root, () => message(found));
  };
  property(
    "Id",
    (id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id),
    (id) => `the Id ${id} is not a GUID: write 8-4-4-4-12 hexadecimal digits`,
  );
  const isVersion = (found: string) => /^\d{1,5}(\.\d{1,5}){0,3}$/.test(found);
  property(
    "Version",
    isVersion,
    (found) => `the Version ${found} is malformed: write one to four numbers of at most five digits`,
  );
  property(
    "Version",
    (found) => !isVersion(found) || found === `${version}.0`,
    (found) =>
      `the Version is ${found}: write ${version}.0, by which Outlook distinguishes this manifest from older ones`,
  );
  property(
    "Permissions",
    (found) => found === "ReadWriteItem",
    (found) => `Permissions is ${found}: write ReadWriteItem; changing a draft needs it and no more`,
  );
  property(
    "DefaultLocale",
    (found) => found === DEFAULT_LOCALE,
    (found) => `the DefaultLocale is ${found}: write ${DEFAULT_LOCALE}, the language of the default texts`,
  );
}

/** A client that does not meet the requirements hides the add-in, or all its buttons and events, without notice. */
function requirements(root: Element, check: Check): void {
  const base = child(root, "Requirements");
  check(
    mailboxSet(base) === BASE_SET,
    base ?? root,
    () => "the base Requirements do not ask for Mailbox 1.5: on-premises servers and phones meet no more",
  );
  const overrides = all(root, "VersionOverrides");
  for (const repeated of overrides.flatMap((one) => child(one, "Requirements") ?? [])) {
    check(
      false,
      repeated,
      () => "the overrides have Requirements: those of the base hold for them, and more loses phones with all events",
    );
  }
  check(
    all(root, "MobileFormFactor").length > 0,
    overrides.at(-1) ?? root,
    () => "there is no MobileFormFactor: phones would show nothing while a mail is written",
  );
  for (const desktop of all(root, "DesktopFormFactor")) {
    const shared = child(desktop, "SupportsSharedFolders");
    check(
      shared !== undefined && text(shared) === "true",
      desktop,
      () => "DesktopFormFactor lacks SupportsSharedFolders true: mail from shared mailboxes would go unchecked",
    );
  }
}

/** The minor version of the Mailbox set that is required. */
function mailboxSet(requirements: Element | undefined): number | undefined {
  const sets = requirements && child(requirements, "Sets");
  const set = sets && children(sets).find((one) => one.localName === "Set" && one.getAttribute("Name") === "Mailbox");
  const version = set && (set.getAttribute("MinVersion") ?? sets.getAttribute("DefaultMinVersion"));
  const minor = /^1\.(\d+)$/.exec(version ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}

// Events, and the names that the manifest and the shell share

function events(root: Element, check: Check, { handlers }: Surroundings): void {
  const seen = new Set<string>();
  for (const event of all(root, "LaunchEvent")) {
    const type = event.getAttribute("Type") ?? "";
    const functionName = event.getAttribute("FunctionName") ?? "";
    const isMobile = hasAncestor(event, "MobileFormFactor");
    const key = `${type} ${isMobile ? "mobile" : "desktop"}`;
    check(
      EVENTS.includes(type),
      event,
      () => `Outlook raises no event ${type}: see the list of events that activate an add-in`,
    );
    check(!seen.has(key), event, () => `there are two LaunchEvents ${type}: remove one`);
    seen.add(key);
    check(
      !isMobile || MOBILE_EVENTS.includes(type),
      event,
      () => `phones do not raise ${type}: declare it in the DesktopFormFactor only`,
    );
    check(
      handlers.includes(functionName),
      event,
      () => `the LaunchEvent ${type} names the function ${functionName}, which the shell does not associate`,
    );
    sendMode(event, type, check);
  }
  for (const type of SEND_EVENTS) {
    check(
      seen.has(`${type} desktop`),
      root,
      () => `there is no LaunchEvent ${type}: without it Outlook sends unchecked`,
    );
  }
  for (const type of MOBILE_EVENTS) {
    check(
      seen.has(`${type} mobile`) || all(root, "MobileFormFactor").length === 0,
      root,
      () => `phones are not asked for ${type}: an event that is added later needs the administrators' consent anew`,
    );
  }
}

function sendMode(event: Element, type: string, check: Check): void {
  const mode = event.getAttribute("SendMode");
  if (SEND_EVENTS.includes(type)) {
    // With Block no mail leaves when the add-in cannot load, and the store does not accept it: the choice is the
    // organisation's.
    check(
      mode === "SoftBlock",
      event,
      () => `the LaunchEvent ${type} has the SendMode ${mode ?? "unset"}: write SoftBlock`,
    );
  } else {
    check(mode === null, event, () => `the LaunchEvent ${type} has a SendMode: only the send events take one`);
  }
}

/** Outlook finds the page of the events by the runtime with the same resid. */
function runtimes(root: Element, check: Check): void {
  const found = all(root, "Runtime");
  const page = found[0]?.getAttribute("resid") ?? null;
  check(found.length === 1, root, () => `there are ${String(found.length)} Runtimes: Outlook takes exactly one`);
  for (const runtime of found) {
    check(
      children(runtime).some((one) => one.localName === "Override" && one.getAttribute("type") === "javascript"),
      runtime,
      () => "the Runtime has no Override of type javascript: without it classic Outlook runs nothing",
    );
  }
  for (const launch of all(root, "LaunchEvents")) {
    const point = launch.parentNode as Element | null;
    const source = point === null ? undefined : child(point, "SourceLocation");
    check(
      source !== undefined && source.getAttribute("resid") === page,
      source ?? launch,
      () => `the SourceLocation of the events is not that of the Runtime: write ${page ?? "its resid"}`,
    );
  }
}

/** A name that the manifest lacks turns the button of a dialog into a plain "cancel", and makes a bar fail. */
function shell(root: Element, check: Check, { commands, icons }: Surroundings): void {
  const controls = all(root, "Control").filter((control) => child(control, "Action") !== undefined);
  const controlIds = controls.map((control) => control.getAttribute("id"));
  for (const command of commands) {
    check(
      controlIds.includes(command),
      root,
      () => `the shell refers to the command ${command}: no Control has this id`,
    );
  }
  const imageIds = all(root, "Image").map((image) => image.getAttribute("id"));
  for (const icon of icons) {
    check(
      imageIds.includes(icon),
      root,
      () => `the shell shows the image ${icon}: no image in the Resources has this id`,
    );
  }
}

// Resources

/** The group of the Resources in which an element looks up its resid. */
const GROUPS: Record<string, string> = {
  Label: "ShortStrings",
  Title: "ShortStrings",
  Description: "LongStrings",
  Image: "Images",
  SourceLocation: "Urls",
  FunctionFile: "Urls",
  Runtime: "Urls",
  Override: "Urls",
};

/** Every resource that is used exists in the right group, and every resource is used. */
function resources(root: Element, check: Check): void {
  const entries = all(root, "*").filter(isResource);
  const groups = new Map(entries.map((one) => [one.getAttribute("id"), (one.parentNode as Element).localName]));
  const users = all(root, "*").filter((one) => one.hasAttribute("resid"));
  for (const user of users) {
    const resid = user.getAttribute("resid");
    const name = user.localName ?? "";
    const group = groups.get(resid);
    const expected = GROUPS[name];
    check(group !== undefined, user, () => `the resid ${resid ?? ""} of ${name} names no resource`);
    check(
      group === undefined || group === expected,
      user,
      () =>
        `the resid ${resid ?? ""} of ${name} is in the ${group ?? ""}: it must be in the ${expected ?? "group of a known element"}`,
    );
  }
  const used = new Set(users.map((one) => one.getAttribute("resid")));
  for (const entry of entries) {
    const id = entry.getAttribute("id");
    check(id === null || used.has(id), entry, () => `the resource ${id ?? ""} is not used: remove it`);
  }
}

function isResource(element: Element): boolean {
  return element.parentNode?.parentNode?.localName === "Resources";
}

function ids(root: Element, check: Check): void {
  const seen = new Set<string>();
  for (const element of all(root, "*")) {
    const id = element.getAttribute("id");
    if (id !== null && id !== OFFICE_TAB) {
      check(!seen.has(id), element, () => `the id ${id} is not unique: Outlook identifies things by it`);
      seen.add(id);
      check(
        id.length <= MAX_ID,
        element,
        () => `the id ${id} has ${String(id.length)} characters: at most ${String(MAX_ID)} are read`,
      );
    }
  }
}

function texts(root: Element, check: Check): void {
  for (const element of all(root, "*")) {
    const most = maxLength(element);
    if (most !== undefined) {
      const name = nameOf(element);
      const isProvider = element.localName === "ProviderName";
      const found = isProvider ? [text(element)] : values(element);
      check(
        // JavaScript counts in UTF-16 code units, as Office does.
        found.every((one) => one.length <= most),
        element,
        () => `a text of ${name} is too long: at most ${String(most)} characters are shown`,
      );
      check(
        found.every((one) => one.trim() !== ""),
        element,
        () => `a text of ${name} is empty: Outlook shows the button or the add-in without a name`,
      );
      const locales = overrides(element).flatMap((one) => one.getAttribute("Locale") ?? []);
      check(
        isProvider || (element.hasAttribute("DefaultValue") && locales.join() === OTHER_LOCALE),
        element,
        () => `${name} needs one text in each language: give the default and an Override for ${OTHER_LOCALE}`,
      );
    }
  }
}

/** The limit of a text in UTF-16 code units; undefined if the element holds no text. */
function maxLength(element: Element): number | undefined {
  switch (`${element.parentNode?.localName ?? ""}/${element.localName ?? ""}`) {
    case "OfficeApp/DisplayName":
    case "OfficeApp/ProviderName":
    case "ShortStrings/String":
      return 125;
    case "OfficeApp/Description":
    case "LongStrings/String":
      return 250;
    default:
      return undefined;
  }
}

// Addresses and icons

const ADDRESSES = ["IconUrl", "HighResolutionIconUrl", "SupportUrl", "SourceLocation", "Image", "Url"];

function addresses(root: Element, check: Check, { hasFile }: Surroundings): void {
  const elements = ADDRESSES.flatMap((name) => all(root, name)).filter((one) => one.hasAttribute("DefaultValue"));
  for (const element of elements) {
    const name = nameOf(element);
    for (const url of values(element)) {
      check(
        url.length <= MAX_URL,
        element,
        () => `the address of ${name} has ${String(url.length)} characters: at most ${String(MAX_URL)} are read`,
      );
      const file = fileOf(url);
      if (!url.startsWith("https://")) {
        check(false, element, () => `the address of ${name} is not https: Outlook loads nothing else`);
      } else if (file !== undefined) {
        check(hasFile(file), element, () => `the address of ${name} is ${file}: the build makes no such file`);
      } else {
        // Only help may be elsewhere: what runs and what is shown comes from the place that the policy comes from.
        check(
          element.localName === "SupportUrl",
          element,
          () => `the address of ${name} does not begin with ${ORIGIN}`,
        );
      }
    }
  }
}

/** Outlook omits or blurs icons that do not have the declared size. */
function icons(root: Element, check: Check, { hasFile, imageSize }: Surroundings): void {
  const icon = (at: Element, resource: Element, size: number) => {
    // Addresses without a file are reported above.
    for (const file of values(resource).flatMap((url) => fileOf(url) ?? [])) {
      check(
        !hasFile(file) || imageSize(file)?.join() === `${String(size)},${String(size)}`,
        at,
        () => `${file} is not a PNG of ${String(size)} × ${String(size)} pixels, as the manifest declares`,
      );
    }
  };
  for (const [name, size] of [
    ["IconUrl", 64],
    ["HighResolutionIconUrl", 128],
  ] as const) {
    const found = all(root, name);
    check(found.length > 0, root, () => `there is no ${name}: give one of ${String(size)} pixels`);
    for (const element of found) {
      icon(element, element, size);
    }
  }
  const images = new Map(all(root, "Image").map((image) => [image.getAttribute("id"), image]));
  for (const element of all(root, "Icon")) {
    const sizes = children(element).flatMap((image) => image.getAttribute("size") ?? []);
    check(
      sizes.join() === "16,32,80",
      element,
      () => `an Icon has the sizes ${sizes.join(", ")}: give 16, 32 and 80, which Outlook requires`,
    );
    for (const image of children(element)) {
      const resource = images.get(image.getAttribute("resid") ?? "");
      if (resource !== undefined && image.hasAttribute("size")) {
        icon(image, resource, Number(image.getAttribute("size")));
      }
    }
  }
}

/** The path below the origin, without query and fragment. */
function fileOf(url: string): string | undefined {
  return url.startsWith(ORIGIN) ? url.slice(ORIGIN.length).split(/[?#]/)[0] : undefined;
}

// XML

/** All elements with a local name below the root; no local name has two meanings here, whatever its namespace. */
function all(root: Element, name: string): Element[] {
  return [...root.getElementsByTagNameNS("*", name)];
}

function children(element: Element): Element[] {
  return [...element.children];
}

function child(element: Element, name: string): Element | undefined {
  return children(element).find((one) => one.localName === name);
}

function hasAncestor(element: Element, name: string): boolean {
  for (let parent = element.parentNode; parent !== null; parent = parent.parentNode) {
    if (parent.localName === name) {
      return true;
    }
  }
  return false;
}

function text(element: Element): string {
  return element.textContent?.trim() ?? "";
}

/** What a message calls an element. */
function nameOf(element: Element): string {
  return element.getAttribute("id") ?? element.localName ?? "";
}

function overrides(element: Element): Element[] {
  return children(element).filter((one) => one.localName === "Override");
}

/** The value of a text or an address in the default language and in each other. */
function values(element: Element): string[] {
  const found = [element.getAttribute("DefaultValue"), ...overrides(element).map((one) => one.getAttribute("Value"))];
  return found.filter((value) => value !== null);
}
