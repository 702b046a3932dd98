// The workshop's room Old mail, opened from the disk: the page finds what the program finds, and nothing leaves it.
// All numbers, names and addresses are made up.

import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { expect, type Page } from "@playwright/test";

import { LOOKS, violations } from "./axe";
import { test, type Workshop } from "./workshop";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = process.env["SENDVAGT_PROGRAM"] ?? join(ROOT, "target/debug/sendvagt");

const HIT = "Vedr. 010203-1234";
const NAMES = "MessageId,Received,SenderAddress,RecipientAddress,Subject";
const row = (n: number, subject: string, to = "post@region.example") =>
  `<${String(n)}@kommune.example>,2025-11-03T09:41:22Z,jens@kommune.example,${to},"${subject}"`;
const TRACE = [
  NAMES,
  row(1, `${HIT}, underretning`),
  row(1, `${HIT}, underretning`, "post@nabo.example"),
  row(2, "Handleplan", "mellemkommunal@kommune.example"),
  row(3, "Vedr. 0102031235"),
  row(4, 'Referat, ""uge 45"""').replace('""""', '"""'),
  "",
].join("\r\n");
const EML = [
  "Message-ID: <5@kommune.example>",
  "Date: Mon, 3 Nov 2025 09:41:22 +0100",
  "From: =?utf-8?Q?J=C3=B8rn?= <a@kommune.example>",
  `To: ${Array.from({ length: 12 }, (_, n) => `borger${String(n)}@gmail.com`).join(", ")}`,
  "Subject: =?iso-8859-1?Q?F=F8dt?= 010203-1234",
  "",
  "Kroppen",
  "",
].join("\r\n");
/** A mail with a number in its text and one in the name of its file. */
const MAIL = [
  "Message-ID: <8@kommune.example>",
  "From: a@kommune.example",
  "To: b@firma.example",
  "Subject: Sag",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/html; charset=iso-8859-1",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "<p>F=F8dt, cpr <b>0102</b>03-1234</p>",
  "--b",
  "Content-Type: application/pdf; name*=utf-8''Afg%C3%B8relse%20020304-1234.pdf",
  "",
  "x",
  "--b--",
  "",
].join("\n");
const MBOX = `From a@kommune.example\n${EML.replaceAll("\r", "")}\nFrom b@kommune.example\nSubject: =?utf-8?B?IDAxMDIwMy0xMjM0?=\n\nx\n`;
/** The senders of the trace have a part of the policy, by which more mailboxes are retired. */
const RETIRED = ["mellemkommunal@kommune.example", "post@nabo.example"].map((address) => ({ address }));
const POLICY = JSON.stringify({
  organisation: { name: "Fjordby & Næs", domains: ["kommune.example"] },
  retiredMailboxes: RETIRED.slice(0, 1),
  parts: [{ senders: ["kommune.example"], retiredMailboxes: RETIRED }],
});

/** A folder for the files of one test. */
function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-old-mail-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** What the program writes of the same files. */
function program(folder: string, ...args: string[]): { findings: Buffer; report: Buffer } {
  writeFileSync(join(folder, "policy.json"), POLICY);
  const out = ["--policy", "policy.json", "--findings", "out.csv", "--report", "out.html"];
  const run = spawnSync(PROGRAM, ["audit", ...args, ...out], { cwd: folder, encoding: "utf8" });
  expect(run.status, run.stderr).not.toBeNull();
  return { findings: readFileSync(join(folder, "out.csv")), report: readFileSync(join(folder, "out.html")) };
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return readFileSync(await download.path());
}

const start = (page: Page) => page.locator("#old-mail-start");
const status = (page: Page) => page.locator(".outcome:visible .status");
const choose = (page: Page, folder: string, ...names: string[]) =>
  page.locator("#old-mail-files").setInputFiles(names.map((name) => join(folder, name)));

async function openWith(workshop: Workshop): Promise<void> {
  const { page } = workshop;
  await workshop.open("policy");
  await page.locator("#policy-text").fill(POLICY);
  await page.getByRole("link", { name: "Gamle mails" }).click();
}

/** Drops a file of this size that repeats some lines, without writing it anywhere. */
async function drop(page: Page, megabytes: number, lines: string): Promise<void> {
  await page.evaluate(
    ([megabytes, lines]) => {
      const part = new Blob([lines.repeat(Math.ceil(1e6 / lines.length))]);
      const parts = Array.from({ length: Math.ceil((megabytes * 1e6) / part.size) }, () => part);
      const data = new DataTransfer();
      data.items.add(new File(parts, "emner.txt"));
      const zone = document.querySelector(".dropzone");
      zone?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [megabytes, lines] as const,
  );
}

/** Subjects of an ordinary day, one of which holds a number. */
const DAY = `${"Referat af mødet den 3. november 2025 kl. 14.30, sag 25/012345\nSvar på jeres brev, tlf. 12 34 56 78\n".repeat(300)}${HIT}\n`;

for (const [name, files, settings] of [
  [
    "traces in every form, mails and lists",
    {
      "utf16.csv": Buffer.from(`\ufeff${TRACE}`, "utf16le"),
      "pakket.csv.gz": gzipSync(TRACE),
      "fed.mbox": MBOX,
      "en mail.eml": EML,
      "emner.txt": Buffer.from(`Født 010203-1234\r\nRødgrød\r\n`, "latin1"),
      "kladder.jsonl": '{"subject":"Vedr. 010203-1234"}\nnonsense\n',
      "<&>.txt": `${HIT}\n`,
    },
    {},
  ],
  [
    "what cannot be read, or not to its end",
    {
      "tom.csv": "",
      "notat.pdf": "%PDF-1.7\n",
      "afbrudt.csv": TRACE.slice(0, -20),
      "afbrudt.csv.gz": gzipSync(Array.from({ length: 2000 }, (_, n) => row(n, HIT)).join("\n")).subarray(0, -400),
      "andet.csv": "Navn,Alder\nx,3\n",
      "nul.txt": Buffer.alloc(20),
    },
    {},
  ],
  [
    "texts and attachments' names",
    {
      "sendt.mbox": `From a\n${MAIL}\nFrom b\n${MAIL.replace("<8@", "<9@").replace("b@firma.example", "b@kommune.example")}\n`,
      "krypteret.eml": MAIL.replace("multipart/mixed", "multipart/encrypted"),
      "emner.txt": `${HIT}\n`,
      "kladder.jsonl": `${JSON.stringify({ subject: "x", recipients: [{ address: "b@firma.example" }], body: { content: "<p>cpr 010203-1234</p>" } })}\n`,
    },
    { body: true },
  ],
  ["everything revealed, in English, as text", { "trace.csv": TRACE }, { reveal: true, english: true, format: "text" }],
] as const) {
  test(`the findings and the report are the program's, byte for byte: ${name}`, async ({ workshop }) => {
    const { page } = workshop;
    const folder = folderWith(files);
    const { body, reveal, english, format } = { body: false, reveal: false, english: false, format: "", ...settings };
    await openWith(workshop);
    await choose(page, folder, ...Object.keys(files));
    await page.locator("#old-mail-body").setChecked(body);
    await page.locator("#old-mail-reveal").setChecked(reveal);
    await page.locator("#old-mail-format").selectOption(format);
    await start(page).click();
    await expect(page.getByRole("heading", { name: "Rapporten" })).toBeVisible();
    if (english) {
      await page.getByRole("button", { name: "English" }).click();
    }
    const expected = program(
      folder,
      ...Object.keys(files),
      ...["--language", english ? "en" : "da"],
      ...(body ? ["--body"] : []),
      ...(reveal ? ["--reveal"] : []),
      ...(format === "" ? [] : ["--format", format]),
    );
    const [ofReport, ofFindings] = english
      ? (["Save the report", "Save the file of findings"] as const)
      : (["Gem rapporten", "Gem filen med fund"] as const);
    expect(String(await saved(page, ofFindings))).toBe(String(expected.findings));
    const report = String(await saved(page, ofReport));
    expect(report).toBe(String(expected.report));
    expect(await page.locator("#old-mail-report").getAttribute("srcdoc")).toBe(report);
    const frame = page.frameLocator("#old-mail-report");
    await expect(frame.locator("h1")).toHaveText(english ? "Audit of sent mail" : "Gennemgang af sendte mails");
    // The report has its own style: the page's policy allows it by its hash.
    await expect(frame.locator("main")).toHaveCSS("max-width", "1152px");
    rmSync(folder, { recursive: true });
  });
}

test("texts are not read of a policy that does not say who is inside", async ({ workshop }) => {
  const { page } = workshop;
  const folder = folderWith({ "sendt.eml": MAIL });
  await workshop.open("old-mail");
  await choose(page, folder, "sendt.eml");
  await page.locator("#old-mail-body").check();
  await start(page).click();
  await expect(status(page)).toContainText("Skriv jeres egne domæner i policyen (organisation.domains).");
  await expect(page.locator("#old-mail-report")).toHaveCount(0);
  rmSync(folder, { recursive: true });
});

test("a folder is read as the program reads it", async ({ workshop }) => {
  const { page } = workshop;
  const folder = folderWith({
    "Post/cur/2:2,S": EML,
    "Post/cur/10": EML.replace("<5@", "<6@"),
    "Post/new/1": EML.replace("<5@", "<7@"),
    "Post/.Sendt/cur/3": "no headers\n\n",
    "Post/indeks": "x",
  });
  await openWith(workshop);
  await page.locator("#old-mail-folder").setInputFiles(join(folder, "Post"));
  await start(page).click();
  await expect(page.getByRole("heading", { name: "Rapporten" })).toBeVisible();
  const expected = program(folder, "Post", "--language", "da");
  expect(String(await saved(page, "Gem filen med fund"))).toBe(String(expected.findings));
  expect(String(await saved(page, "Gem rapporten"))).toBe(String(expected.report));
  rmSync(folder, { recursive: true });
});

test("a stop is answered at once, with a report that says it is partial", async ({ workshop }) => {
  const { page } = workshop;
  await openWith(workshop);
  await drop(page, 20_000, DAY);
  await expect(page.getByText("1 fil, 20,0 GB")).toBeVisible();
  await start(page).click();
  await expect(page.locator("#old-mail-mails")).not.toContainText(/^0 mails/);
  const took = await page.evaluate(async () => {
    const stop = document.querySelector<HTMLButtonElement>("#old-mail-stop");
    const pressed = performance.now();
    stop?.click();
    while (document.querySelector("#old-mail-report") === null) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - pressed;
  });
  expect(took).toBeLessThan(1000);
  await expect(status(page)).toContainText("Læsningen blev afbrudt. Tallene gælder kun den del, der blev læst.");
  await expect(status(page)).toContainText("Fundet:");
  const findings = String(await saved(page, "Gem filen med fund"));
  expect(findings).toMatch(/\r\npartial: reading was stopped,+\r\n$/);
  expect(findings.split("\r\n").length).toBeGreaterThan(3);
  expect(String(await saved(page, "Gem rapporten"))).toContain("Læsningen blev afbrudt.");
});

test("a file without line ends is stopped as soon, and given up by a second press", async ({ workshop }) => {
  const { page } = workshop;
  await openWith(workshop);
  await drop(page, 20_000, "x".repeat(1000));
  for (let times = 0; times < 2; times++) {
    await start(page).click();
    await expect(page.locator("#old-mail-bytes")).not.toContainText(/^0 byte/);
    await page.locator("#old-mail-stop").click();
    await expect(status(page)).toContainText("Læsningen blev afbrudt.", { timeout: 1000 });
    await expect(status(page)).not.toContainText("ikke fundet");
  }
  await start(page).click();
  await page.evaluate(() => {
    document.querySelector<HTMLButtonElement>("#old-mail-stop")?.click();
    queueMicrotask(() => document.querySelector<HTMLButtonElement>("#old-mail-stop")?.click());
  });
  await expect(status(page)).toHaveText("Læsningen blev opgivet, og der er ingen rapport.");
});

test("the worker's memory is the same for little and for much", async ({ workshop }) => {
  const { page } = workshop;
  await page.addInitScript(() => {
    const heard: number[] = [];
    const Own = Worker;
    Object.assign(window, {
      heard,
      Worker: class extends Own {
        constructor(url: string) {
          super(url);
          this.addEventListener("message", ({ data }: MessageEvent<{ memory: number }>) => heard.push(data.memory));
        }
      },
    });
  });
  const peaks: number[] = [];
  for (const megabytes of [20, 300]) {
    await workshop.open("old-mail");
    await drop(page, megabytes, DAY);
    await start(page).click();
    await expect(page.getByRole("heading", { name: "Rapporten" })).toBeVisible({ timeout: 20_000 });
    peaks.push(await page.evaluate(() => Math.max(...(window as unknown as { heard: number[] }).heard)));
    await page.reload();
  }
  const [little = 0, much = 0] = peaks;
  expect(little).toBeGreaterThan(1e6);
  expect(much).toBeLessThan(little + 3e6);
  expect(much).toBeLessThan(30e6);
});

test("the other rooms work meanwhile, and say when it is done; then it can be done again", async ({ workshop }) => {
  const { page } = workshop;
  const folder = folderWith({ "b.txt": "Referat\n" });
  await openWith(workshop);
  await drop(page, 150, DAY);
  await start(page).click();
  await expect(page.locator("#old-mail-stop")).toBeVisible();
  await page.getByRole("link", { name: "Prøv" }).click();
  await page.getByLabel("Emne", { exact: true }).fill(HIT);
  await expect(page.locator("p.decision")).toHaveText("Stopper");
  await expect(page.getByText(/^Læst: [0-9.]+ mails i 1 fil\. Fundet: [0-9.]+ mails\.$/).first()).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole("link", { name: "Gamle mails" }).click();
  await expect(status(page)).toContainText("Fundet:");

  await page.getByRole("button", { name: "Fjern alle" }).click();
  await expect(start(page)).toBeDisabled();
  await choose(page, folder, "b.txt");
  await start(page).click();
  await expect(status(page)).toHaveText("Læst: 1 mail i 1 fil. Der blev ikke fundet noget.");
  await page.getByRole("link", { name: "Policy" }).click();
  await page.locator("#policy-text").fill("{}");
  await page.getByRole("link", { name: "Gamle mails" }).click();
  await expect(page.getByText("Policyen er ændret, siden filerne blev læst.")).toBeVisible();
  rmSync(folder, { recursive: true });
});

for (const [how, change] of [
  ["deleted", unlinkSync],
  ["changed", (path: string) => appendFileSync(path, "mere\n")],
] as const) {
  test(`a file that was ${how} after it was chosen is named, and the others are read`, async ({ workshop }) => {
    const { page } = workshop;
    const folder = folderWith({ "a.txt": "Referat\n", "b.txt": "Referat\n" });
    await openWith(workshop);
    await choose(page, folder, "a.txt", "b.txt");
    change(join(folder, "a.txt"));
    await start(page).click();
    await expect(status(page)).toHaveText(
      "Læst: 1 mail i 2 filer. Der blev ikke fundet noget i det, der blev læst. Noget kunne ikke læses. Tallene gælder kun det, der blev læst.",
    );
    const line = page.frameLocator("#old-mail-report").locator("tr", { hasText: "a.txt" });
    await expect(line).toContainText("Den er ændret, flyttet eller slettet, siden den blev valgt");
    await expect(page.locator(".remarks li")).toHaveText([/^a\.txt: filen kan ikke læses\. Den er ændret/]);
    rmSync(folder, { recursive: true });
  });
}

for (const [how, script] of [
  ["has none", "delete window.Worker"],
  ["forbids them", "window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }"],
  [
    "lets none start",
    "{ const Own = Worker; window.Worker = class extends Own { constructor() { super('blob:x'); } } }",
  ],
] as const) {
  test(`a browser that ${how} is told of: workers`, async ({ workshop }) => {
    const { page } = workshop;
    const folder = folderWith({ "a.txt": "Referat\n" });
    await page.addInitScript(script);
    await openWith(workshop);
    await choose(page, folder, "a.txt");
    await start(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Web Worker" })).toContainText("sendvagt audit");
    // Some browsers write to the console that they load no such script.
    workshop.errors.length = 0;
    workshop.requests.length = 0;
    rmSync(folder, { recursive: true });
  });
}

test("two tabs read at the same time", async ({ workshop, context }) => {
  const { page } = workshop;
  await workshop.open("old-mail");
  const other = await context.newPage();
  await other.goto(page.url());
  for (const tab of [page, other]) {
    await drop(tab, 60, DAY);
    await start(tab).click();
  }
  const said = [];
  for (const tab of [page, other]) {
    await expect(status(tab)).toContainText("Fundet:", { timeout: 20_000 });
    said.push(await status(tab).textContent());
  }
  expect(said[0]).toBe(said[1]);
});

test("a reload while it reads asks first, and the policy stays", async ({ workshop }) => {
  const { page } = workshop;
  await openWith(workshop);
  await drop(page, 20_000, DAY);
  await start(page).click();
  await expect(page.locator("#old-mail-stop")).toBeVisible();
  const asked = page.waitForEvent("dialog");
  const reload = page.evaluate(() => location.reload()).catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await reload;
  await page.locator("#old-mail-stop").click();
  await expect(status(page)).toContainText("Læsningen blev afbrudt.");
  await page.reload();
  await page.getByRole("link", { name: "Policy" }).click();
  expect(await page.locator("#policy-text").inputValue()).toBe(POLICY);
});

test("nothing leaves the worker, whatever runs in it", async ({ workshop }) => {
  const { page } = workshop;
  const sent: string[] = [];
  const server = createServer().on("connection", (socket) => socket.on("data", (bytes) => sent.push(String(bytes))));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await openWith(workshop);
  await drop(page, 20_000, DAY);
  const [worker] = await Promise.all([page.waitForEvent("worker"), start(page).click()]);
  await expect(page.locator("#old-mail-mails")).not.toContainText(/^0 mails/);
  const refused = await worker.evaluate(async (host) => {
    const found: string[] = [];
    self.addEventListener("securitypolicyviolation", (event) => {
      found.push(event.effectiveDirective);
    });
    await fetch(`http://${host}/fetch`).catch(() => undefined);
    const scripts = self as unknown as { importScripts: (url: string) => void };
    for (const attempt of [
      () => new WebSocket(`ws://${host}/socket`),
      () => new EventSource(`http://${host}/events`),
      () => {
        scripts.importScripts(`http://${host}/script.js`);
      },
      () => new Worker(`http://${host}/worker.js`),
    ]) {
      try {
        attempt();
      } catch {
        // It is refused.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return found;
  }, host);
  workshop.errors.length = 0;
  workshop.requests.length = 0;
  expect(refused).toContain("connect-src");
  expect(sent).toEqual([]);
  server.close();
  await page.locator("#old-mail-stop").click();
  await expect(status(page)).toContainText("Læsningen blev afbrudt.");
});

test("the room can be used with the keyboard alone", async ({ workshop }) => {
  const { page } = workshop;
  const folder = folderWith({ "a.txt": `${HIT}\n` });
  await workshop.open("old-mail");
  async function to(name: string, role: "button" | "checkbox" | "combobox"): Promise<void> {
    const wanted = page.getByRole(role, { name }).first();
    for (let pressed = 0; pressed < 40; pressed++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        return;
      }
      await page.keyboard.press("Tab");
    }
    throw new Error(`the focus never comes to ${name}`);
  }
  await to("Vælg filer", "button");
  // A busy browser may miss the first press.
  await expect(async () => {
    const chosen = page.waitForEvent("filechooser", { timeout: 3000 });
    await Promise.all([chosen, page.keyboard.press("Enter")]);
    const chooser = await chosen;
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles(join(folder, "a.txt"));
  }).toPass();
  await to("Filernes format", "combobox");
  await to("Vis emner", "checkbox");
  await page.keyboard.press("Space");
  await to("Find det", "button");
  await page.keyboard.press("Enter");
  await expect(status(page)).toContainText("Fundet: 1 mail.");
  await to("Gem filen med fund", "button");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("gamle-mails-fund.csv");
  expect(readFileSync(await download.path(), "utf8")).toContain(HIT);
  rmSync(folder, { recursive: true });
});

for (const [theme, lang] of LOOKS) {
  test(`axe-core reports nothing in the room: ${theme}, ${lang}`, async ({ workshop }) => {
    const language = lang === "da" ? "Dansk" : "English";
    const { page } = workshop;
    const folder = folderWith({ "a.csv": TRACE, "b.txt": "" });
    await page.emulateMedia(theme === "contrast" ? { forcedColors: "active" } : { colorScheme: theme });
    await workshop.open("old-mail");
    await page.getByRole("button", { name: language }).click();
    async function check(): Promise<void> {
      // The report is checked by itself below: axe-core speaks to frames only where a page has an address.
      expect(await violations(page, { iframes: false })).toEqual([]);
    }
    await check();
    await drop(page, 20_000, DAY);
    await start(page).click();
    await expect(page.locator("#old-mail-stop")).toBeVisible();
    await check();
    await page.locator("#old-mail-stop").click();
    await expect(page.locator("#old-mail-report")).toBeVisible();
    await page.getByRole("button", { name: language === "Dansk" ? "Fjern alle" : "Remove all" }).click();
    await choose(page, folder, "a.csv", "b.txt");
    await start(page).click();
    await expect(status(page)).toContainText(language === "Dansk" ? "i 2 filer" : "in 2 files");
    await check();
    const report = await saved(page, language === "Dansk" ? "Gem rapporten" : "Save the report");
    writeFileSync(join(folder, "report.html"), report);
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    await check();
    workshop.requests.length = 0;
    rmSync(folder, { recursive: true });
  });
}

test("the room fits a narrow window", async ({ workshop }) => {
  const { page } = workshop;
  const folder = folderWith({ [`${"meget-langt-navn-".repeat(8)}.csv`]: TRACE });
  await page.setViewportSize({ width: 360, height: 740 });
  await workshop.open("old-mail");
  await choose(page, folder, `${"meget-langt-navn-".repeat(8)}.csv`);
  await start(page).click();
  await expect(page.locator("#old-mail-report")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  rmSync(folder, { recursive: true });
});
