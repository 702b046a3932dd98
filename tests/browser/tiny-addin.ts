// Small add-ins that test the simulator's own rules. Each has a manifest, a runtime page and a pane, with handlers
// given as JavaScript. They use the real office.js, like any add-in.

export interface TinyAddin {
  /** The body of `function onSend(event) {…}`. */
  readonly onSend: string;
  /** `false` makes the handler a global function that is not associated. */
  readonly associated?: boolean;
  readonly sendMode?: "PromptUser" | "SoftBlock" | "Block";
  readonly permission?: string;
  readonly mailbox?: string;
  /** More handlers, by event type: bodies of `function (event) {…}`. */
  readonly handlers?: Readonly<Record<string, string>>;
  /** JavaScript that the pane runs when office.js is ready. */
  readonly pane?: string;
}

const OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";

export function tinyAddin(addin: TinyAddin): Record<string, string> {
  const handlers = addin.handlers ?? {};
  const names = Object.keys(handlers);
  const script = [
    `function onSend(event) {${addin.onSend}}`,
    ...names.map((name) => `function on${name}(event) {${handlers[name] ?? ""}}`),
    "Office.onReady();",
    addin.associated === false ? "" : 'Office.actions.associate("onSend", onSend);',
    ...names.map((name) => `Office.actions.associate("on${name}", on${name});`),
  ].join("\n");
  return {
    "manifest.xml": manifest(addin, names),
    "launch.html": page("launch.js"),
    "launch.js": script,
    "pane.html": page("pane.js"),
    "pane.js": `Office.onReady(function () {${addin.pane ?? ""}});`,
    "icon.png": "",
  };
}

// Only associated handlers count, as in runtimes without a window.
function page(script: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>tiny</title>
<script src="${OFFICE_JS}" data-use-associated-actions-only="1"></script><script src="${script}"></script></head><body></body></html>`;
}

function manifest(addin: TinyAddin, events: readonly string[]): string {
  const mode = addin.sendMode ?? "SoftBlock";
  const launch = [
    ...events.map((type) => `<LaunchEvent Type="${type}" FunctionName="on${type}"/>`),
    `<LaunchEvent Type="OnMessageSend" FunctionName="onSend" SendMode="${mode}"/>`,
    `<LaunchEvent Type="OnAppointmentSend" FunctionName="onSend" SendMode="${mode}"/>`,
  ].join("");
  const control = (id: string): string => `<OfficeTab id="TabDefault"><Group id="group-${id}"><Label resid="name"/>
<Control xsi:type="Button" id="${id}"><Label resid="pane.label"/><Supertip><Title resid="pane.label"/><Description resid="pane.label"/></Supertip>
<Icon><bt:Image size="16" resid="icon"/></Icon><Action xsi:type="ShowTaskpane"><SourceLocation resid="pane.url"/></Action></Control></Group></OfficeTab>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="MailApp">
<Id>5d8f2c52-6a3e-4c5e-9d66-000000000001</Id><Version>1.0.0</Version><ProviderName>Test</ProviderName><DefaultLocale>en-US</DefaultLocale>
<DisplayName DefaultValue="Tiny"><Override Locale="da-DK" Value="Lille"/></DisplayName><Description DefaultValue="t"/>
<Permissions>${addin.permission ?? "ReadWriteItem"}</Permissions>
<VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides" xsi:type="VersionOverridesV1_0">
<VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides/1.1" xsi:type="VersionOverridesV1_1">
<Requirements><bt:Sets DefaultMinVersion="${addin.mailbox ?? "1.12"}"><bt:Set Name="Mailbox"/></bt:Sets></Requirements>
<Hosts><Host xsi:type="MailHost"><Runtimes><Runtime resid="launch.url"/></Runtimes><DesktopFormFactor>
<ExtensionPoint xsi:type="MessageComposeCommandSurface">${control("message-pane")}</ExtensionPoint>
<ExtensionPoint xsi:type="AppointmentOrganizerCommandSurface">${control("appointment-pane")}</ExtensionPoint>
<ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents>${launch}</LaunchEvents><SourceLocation resid="launch.url"/></ExtensionPoint>
</DesktopFormFactor></Host></Hosts>
<Resources><bt:Images><bt:Image id="icon" DefaultValue="https://localhost:3000/icon.png"/></bt:Images>
<bt:Urls><bt:Url id="launch.url" DefaultValue="https://localhost:3000/launch.html"/><bt:Url id="pane.url" DefaultValue="https://localhost:3000/pane.html"/></bt:Urls>
<bt:ShortStrings><bt:String id="name" DefaultValue="Tiny"/><bt:String id="pane.label" DefaultValue="Open"><bt:Override Locale="da-DK" Value="Åbn"/></bt:String></bt:ShortStrings></Resources>
</VersionOverrides></VersionOverrides></OfficeApp>`;
}
