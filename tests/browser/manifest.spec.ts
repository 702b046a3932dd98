// Reading a manifest needs the browser's own XML parser, so it is tested there, without simulator or add-in.

import { fileURLToPath } from "node:url";

import { expect, test, type Page } from "@playwright/test";
import { build } from "esbuild";

import type { Manifest } from "../../addin/simulator/manifest/manifest";
import { tinyAddin } from "./tiny-addin";

type Reading = { manifest: Manifest } | { error: string };

async function read(page: Page, xml: string, locale = "da-DK"): Promise<Reading> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../addin/simulator/manifest/manifest.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "manifestReader",
    logLevel: "silent",
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  return page.evaluate(
    ([text, language]): Reading => {
      const { manifestReader } = window as unknown as {
        manifestReader: { readManifest: (document: Document, locale: string) => Manifest };
      };
      try {
        return {
          manifest: manifestReader.readManifest(new DOMParser().parseFromString(text, "application/xml"), language),
        };
      } catch (error) {
        return { error: String(error) };
      }
    },
    [xml, locale] as const,
  );
}

const XML = tinyAddin({ onSend: "", sendMode: "Block", handlers: { OnNewMessageCompose: "" } })["manifest.xml"] ?? "";

test("reads names, events, buttons and images", async ({ page }) => {
  const reading = await read(page, XML);
  expect(reading).toEqual({
    manifest: {
      id: "5d8f2c52-6a3e-4c5e-9d66-000000000001",
      displayName: "Lille",
      permission: "ReadWriteItem",
      mailbox: "1.12",
      mobileEvents: [],
      runtimeUrl: "https://localhost:3000/launch.html",
      launchEvents: [
        { type: "OnNewMessageCompose", functionName: "onOnNewMessageCompose", sendMode: "SoftBlock" },
        { type: "OnMessageSend", functionName: "onSend", sendMode: "Block" },
        { type: "OnAppointmentSend", functionName: "onSend", sendMode: "Block" },
      ],
      commands: [
        {
          id: "message-pane",
          label: "Åbn",
          surface: "message",
          icon: "https://localhost:3000/icon.png",
          action: { kind: "pane", url: "https://localhost:3000/pane.html" },
        },
        {
          id: "appointment-pane",
          label: "Åbn",
          surface: "appointment",
          icon: "https://localhost:3000/icon.png",
          action: { kind: "pane", url: "https://localhost:3000/pane.html" },
        },
      ],
      images: { icon: "https://localhost:3000/icon.png" },
    },
  });
});

const locales: [locale: string, name: string][] = [
  ["da-DK", "Lille"],
  ["en-US", "Tiny"],
  ["da", "Lille"],
  ["sv-SE", "Tiny"],
];
for (const [locale, name] of locales) {
  test(`a user of ${locale} reads "${name}"`, async ({ page }) => {
    expect(await read(page, XML, locale)).toMatchObject({ manifest: { displayName: name } });
  });
}

test("what is declared for phones only does not apply to this client", async ({ page }) => {
  const phone =
    '<MobileFormFactor><ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents><LaunchEvent Type="OnMessageFromChanged" FunctionName="f"/></LaunchEvents><SourceLocation resid="launch.url"/></ExtensionPoint></MobileFormFactor></Host>';
  const reading = await read(page, XML.replace("</Host>", phone));
  expect("manifest" in reading && reading.manifest.launchEvents.map(({ type }) => type)).toEqual([
    "OnNewMessageCompose",
    "OnMessageSend",
    "OnAppointmentSend",
  ]);
});

const faults: [name: string, xml: string, says: RegExp][] = [
  ["no XML", "<OfficeApp", /must be <OfficeApp>/],
  ["another document", "<html/>", /root is <html>/],
  ["no overrides", XML.replace(/<VersionOverrides[\s\S]*<\/VersionOverrides>/, ""), /no <VersionOverrides>/],
  [
    "a resource that is not there",
    XML.replace('<bt:Url id="pane.url"', '<bt:Url id="other"'),
    /No resource has the id "pane.url"/,
  ],
  ["an unknown send mode", XML.replaceAll('SendMode="Block"', 'SendMode="HardBlock"'), /HardBlock/],
  ["an event without a function", XML.replace('FunctionName="onSend" ', ""), /no attribute FunctionName/],
  [
    "a runtime that is another page",
    XML.replace('<Runtime resid="launch.url"/>', '<Runtime resid="pane.url"/>'),
    /not that of the <Runtime>/,
  ],
];
for (const [name, xml, says] of faults) {
  test(`refuses ${name}`, async ({ page }) => {
    const reading = await read(page, xml);
    expect("error" in reading ? reading.error : "no error").toMatch(says);
  });
}
