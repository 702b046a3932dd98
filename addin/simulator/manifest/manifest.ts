// Reads what the simulator needs of an add-in only manifest (XML). Elements are found by local name; of nested
// VersionOverrides the innermost counts, as in Outlook.

export type SendMode = "PromptUser" | "SoftBlock" | "Block";
export type Surface = "message" | "appointment";

export interface LaunchEvent {
  readonly type: string;
  readonly functionName: string;
  readonly sendMode: SendMode;
}

export type CommandAction =
  { readonly kind: "pane"; readonly url: string } | { readonly kind: "function"; readonly functionName: string };

/** A button of the add-in. Its `id` is what `commandId` names. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: string;
  readonly surface: Surface;
  readonly action: CommandAction;
}

export interface Manifest {
  readonly id: string;
  readonly displayName: string;
  /** `Restricted`, `ReadItem`, `ReadWriteItem` or `ReadWriteMailbox`. */
  readonly permission: string;
  /** The Mailbox set that the overrides require. A client below it ignores them. */
  readonly mailbox: string;
  /** The page that handles launch events in browser runtimes; missing if there are no launch events. */
  readonly runtimeUrl?: string;
  /** The page that holds the functions of function commands. */
  readonly functionUrl?: string;
  readonly launchEvents: readonly LaunchEvent[];
  /** The events that phones and tablets raise. */
  readonly mobileEvents: readonly LaunchEvent[];
  readonly commands: readonly Command[];
  /** Addresses of images by resource id: what `icon` of a notification names. */
  readonly images: Readonly<Record<string, string>>;
}

export class ManifestError extends Error {}

const SURFACES: Readonly<Record<string, Surface>> = {
  MessageComposeCommandSurface: "message",
  AppointmentOrganizerCommandSurface: "appointment",
};
const SEND_MODES: readonly string[] = ["PromptUser", "SoftBlock", "Block"];

/** Reads `document` for a user whose language is `locale`, e.g. "da-DK". Throws {@link ManifestError}. */
export function readManifest(document: Document, locale: string): Manifest {
  const root = document.documentElement;
  // Where the error stands in the document depends on the version of the browser.
  if (document.getElementsByTagName("parsererror").length > 0) {
    throw new ManifestError("The manifest is not well-formed XML; its root must be <OfficeApp>.");
  }
  if (root.localName !== "OfficeApp") {
    throw new ManifestError(`The manifest's root is <${root.localName}>; it must be <OfficeApp>.`);
  }
  const reader = new Reader(root, locale);
  return reader.read();
}

class Reader {
  private readonly root: Element;
  private readonly locale: string;
  private readonly overrides: Element;
  /** The part for computers; phones have their own. */
  private readonly desktop: Element;
  private readonly resources: Map<string, Element>;

  constructor(root: Element, locale: string) {
    this.root = root;
    this.locale = locale;
    const overrides = [...root.getElementsByTagNameNS("*", "VersionOverrides")].at(-1);
    if (overrides === undefined) {
      throw new ManifestError("The manifest has no <VersionOverrides>, so no event and no button.");
    }
    this.overrides = overrides;
    this.desktop = within(overrides, "DesktopFormFactor")[0] ?? overrides;
    this.resources = new Map(
      within(overrides, "Resources")
        .flatMap((resources) => [...resources.children])
        .flatMap((group) => [...group.children])
        .map((entry) => [entry.getAttribute("id") ?? "", entry]),
    );
  }

  read(): Manifest {
    const launchEvents = within(this.desktop, "LaunchEvent").map((event) => this.launchEvent(event));
    const mobile = within(this.overrides, "MobileFormFactor").flatMap((part) => within(part, "LaunchEvent"));
    const functionFile = within(this.desktop, "FunctionFile")[0];
    return {
      id: text(this.root, "Id"),
      displayName: this.localised(child(this.root, "DisplayName")),
      permission: text(this.root, "Permissions"),
      mailbox: this.mailbox(),
      launchEvents,
      mobileEvents: mobile.map((event) => this.launchEvent(event)),
      ...(launchEvents.length > 0 && { runtimeUrl: this.runtimeUrl() }),
      ...(functionFile && { functionUrl: this.resource(attribute(functionFile, "resid")) }),
      commands: within(this.desktop, "ExtensionPoint").flatMap((point) => this.commands(point)),
      images: Object.fromEntries(
        [...this.resources]
          .filter(([, entry]) => entry.localName === "Image")
          .map(([id, entry]) => [id, this.localised(entry)]),
      ),
    };
  }

  private mailbox(): string {
    const requirements =
      [...this.overrides.children].find((element) => element.localName === "Requirements") ??
      child(this.root, "Requirements");
    const set = within(requirements, "Set").find((element) => element.getAttribute("Name") === "Mailbox");
    const sets = within(requirements, "Sets")[0];
    return set?.getAttribute("MinVersion") ?? sets?.getAttribute("DefaultMinVersion") ?? "1.1";
  }

  private launchEvent(event: Element): LaunchEvent {
    const mode = event.getAttribute("SendMode") ?? "SoftBlock";
    if (!SEND_MODES.includes(mode)) {
      throw new ManifestError(`SendMode="${mode}" must be one of ${SEND_MODES.join(", ")}.`);
    }
    return {
      type: attribute(event, "Type"),
      functionName: attribute(event, "FunctionName"),
      sendMode: mode as SendMode,
    };
  }

  private runtimeUrl(): string {
    const point = within(this.desktop, "ExtensionPoint").find((element) => within(element, "LaunchEvents").length > 0);
    const location = point && within(point, "SourceLocation")[0];
    if (location === undefined) {
      throw new ManifestError("The LaunchEvent extension point has no <SourceLocation>.");
    }
    const resid = attribute(location, "resid");
    const runtime = within(this.overrides, "Runtime")[0];
    if (runtime?.getAttribute("resid") !== resid) {
      throw new ManifestError(
        `The <SourceLocation resid="${resid}"> of the launch events is not that of the <Runtime>.`,
      );
    }
    return this.resource(resid);
  }

  private commands(point: Element): Command[] {
    const type = point.getAttributeNS("http://www.w3.org/2001/XMLSchema-instance", "type") ?? "";
    const surface = Object.hasOwn(SURFACES, type) ? SURFACES[type] : undefined;
    if (surface === undefined) {
      return [];
    }
    return within(point, "Control").map((control) => this.command(control, surface));
  }

  private command(control: Element, surface: Surface): Command {
    const icon = within(control, "Image")
      .map((image) => image.getAttribute("resid") ?? "")
      .at(-1);
    return {
      id: attribute(control, "id"),
      label: this.resource(attribute(child(control, "Label"), "resid")),
      surface,
      action: this.action(child(control, "Action")),
      ...(icon !== undefined && { icon: this.resource(icon) }),
    };
  }

  private action(action: Element): CommandAction {
    const functionName = within(action, "FunctionName")[0]?.textContent;
    if (functionName !== undefined) {
      return { kind: "function", functionName };
    }
    return { kind: "pane", url: this.resource(attribute(child(action, "SourceLocation"), "resid")) };
  }

  private resource(id: string): string {
    const entry = this.resources.get(id);
    if (entry === undefined) {
      throw new ManifestError(`No resource has the id "${id}".`);
    }
    return this.localised(entry);
  }

  private localised(entry: Element): string {
    const overrides = within(entry, "Override");
    const language = this.locale.split("-")[0];
    const exact = overrides.find(
      (override) => override.getAttribute("Locale")?.toLowerCase() === this.locale.toLowerCase(),
    );
    const isDefault = text(this.root, "DefaultLocale").toLowerCase() === this.locale.toLowerCase();
    const near = isDefault
      ? undefined
      : overrides.find((override) => override.getAttribute("Locale")?.split("-")[0] === language);
    return (exact ?? near)?.getAttribute("Value") ?? attribute(entry, "DefaultValue");
  }
}

function within(element: Element, name: string): Element[] {
  return [...element.getElementsByTagNameNS("*", name)];
}

function child(element: Element, name: string): Element {
  const found = [...element.children].find((candidate) => candidate.localName === name);
  if (found === undefined) {
    throw new ManifestError(`<${element.localName}> has no <${name}>.`);
  }
  return found;
}

function text(element: Element, name: string): string {
  return child(element, name).textContent.trim();
}

function attribute(element: Element, name: string): string {
  const value = element.getAttribute(name);
  if (value === null) {
    throw new ManifestError(`<${element.localName}> has no attribute ${name}.`);
  }
  return value;
}
