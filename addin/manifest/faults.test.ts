// Each row breaks manifest.xml in one way, which must give its fault and no other.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

import { readManifest } from "../simulator/manifest/manifest";
import { PANE_COMMAND } from "../src/office/manifest-ids";
import { passing } from "../src/paused/handlers";
import { faults, parse, type Surroundings } from "./faults";
import { NAMES } from "./names";
import { pngSize } from "./png";

const root = (path: string) => new URL(`../../${path}`, import.meta.url);
const MANIFEST = readFileSync(root("manifest.xml"), "utf8");

/** The shell's own names, and a site as the build makes it: the real icons, and pages of which only the names count. */
const SURROUNDINGS: Surroundings = {
  ...NAMES,
  hasFile: (path) =>
    ["launch.html", "launch.js", "pane.html", "support.html", "icons/broken.png"].includes(path) ||
    iconOf(path) !== undefined,
  imageSize: (path) => pngSize(iconOf(path) ?? Buffer.from("not an image")),
};

function iconOf(path: string): Buffer | undefined {
  return /^icons\/icon-(16|32|64|80|128)\.png$/.test(path) ? readFileSync(root(`addin/${path}`)) : undefined;
}

function messages(xml: string, surroundings = SURROUNDINGS): string[] {
  return faults(xml, surroundings).map(({ message }) => message);
}

/** Replaces the first occurrence, which must exist. */
function edited(from: string, to: string): string {
  assert.ok(MANIFEST.includes(from), `the manifest has no ${from}`);
  return MANIFEST.replace(from, () => to);
}

interface Edit {
  name: string;
  from: string;
  to: string;
  fault: string;
}

const HEAD: Edit[] = [
  {
    name: "a GUID with a digit missing",
    from: "<Id>5c1b8f0e-",
    to: "<Id>5c1b8f0-",
    fault: "the Id 5c1b8f0-3f0a-4d51-9a4e-7d2f6b9a0c41 is not a GUID: write 8-4-4-4-12 hexadecimal digits",
  },
  {
    name: "a GUID with a letter that is not hexadecimal",
    from: "<Id>5c1b8f0e-",
    to: "<Id>5c1b8f0g-",
    fault: "the Id 5c1b8f0g-3f0a-4d51-9a4e-7d2f6b9a0c41 is not a GUID: write 8-4-4-4-12 hexadecimal digits",
  },
  {
    name: "a version of five numbers",
    from: "<Version>0.1.0.0<",
    to: "<Version>0.1.0.0.0<",
    fault: "the Version 0.1.0.0.0 is malformed: write one to four numbers of at most five digits",
  },
  {
    name: "a version with a number of six digits",
    from: "<Version>0.1.0.0<",
    to: "<Version>0.1.0.123456<",
    fault: "the Version 0.1.0.123456 is malformed: write one to four numbers of at most five digits",
  },
  {
    name: "a version with an empty number",
    from: "<Version>0.1.0.0<",
    to: "<Version>0.1..0<",
    fault: "the Version 0.1..0 is malformed: write one to four numbers of at most five digits",
  },
  {
    name: "a version other than the project's",
    from: "<Version>0.1.0.0<",
    to: "<Version>0.0.9.0<",
    fault: "the Version is 0.0.9.0: write 0.1.0.0, by which Outlook distinguishes this manifest from older ones",
  },
  {
    name: "more permission than needed",
    from: "ReadWriteItem",
    to: "ReadWriteMailbox",
    fault: "Permissions is ReadWriteMailbox: write ReadWriteItem; changing a draft needs it and no more",
  },
  {
    name: "English as the default",
    from: "<DefaultLocale>da-DK<",
    to: "<DefaultLocale>en-US<",
    fault: "the DefaultLocale is en-US: write da-DK, the language of the default texts",
  },
];

const REQUIREMENTS: Edit[] = [
  {
    name: "a base that on-premises servers do not meet",
    from: 'Name="Mailbox" MinVersion="1.5"',
    to: 'Name="Mailbox" MinVersion="1.8"',
    fault: "the base Requirements do not ask for Mailbox 1.5: on-premises servers and phones meet no more",
  },
  {
    name: "a base without a requirement",
    from: '<Set Name="Mailbox" MinVersion="1.5" />',
    to: "",
    fault: "the base Requirements do not ask for Mailbox 1.5: on-premises servers and phones meet no more",
  },
  {
    name: "overrides with requirements of their own",
    from: 'xsi:type="VersionOverridesV1_1">',
    to: 'xsi:type="VersionOverridesV1_1"><Requirements><bt:Sets DefaultMinVersion="1.5"><bt:Set Name="Mailbox" /></bt:Sets></Requirements>',
    fault: "the overrides have Requirements: those of the base hold for them, and more loses phones with all events",
  },
  {
    name: "a phone's event that would have to be added later",
    from: `<LaunchEvent Type="OnMessageFromChanged" FunctionName="onMessageFromChanged" />
              </LaunchEvents>
              <SourceLocation resid="Launch.Page" />
            </ExtensionPoint>
          </MobileFormFactor>`,
    to: `</LaunchEvents>
              <SourceLocation resid="Launch.Page" />
            </ExtensionPoint>
          </MobileFormFactor>`,
    fault:
      "phones are not asked for OnMessageFromChanged: an event that is added later needs the administrators' consent anew",
  },
  {
    name: "a send event for phones",
    from: `<LaunchEvent Type="OnMessageFromChanged" FunctionName="onMessageFromChanged" />
              </LaunchEvents>
              <SourceLocation resid="Launch.Page" />
            </ExtensionPoint>
          </MobileFormFactor>`,
    to: `<LaunchEvent Type="OnMessageFromChanged" FunctionName="onMessageFromChanged" />
                <LaunchEvent Type="OnMessageSend" FunctionName="onMessageSend" SendMode="SoftBlock" />
              </LaunchEvents>
              <SourceLocation resid="Launch.Page" />
            </ExtensionPoint>
          </MobileFormFactor>`,
    fault: "phones do not raise OnMessageSend: declare it in the DesktopFormFactor only",
  },
  {
    name: "no shared folders",
    from: "<SupportsSharedFolders>true</SupportsSharedFolders>",
    to: "",
    fault: "DesktopFormFactor lacks SupportsSharedFolders true: mail from shared mailboxes would go unchecked",
  },
];

const EVENTS: Edit[] = [
  {
    name: "a misspelt event",
    from: 'Type="OnNewMessageCompose"',
    to: 'Type="OnNewMesageCompose"',
    fault: "Outlook raises no event OnNewMesageCompose: see the list of events that activate an add-in",
  },
  {
    name: "an event twice",
    from: '<LaunchEvent Type="OnMessageRecipientsChanged" FunctionName="onMessageRecipientsChanged" />',
    to: '<LaunchEvent Type="OnNewMessageCompose" FunctionName="onMessageRecipientsChanged" />',
    fault: "there are two LaunchEvents OnNewMessageCompose: remove one",
  },
  {
    name: "a function that the shell does not associate",
    from: 'FunctionName="onMessageSend"',
    to: 'FunctionName="onSend"',
    fault: "the LaunchEvent OnMessageSend names the function onSend, which the shell does not associate",
  },
  {
    name: "Block",
    from: 'SendMode="SoftBlock"',
    to: 'SendMode="Block"',
    fault: "the LaunchEvent OnMessageSend has the SendMode Block: write SoftBlock",
  },
  {
    name: "no send mode",
    from: 'FunctionName="onAppointmentSend" SendMode="SoftBlock"',
    to: 'FunctionName="onAppointmentSend"',
    fault: "the LaunchEvent OnAppointmentSend has the SendMode unset: write SoftBlock",
  },
  {
    name: "a send mode on another event",
    from: 'FunctionName="onNewMessageCompose"',
    to: 'FunctionName="onNewMessageCompose" SendMode="SoftBlock"',
    fault: "the LaunchEvent OnNewMessageCompose has a SendMode: only the send events take one",
  },
  {
    name: "no send event for meetings",
    from: '<LaunchEvent Type="OnAppointmentSend" FunctionName="onAppointmentSend" SendMode="SoftBlock" />',
    to: "",
    fault: "there is no LaunchEvent OnAppointmentSend: without it Outlook sends unchecked",
  },
  {
    name: "events on a page other than the runtime's",
    from: '<SourceLocation resid="Launch.Page" />',
    to: '<SourceLocation resid="Pane.Page" />',
    fault: "the SourceLocation of the events is not that of the Runtime: write Launch.Page",
  },
  {
    name: "events without a page",
    from: '<SourceLocation resid="Launch.Page" />',
    to: "",
    fault: "the SourceLocation of the events is not that of the Runtime: write Launch.Page",
  },
  {
    name: "no script for classic Outlook",
    from: 'Override type="javascript"',
    to: 'Override type="script"',
    fault: "the Runtime has no Override of type javascript: without it classic Outlook runs nothing",
  },
  {
    name: "two runtimes",
    from: "</Runtimes>",
    to: '<Runtime resid="Pane.Page"><Override type="javascript" resid="Launch.Script" /></Runtime></Runtimes>',
    fault: "there are 2 Runtimes: Outlook takes exactly one",
  },
  {
    name: "a button whose id the shell does not know",
    from: 'id="SendvagtPaneMessage"',
    to: 'id="SendvagtPaneMail"',
    fault: "the shell refers to the command SendvagtPaneMessage: no Control has this id",
  },
];

const RESOURCES: Edit[] = [
  {
    name: "a resid without a resource",
    from: '<SourceLocation resid="Pane.Page" />',
    to: '<SourceLocation resid="Pane.Pag" />',
    fault: "the resid Pane.Pag of SourceLocation names no resource",
  },
  {
    name: "a text where an address belongs",
    from: '<SourceLocation resid="Pane.Page" />',
    to: '<SourceLocation resid="Pane.Message" />',
    fault: "the resid Pane.Message of SourceLocation is in the ShortStrings: it must be in the Urls",
  },
  {
    name: "a short text where a long one belongs",
    from: '<Description resid="Pane.MessageTip" />',
    to: '<Description resid="Group.Label" /><Description resid="Pane.MessageTip" />',
    fault: "the resid Group.Label of Description is in the ShortStrings: it must be in the LongStrings",
  },
  {
    name: "an unused resource",
    from: "<bt:Urls>",
    to: '<bt:Urls><bt:Url id="Old.Page" DefaultValue="https://localhost:3000/pane.html" />',
    fault: "the resource Old.Page is not used: remove it",
  },
  {
    name: "two groups with one id",
    from: 'id="SendvagtGroupAppointment"',
    to: 'id="SendvagtGroupMessage"',
    fault: "the id SendvagtGroupMessage is not unique: Outlook identifies things by it",
  },
  {
    name: "an id of 33 characters",
    from: 'id="SendvagtGroupMessage"',
    to: 'id="SendvagtGroupMessage4567890123456"',
    fault: "the id SendvagtGroupMessage4567890123456 has 33 characters: at most 32 are read",
  },
  {
    name: "a label in Danish only",
    from: '<bt:Override Locale="en-US" Value="Check the mail" />',
    to: "",
    fault: "Pane.Message needs one text in each language: give the default and an Override for en-US",
  },
  {
    name: "a description for a language without a region",
    from: '<Override Locale="en-US" Value="Checks',
    to: '<Override Locale="en" Value="Checks',
    fault: "Description needs one text in each language: give the default and an Override for en-US",
  },
  {
    name: "an empty label",
    from: 'Value="Check the mail"',
    to: 'Value=" "',
    fault: "a text of Pane.Message is empty: Outlook shows the button or the add-in without a name",
  },
];

const ADDRESSES: Edit[] = [
  {
    name: "a script without TLS",
    from: "https://localhost:3000/launch.js",
    to: "http://localhost:3000/launch.js",
    fault: "the address of Launch.Script is not https: Outlook loads nothing else",
  },
  {
    name: "a relative address",
    from: "https://localhost:3000/launch.js",
    to: "launch.js",
    fault: "the address of Launch.Script is not https: Outlook loads nothing else",
  },
  {
    name: "an icon without TLS",
    from: "https://localhost:3000/icons/icon-64.png",
    to: "http://localhost:3000/icons/icon-64.png",
    fault: "the address of IconUrl is not https: Outlook loads nothing else",
  },
  {
    name: "a file that is not built",
    from: "3000/launch.js",
    to: "3000/lunch.js",
    fault: "the address of Launch.Script is lunch.js: the build makes no such file",
  },
  {
    name: "an icon that is not built",
    from: "icon-80.png",
    to: "icon-81.png",
    fault: "the address of Icon.80 is icons/icon-81.png: the build makes no such file",
  },
  {
    name: "a script from another host",
    from: "https://localhost:3000/launch.js",
    to: "https://example.invalid/launch.js",
    fault: "the address of Launch.Script does not begin with https://localhost:3000/",
  },
  {
    name: "an origin with the same prefix",
    from: "https://localhost:3000/launch.js",
    to: "https://localhost:30001/launch.js",
    fault: "the address of Launch.Script does not begin with https://localhost:3000/",
  },
];

const ICONS: Edit[] = [
  {
    name: "a button's image of the wrong size",
    from: '<bt:Image size="16" resid="Icon.16" />',
    to: '<bt:Image size="16" resid="Icon.32" />',
    fault: "icons/icon-32.png is not a PNG of 16 × 16 pixels, as the manifest declares",
  },
  {
    name: "an add-in's icon of the wrong size",
    from: "icon-64.png",
    to: "icon-80.png",
    fault: "icons/icon-80.png is not a PNG of 64 × 64 pixels, as the manifest declares",
  },
  {
    name: "a large icon of the wrong size",
    from: "icon-128.png",
    to: "icon-64.png",
    fault: "icons/icon-64.png is not a PNG of 128 × 128 pixels, as the manifest declares",
  },
  {
    name: "an icon that is not an image",
    from: "icon-64.png",
    to: "broken.png",
    fault: "icons/broken.png is not a PNG of 64 × 64 pixels, as the manifest declares",
  },
  {
    name: "a missing size",
    from: '<bt:Image size="32" resid="Icon.32" />',
    to: "",
    fault: "an Icon has the sizes 16, 80: give 16, 32 and 80, which Outlook requires",
  },
  {
    name: "no high-resolution icon",
    from: '<HighResolutionIconUrl DefaultValue="https://localhost:3000/icons/icon-128.png" />',
    to: "",
    fault: "there is no HighResolutionIconUrl: give one of 128 pixels",
  },
];

void test("the manifest has no fault", () => {
  assert.deepEqual(messages(MANIFEST), []);
});

for (const [part, edits] of Object.entries({ HEAD, REQUIREMENTS, EVENTS, RESOURCES, ADDRESSES, ICONS })) {
  void suite(`faults of the ${part.toLowerCase()}`, () => {
    for (const { name, from, to, fault } of edits) {
      void test(name, () => {
        assert.deepEqual(messages(edited(from, to)), [fault]);
      });
    }
  });
}

void suite("limits", () => {
  const limits = [
    ["<ProviderName>", "Sendvagt", "ProviderName", 125],
    ['<DisplayName DefaultValue="', "Sendvagt", "DisplayName", 125],
    ['<bt:String id="Pane.Message" DefaultValue="', "Tjek mailen", "Pane.Message", 125],
    ['<bt:Override Locale="en-US" Value="', "Check the mail", "Pane.Message", 125],
    [
      '<Override Locale="en-US" Value="',
      "Checks subject and recipients before a mail is sent, and stops CPR numbers in the subject.",
      "Description",
      250,
    ],
  ] as const;
  for (const [before, text, name, most] of limits) {
    // An emoji counts as two UTF-16 code units.
    void test(`${before} takes ${String(most)} characters`, () => {
      const longest = `${"å".repeat(most - 3)}🛡x`;
      assert.deepEqual(messages(edited(`${before}${text}`, `${before}${longest}`)), []);
      assert.deepEqual(messages(edited(`${before}${text}`, `${before}${longest}x`)), [
        `a text of ${name} is too long: at most ${String(most)} characters are shown`,
      ]);
    });
  }

  void test("an address takes 2048 characters", () => {
    const page = "https://localhost:3000/launch.js";
    const withLength = (length: number) => messages(edited(page, `${page}?`.padEnd(length, "x")));
    assert.deepEqual(withLength(2048), []);
    assert.deepEqual(withLength(2049), ["the address of Launch.Script has 2049 characters: at most 2048 are read"]);
  });
});

void suite("the names that the shell and the manifest share", () => {
  void test("an image that the shell shows must exist", () => {
    assert.deepEqual(messages(MANIFEST, { ...SURROUNDINGS, icons: ["Icon.24"] }), [
      "the shell shows the image Icon.24: no image in the Resources has this id",
    ]);
  });

  void test("a command that the shell refers to must exist", () => {
    assert.deepEqual(messages(MANIFEST, { ...SURROUNDINGS, commands: ["SendvagtPane"] }), [
      "the shell refers to the command SendvagtPane: no Control has this id",
    ]);
  });

  void test("every handler of the shell is declared, and the simulator reads them all", () => {
    const { launchEvents, mobileEvents } = readManifest(parse(MANIFEST) as unknown as Document, "da-DK");
    assert.deepEqual(launchEvents.map(({ functionName }) => functionName).sort(), [...NAMES.handlers].sort());
    assert.ok(mobileEvents.every(({ functionName }) => NAMES.handlers.includes(functionName)));
  });

  void test("the simulator finds a pane behind each command of the shell", () => {
    const { commands } = readManifest(parse(MANIFEST) as unknown as Document, "da-DK");
    const panes = commands.flatMap(({ id, surface, action }) => (action.kind === "pane" ? [[surface, id]] : []));
    assert.deepEqual(Object.fromEntries(panes), PANE_COMMAND);
  });

  void test("a paused site handles the same events", () => {
    assert.deepEqual(Object.keys(passing).sort(), [...NAMES.handlers].sort());
  });
});

void test("a fault has its line", () => {
  const xml = edited('SendMode="SoftBlock"', 'SendMode="Block"');
  const line = xml.split("\n").findIndex((line) => line.includes('"Block"')) + 1;
  assert.deepEqual(faults(xml, SURROUNDINGS), [
    { line, message: "the LaunchEvent OnMessageSend has the SendMode Block: write SoftBlock" },
  ]);
});

void test("what is not XML is an error", () => {
  assert.throws(() => faults("<OfficeApp>", SURROUNDINGS), /unclosed/);
});
