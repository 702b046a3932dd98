// The workshop in Firefox, as Debian has it: what IT needs of the page works there too. Playwright drives a Firefox of its
// own build only, so puppeteer drives this one, over WebDriver BiDi.
// All numbers and addresses are made up.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base } from "@playwright/test";
import { launch, type Browser, type Page } from "puppeteer-core";

import { expectAsPacked, unzipped } from "./zip";

const PAGE = new URL("../../dist/sendvagt-workshop.html", import.meta.url).href;
const FIREFOX = process.env["SENDVAGT_FIREFOX"] ?? "/usr/bin/firefox-esr";

const POLICY = `{
  "organisation": { "name": "Fjordby Kommune", "domains": ["fjordby.example"] },
  "secureMail": { "from": ["sikkerpost@fjordby.example"], "tags": ["sikker"] }
}
`;

interface Firefox {
  /** A page of a browser with these settings. */
  open(preferences?: Record<string, unknown>): Promise<Page>;
  /** Where it saves files. */
  readonly folder: string;
}

const test = base.extend<{ firefox: Firefox }>({
  firefox: async ({ locale }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "sendvagt-firefox-"));
    const browsers: Browser[] = [];
    const errors: string[] = [];
    await use({
      folder,
      open: async (preferences = {}) => {
        const browser = await launch({
          browser: "firefox",
          executablePath: FIREFOX,
          headless: true,
          extraPrefsFirefox: {
            "intl.accept_languages": locale,
            "browser.download.folderList": 2,
            "browser.download.dir": folder,
            ...preferences,
          },
        });
        browsers.push(browser);
        const page = await browser.newPage();
        page.on("console", (message) => {
          if (message.type() === "error") {
            errors.push(message.text());
          }
        });
        page.on("pageerror", (error) => errors.push(String(error)));
        await page.goto(PAGE);
        return page;
      },
    });
    await Promise.all(browsers.map((browser) => browser.close()));
    rmSync(folder, { recursive: true });
    expect(errors).toEqual([]);
  },
});

test.describe.configure({ timeout: 90_000 });

const value = (page: Page, selector: string) => page.$eval(selector, (field) => (field as HTMLInputElement).value);
const text = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent);
const click = (page: Page, words: string) => page.locator(`::-p-text(${words})`).click();

test("a policy is written, tried and packed in Firefox", async ({ firefox }) => {
  const page = await firefox.open();
  await page.locator("#policy-text").fill(POLICY);
  expect(await value(page, '[id="organisation.name"]')).toBe("Fjordby Kommune");
  await page.locator('[id="organisation.name"]').fill("Næs Kommune");
  const policy = POLICY.replace("Fjordby Kommune", "Næs Kommune");
  expect(await value(page, "#policy-text")).toBe(policy);
  await page.reload();
  await page.locator("main").wait();
  expect(await value(page, "#policy-text")).toBe(policy);

  await click(page, "Prøv");
  await page.locator("#mail-subject").fill("Vedr. 010203-1234");
  await expect.poll(() => text(page, "p.decision")).toBe("Stopper");
  await page.locator('[data-rule="cpr-in-subject"] button').click();
  await expect.poll(() => text(page, "p.decision")).toBe("Sendes");

  await click(page, "Pak");
  const origin = "https://addins.fjordby.example/sendvagt";
  await page.locator("#origin").fill(origin);
  await page.locator("#first-time").click();
  await page.locator("#pack:not([disabled])").click();
  const saved = join(firefox.folder, "sendvagt-site.zip");
  // Firefox writes beside it until the file is whole.
  await expect
    .poll(() => existsSync(saved) && !existsSync(`${saved}.part`) && readFileSync(saved).length > 0)
    .toBe(true);
  const zip = readFileSync(saved);
  const folder = join(firefox.folder, "packed");
  mkdirSync(folder);
  expectAsPacked(unzipped(zip), origin, folder);

  // What was packed is compared with what was copied.
  const [chooser] = await Promise.all([page.waitForFileChooser(), click(page, "Åbn en zip")]);
  writeFileSync(join(firefox.folder, "copied.zip"), zip);
  await chooser.accept([join(firefox.folder, "copied.zip")]);
  await expect.poll(() => text(page, "#compared")).toMatch(/^Alle \d+ filer er, som de blev pakket\.$/u);
});

test("Firefox without WebAssembly is told of in words", async ({ firefox }) => {
  const page = await firefox.open({ "javascript.options.wasm": false });
  await page.locator("#unusable:not([hidden])").wait();
  expect(await text(page, "#unusable")).toContain("Værkstedet kan ikke køre i denne browser");
});
