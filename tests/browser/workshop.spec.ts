// The workshop, opened from the disk as a user opens it: the rooms in which a policy is written, tried and packed,
// and that nothing leaves the page. The fourth room is in workshop-mail.spec.ts.
// All numbers and addresses are made up.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, type Page } from "@playwright/test";

import { LOOKS, violations } from "./axe";
import { PAGE, test } from "./workshop";
import { expectAsPacked, PROGRAM, unzipped, zipped } from "./zip";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const POLICY = `{
  "organisation": {
    "name": "Fjordby Kommune",
    "domains": ["fjordby.example"]
  },
  "secureMail": { "from": ["sikkerpost@fjordby.example"], "tags": ["sikker"] },
  "mode": "enforce"
}
`;

test("the form and the text change each other, and leave the rest", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  const text = page.locator("#policy-text");
  await text.fill(POLICY);
  await expect(page.getByLabel("Navn", { exact: true }).first()).toHaveValue("Fjordby Kommune");
  await expect(page.locator('[id="organisation.domains"]')).toHaveValue("fjordby.example");
  await expect(page.getByRole("radio", { name: "Stopper" })).toBeChecked();

  await page.locator('[id="organisation.name"]').fill("Næs Kommune");
  expect(await workshop.text()).toBe(POLICY.replace("Fjordby Kommune", "Næs Kommune"));
  await page.getByRole("radio", { name: "Rådgiver" }).check();
  expect(await workshop.text()).toContain('"mode": "advise"');
  await page.locator('[id="organisation.domains"]').fill("fjordby.example\n*.fjordby.example\n");
  expect(JSON.parse(await workshop.text())).toMatchObject({
    organisation: { domains: ["fjordby.example", "*.fjordby.example"] },
  });

  await page.locator("summary", { hasText: "Reglerne" }).click();
  await page.locator('[id="rules.visible-recipients"]').selectOption({ label: "Fra" });
  await page.locator("summary", { hasText: "Synlige modtagere" }).click();
  await page.locator('[id="visibleRecipients.private"]').fill("8");
  await page.locator("summary", { hasText: "Øvelser" }).click();
  await page.getByLabel("Tilbyd øvelsen").uncheck();
  expect(JSON.parse(await workshop.text())).toMatchObject({
    rules: { "visible-recipients": "off" },
    visibleRecipients: { private: 8 },
    practice: { offer: false },
  });
  await expect(page.locator("#policy-count")).toHaveText("Ingen fejl.");
  await page.locator('[id="visibleRecipients.private"]').fill("");
  expect(await workshop.text()).not.toContain('"private"');
});

test("each of several organisations has a part of its own", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("#policy-text").fill(POLICY);
  await page.locator("summary", { hasText: "Flere organisationer" }).click();
  await page.getByRole("button", { name: "Tilføj en organisation" }).click();
  const senders = page.locator('[id="parts[0].senders"]');
  await expect(senders).toBeFocused();
  await expect(senders, "a part without senders is for nobody").toHaveAttribute("aria-invalid", "true");
  await senders.fill("nabo.example\nsikker@nabo.example");
  const part = page.getByRole("group", { name: /^Del 1/ });
  await part.locator("summary", { hasText: "Organisationen" }).click();
  await page.locator('[id="parts[0].organisation.name"]').fill("Nabo Kommune");
  await expect(page.getByRole("group", { name: "Del 1: Nabo Kommune" })).toBeVisible();
  await part.locator("summary", { hasText: "Hvor meget Sendvagt må" }).click();
  await expect(part.getByRole("radio", { name: "Som for alle andre" }).first()).toBeChecked();
  await part.getByRole("radio", { name: "Holder øje" }).check();
  await part.locator("summary", { hasText: "Reglerne" }).click();
  await page.locator('[id="parts[0].rules.name-twin"]').selectOption({ label: "Fra" });
  expect(JSON.parse(await workshop.text())).toMatchObject({
    parts: [
      {
        senders: ["nabo.example", "sikker@nabo.example"],
        organisation: { name: "Nabo Kommune" },
        mode: "observe",
        rules: { "name-twin": "off" },
      },
    ],
  });
  await expect(page.locator("#policy-count")).toHaveText("Ingen fejl.");
  await page.getByRole("button", { name: "Fjern del 1" }).click();
  expect(JSON.parse(await workshop.text())).toMatchObject({ parts: [] });
});

test("retired mailboxes are pasted from Excel, and rows are changed and removed", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("summary", { hasText: "Nedlagte postkasser" }).click();
  await page.locator("summary", { hasText: "Sæt ind fra Excel" }).click();
  await page
    .locator("#retired-paste")
    .fill("Adresse\tDato\tNy\nold@x.example\t1-2-2026\tnew@x.example\nb@x.example\t\t");
  await page.getByRole("button", { name: "Tilføj rækkerne" }).click();
  await expect(page.getByText("2 postkasser er tilføjet.")).toBeVisible();
  await page.getByLabel("Skriv i stedet til, række 2").fill("c@x.example");
  await page.getByRole("button", { name: "Fjern række 1" }).click();
  expect(JSON.parse(await workshop.text())).toMatchObject({
    retiredMailboxes: [{ address: "b@x.example", replacement: "c@x.example" }],
  });
  await page.getByRole("button", { name: "Tilføj en række" }).click();
  await expect(page.getByLabel("Adresse, række 2")).toBeFocused();
  await page.getByRole("button", { name: "Fortryd" }).click();
  expect(await workshop.text()).not.toContain("retiredMailboxes");
});

for (const [language, said] of [
  [
    "da",
    {
      field: 'Linje 2: Her skal stå et domæne uden @; skriv "fjordby.example"',
      count: "2 fejl:",
      unread: "Formularen venter, til teksten kan læses som JSON igen.",
      line: "Linje 3",
    },
  ],
  [
    "en",
    {
      field: 'Line 2: Expected a domain without @; write "fjordby.example"',
      count: "2 errors:",
      unread: "The form waits until the text can be read as JSON again.",
      line: "Line 3",
    },
  ],
] as const) {
  test(`errors are at their place: ${language}`, async ({ workshop }) => {
    const { page } = workshop;
    await workshop.open();
    await page.getByRole("button", { name: language === "da" ? "Dansk" : "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await page
      .locator("#policy-text")
      .fill('{ "organisation": {\n  "help": "http://x.example",\n  "domains": ["a.example", "@fjordby.example"] } }');
    await expect(page.locator("#policy-count")).toHaveText(said.count);
    const domains = page.locator('[id="organisation.domains"]');
    await expect(domains).toHaveAttribute("aria-invalid", "true");
    await expect(domains).toHaveAccessibleDescription(new RegExp(said.field.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    await page.getByRole("button", { name: said.line }).click();
    expect(
      await page.locator("#policy-text").evaluate((field: HTMLTextAreaElement) => {
        return field.value.slice(field.selectionStart, field.selectionEnd);
      }),
    ).toContain('"@fjordby.example"');

    await page.locator("#policy-text").fill('{ "organisation": { "name": “Fjordby” } }');
    await expect(page.getByText(said.unread)).toBeVisible();
    await expect(page.locator('[id="organisation.name"]')).toBeDisabled();
  });
}

test("a mail is judged while it is written, and a fix changes it", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("#policy-text").fill(POLICY);
  await page.getByRole("link", { name: "Prøv" }).click();
  await page.getByLabel("Emne", { exact: true }).fill("Vedr. 010203-1234");
  await expect(page.locator("p.decision")).toHaveText("Stopper");
  await expect(page.locator(".dialog")).toContainText("010203-••••");
  await page.locator("#mail-secure").selectOption({ label: "Ja, fra sikkerpost@fjordby.example" });
  await expect(page.locator(".pane")).toContainText("Sikker post");
  await page.locator('[data-rule="cpr-in-subject"] button').first().click();
  await expect(page.locator("p.decision")).toHaveText("Sendes");
  expect(await page.getByLabel("Emne", { exact: true }).inputValue()).not.toContain("010203");

  await page.locator("#subjects").fill("Vedr. 010203-1234\nReferat");
  const rows = page.locator(".subjects tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Stopper");
  await page.getByRole("link", { name: "Policy" }).click();
  await page.getByRole("button", { name: "Gem filen" }).click();
  await page.getByRole("radio", { name: "Rådgiver" }).check();
  await page.getByRole("link", { name: "Prøv" }).click();
  await expect(rows.first().locator(".decision")).toHaveText(["Stopper", "Spørger"]);
  await expect(rows.first()).toHaveClass("changed");
  await expect(rows.last()).not.toHaveClass("changed");
});

test("the zip is what the program packs, byte for byte", async ({ workshop }) => {
  const { page } = workshop;
  const origin = "https://addins.fjordby.example/sendvagt";
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-workshop-"));
  await workshop.open();
  await page.locator("#policy-text").fill(POLICY);
  await page.getByRole("link", { name: "Pak" }).click();
  const pack = page.locator("#pack");
  await expect(pack).toBeDisabled();
  await page.locator("#origin").fill("addins.fjordby.example");
  await expect(page.locator("#origin-errors")).toContainText("Adressen skal begynde med https://");
  await page.locator("#origin").fill(origin);
  await expect(page.locator(".missing")).toContainText("Åbn state-filen");
  await page.getByLabel("Det er første gang").check();

  async function packed(): Promise<Map<string, Buffer>> {
    const [download] = await Promise.all([page.waitForEvent("download"), pack.click()]);
    expect(download.suggestedFilename()).toBe("sendvagt-site.zip");
    return unzipped(readFileSync(await download.path()));
  }
  const zip = await packed();
  await expect(page.locator(".steps")).toContainText("under Integrerede apps");
  expect(String(zip.get("policy.json"))).toBe(POLICY);
  expectAsPacked(zip, origin, folder);
  const policyId = /Regelsæt-id: ([0-9a-f]{8})\./.exec(await page.locator("#policy-id").innerText())?.[1];
  expect(String(zip.get("site/www/index.html"))).toContain(String(policyId));

  // The id stays, over a reload too, and the step in the admin center is the right one.
  await page.reload();
  await page.getByLabel("Mailen venter").check();
  const again = await packed();
  await expect(page.locator(".steps")).toContainText("Manifestet er ændret");
  const id = /"id": "([^"]+)"/;
  expect(id.exec(String(again.get("sendvagt-state.json")))?.[1]).toBe(
    id.exec(String(zip.get("sendvagt-state.json")))?.[1],
  );
  rmSync(folder, { recursive: true });
});

/** A workbook of Excel with these tables. */
function workbook(sheets: Record<string, string[][]>): Buffer {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const links = "http://schemas.openxmlformats.org/package/2006/relationships";
  const names = Object.keys(sheets);
  const each = (of: (name: string, number: number) => string) => names.map((name, at) => of(name, at + 1)).join("");
  const link = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`;
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (cells: string[]) => `<row>${cells.map(cell).join("")}</row>`;
  return zipped({
    "_rels/.rels": `<Relationships xmlns="${links}">${link("r", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(
      (name, number) => `<sheet name="${name}" sheetId="${String(number)}" r:id="r${String(number)}"/>`,
    )}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${links}">${each((_, number) =>
      link(`r${String(number)}`, "worksheet", `worksheets/sheet${String(number)}.xml`),
    )}</Relationships>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${String(at + 1)}.xml`,
        `<worksheet xmlns="${main}"><sheetData>${(sheets[name] ?? []).map(row).join("")}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** Drops a file or folder of the disk on an element, as a user drags it there. */
async function dropped(page: Page, selector: string, path: string): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  const { x, y } = box ?? { x: 0, y: 0 };
  const devtools = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    await devtools.send("Input.dispatchDragEvent", { type, x: x + 30, y: y + 15, data });
  }
}

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

test("lists are opened from Excel, and what can be read in two ways is asked about", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("#policy-text").fill(POLICY);
  await page.locator("summary", { hasText: "Domæner, I ofte skriver til" }).click();
  const open = (field: string, name: string, buffer: Buffer) =>
    page.locator(`[id="${field}-file"]`).setInputFiles({ name, mimeType: EXCEL, buffer });
  const partners = workbook({
    Partnere: [
      ["Partner", "Domæne", "Kontakt"],
      ["Regionen", "region.example", "post@region.example"],
      ["Nabokommunen", "nabo.example", "post@nabo.example"],
    ],
    Noter: [["Intet her"]],
  });
  const known = async () => (JSON.parse(await workshop.text()) as { knownDomains?: string[] }).knownDomains;
  await open("knownDomains", "partnere.xlsx", partners);
  await expect(page.getByText("2 linjer er tilføjet.")).toBeVisible();
  expect(await known()).toEqual(["region.example", "nabo.example"]);
  await open("knownDomains", "partnere.xlsx", partners);
  await expect(page.getByText("0 linjer er tilføjet. 2 stod der i forvejen.")).toBeVisible();

  const two = workbook({ Ark1: [["Vores", "Deres"], ["a.example", "b.example"], ["c.example", "d.example"]] }); // prettier-ignore
  await open("knownDomains", "to.xlsx", two);
  const question = page.getByRole("group", { name: "Hvad står hvor?" });
  await question.getByLabel("Domæner, I ofte skriver til").selectOption("Deres");
  await question.getByRole("button", { name: "Tilføj (2)" }).click();
  expect(await known()).toEqual(["region.example", "nabo.example", "b.example", "d.example"]);
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "Fortryd" }).click();
  expect(await known()).toEqual(["region.example", "nabo.example"]);

  const before = await workshop.text();
  for (const [name, buffer, words] of [
    ["skadet.xlsx", Buffer.from("PK\x03\x04\x14\x00\x06\x00", "latin1"), "kan ikke læses som regneark"],
    [
      "laast.xlsx",
      Buffer.concat([
        Buffer.from("d0cf11e0a1b11ae1", "hex"),
        Buffer.alloc(512),
        Buffer.from("EncryptedPackage", "utf16le"),
      ]),
      "er beskyttet med en adgangskode",
    ],
    ["billede.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), "hverken et regneark eller en tekstfil"],
    ["tom.csv", Buffer.from("\n"), "Der står intet i listen."],
  ] as const) {
    await open("knownDomains", name, buffer);
    await expect(page.locator(".notice.problem")).toContainText(words);
  }
  expect(await workshop.text()).toBe(before);
});

test("retired mailboxes of a workbook are told from their contacts", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("summary", { hasText: "Nedlagte postkasser" }).click();
  await page.locator("summary", { hasText: "Sæt ind fra Excel" }).click();
  const mailboxes = workbook({
    "2025": [["Postkasse", "Ansvarlig"], ["gammel@x.example", "leder@x.example"]], // prettier-ignore
    "2026": [["Postkasse", "Nedlagt", "Ny adresse"], ["nyere@x.example", "1-2-2026", "ny@x.example"]], // prettier-ignore
  });
  await page
    .locator('[id="retiredMailboxes-file"]')
    .setInputFiles({ name: "nedlagte.xlsx", mimeType: EXCEL, buffer: mailboxes });
  const question = page.getByRole("group", { name: "Hvad står hvor?" });
  await expect(question.getByLabel("Adresse", { exact: true })).toHaveValue("0");
  await expect(question.getByLabel("Skriv i stedet til")).toHaveValue("");
  await question.getByLabel("Ark").selectOption("2026");
  await expect(question.getByLabel("Skriv i stedet til")).toHaveValue("2");
  await question.getByRole("button", { name: "Tilføj (1)" }).click();
  expect(JSON.parse(await workshop.text())).toMatchObject({
    retiredMailboxes: [{ address: "nyere@x.example", since: "2026-02-01", replacement: "ny@x.example" }],
  });
});

for (const [language, said] of [
  [
    "Dansk",
    {
      all: /^Alle \d+ filer er, som de blev pakket\.$/,
      one: "1 af",
      missing: "Den mangler; kopiér den også.",
      paused: "på PAUSE",
      folder: "Brug knappen »Åbn en mappe«.",
    },
  ],
  [
    "English",
    {
      all: /^All \d+ files are as packed\.$/,
      one: "1 of",
      missing: "It is missing; copy it too.",
      paused: "PAUSED",
      folder: "Use the button",
    },
  ],
] as const) {
  test(`a copied site is compared with what was packed: ${language}`, async ({ workshop }) => {
    const { page } = workshop;
    const folder = mkdtempSync(join(tmpdir(), "sendvagt-workshop-"));
    await workshop.open("pack");
    await page.getByRole("button", { name: language }).click();
    await page.locator("#origin").fill("https://addins/sendvagt");
    await expect(page.locator("#origin-warning")).not.toBeEmpty();
    await page.locator("#origin").fill("https://addins.fjordby.example/sendvagt");
    await expect(page.locator("#origin-warning")).toBeHidden();
    await page.locator("#first-time").check();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#pack").click()]);
    const zip = readFileSync(await download.path());
    const result = page.locator("#compared");
    const put = async (copied: Record<string, Buffer>) => {
      await page
        .locator("#deployed-zip")
        .setInputFiles({ name: "www.zip", mimeType: "application/zip", buffer: zipped(copied) });
    };
    const site = Object.fromEntries(
      [...unzipped(zip)]
        .filter(([path]) => path.startsWith("site/www/"))
        .map(([path, bytes]) => [path.slice(9), bytes]),
    );
    await put(site);
    await expect(result.locator(".status")).toHaveText(said.all);
    await put(Object.fromEntries(Object.entries(site).filter(([path]) => path !== "sendvagt/pane.html")));
    await expect(result.locator(".status")).toContainText(said.one);
    await expect(result.locator("li")).toHaveText(`pane.html ${said.missing}`);

    // The zip of the packing has both sites: which one is compared is the user's choice.
    await page.locator("#deployed-zip").setInputFiles({ name: "site.zip", mimeType: "application/zip", buffer: zip });
    await expect(result.locator(".status")).toHaveText(said.all);
    await page.locator("#which-site").selectOption({ label: "site-paused/www/sendvagt/" });
    await expect(result.locator(".status")).toContainText(said.paused);
    await page.locator("#which-list").selectOption({ label: "site-paused/integrity.json" });
    await expect(result.locator(".status")).toHaveText(said.all);

    // A folder, without what else a host has.
    for (const [path, bytes] of [...Object.entries(site), ["other/large.bin", Buffer.from("x")] as const]) {
      mkdirSync(join(folder, "www", path, ".."), { recursive: true });
      writeFileSync(join(folder, "www", path), bytes);
    }
    await page.locator("#which-list").selectOption({ label: "site/integrity.json" });
    await page.locator("#deployed-folder").setInputFiles(join(folder, "www"));
    await expect(result.locator(".status")).toHaveText(said.all);
    await page.locator("#deployed-drop").scrollIntoViewIfNeeded();
    await dropped(page, "#deployed-drop", join(folder, "www"));
    await expect(page.locator(".notice.problem")).toContainText(said.folder);
    rmSync(folder, { recursive: true });
  });
}

test("a file that is no zip, no list or no site is named as what it is", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open("pack");
  const put = (id: string, name: string, buffer: Buffer) =>
    page.locator(id).setInputFiles({ name, mimeType: "application/zip", buffer });
  for (const [id, name, buffer, words] of [
    ["#deployed-zip", "intet.zip", Buffer.from("hej"), "intet.zip er ikke en zip-fil"],
    ["#deployed-zip", "andet.zip", zipped({ "a.txt": "x" }), "Der er intet site fra Sendvagt i andet.zip"],
    ["#integrity-file", "package.json", Buffer.from("{}"), "Der er ingen liste i package.json."],
    ["#integrity-file", "halv.zip", zipped({ "a.txt": "x" }).subarray(0, 20), "halv.zip er ikke en zip-fil"],
  ] as const) {
    await put(id, name, buffer);
    await expect(page.locator(".notice.problem")).toContainText(words);
  }
});

test("the program serves the page, with the same work after a reload", async ({ page }) => {
  const arguments_ = ["workshop", "--page", join(ROOT, "dist/sendvagt-workshop.html")];
  const program = spawn(PROGRAM, arguments_, { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise<string>((resolve) => {
    program.stdout.once("data", (line) => {
      resolve(/http:\S+/.exec(String(line))?.[0] ?? "");
    });
  });
  await page.goto(address);
  await page.locator('[id="organisation.name"]').fill("Næs Kommune");
  await page.reload();
  await expect(page.locator('[id="organisation.name"]')).toHaveValue("Næs Kommune");

  // Here a page may read a folder that is dropped on it.
  const folder = mkdtempSync(join(tmpdir(), "sendvagt-workshop-"));
  await page.goto(`${address}#pack`);
  await page.locator("#origin").fill("https://addins.fjordby.example");
  await page.locator("#first-time").check();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#pack").click()]);
  for (const [path, bytes] of unzipped(readFileSync(await download.path()))) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  await page.locator("#deployed-drop").scrollIntoViewIfNeeded();
  await dropped(page, "#deployed-drop", join(folder, "site/www"));
  await expect(page.locator("#compared .status")).toHaveText(/^Alle \d+ filer er, som de blev pakket\.$/);
  rmSync(folder, { recursive: true });
  program.kill();
});

test("nothing leaves the page, whatever runs in it", async ({ workshop }) => {
  const { page } = workshop;
  // For a frame Chromium connects before it asks the page's policy, and then sends nothing.
  const sent: string[] = [];
  const server = createServer().on("connection", (socket) => socket.on("data", (bytes) => sent.push(String(bytes))));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await workshop.open();
  const refused = await page.evaluate(async (host) => {
    const found: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => found.push(effectiveDirective));
    const add = (name: string, attributes: Record<string, string>) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
      }
      document.body.append(element);
      return element;
    };
    await fetch(`http://${host}/fetch`).catch(() => undefined);
    navigator.sendBeacon(`http://${host}/beacon`, "x");
    try {
      new WebSocket(`ws://${host}/socket`);
    } catch {
      // Some browsers throw.
    }
    try {
      new EventSource(`http://${host}/events`);
    } catch {
      // Some browsers throw.
    }
    add("img", { src: `http://${host}/image.png` });
    add("script", { src: `http://${host}/script.js` });
    add("link", { rel: "stylesheet", href: `http://${host}/style.css` });
    add("iframe", { src: `http://${host}/frame.html` });
    add("video", { src: `http://${host}/video.mp4` });
    (add("form", { action: `http://${host}/form`, method: "post" }) as HTMLFormElement).submit();
    add("script", {}).textContent = "window.ran = true";
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { found, ran: "ran" in window };
  }, host);
  // What the test did is no fault of the page.
  workshop.errors.length = 0;
  workshop.requests.length = 0;
  expect(refused.ran).toBe(false);
  expect(new Set(refused.found)).toEqual(
    new Set(["connect-src", "img-src", "script-src-elem", "style-src-elem", "frame-src", "media-src", "form-action"]),
  );
  expect(sent).toEqual([]);
  server.close();
});

test("what was written survives a reload", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator('[id="organisation.name"]').fill("Næs Kommune");
  await page.reload();
  await expect(page.locator('[id="organisation.name"]')).toHaveValue("Næs Kommune");
  await expect(page.locator(".file")).toContainText("ændret");
});

test("another file than a policy is named as what it is, and what was written stays", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator("#policy-text").fill(POLICY);
  const open = (name: string, buffer: Buffer) =>
    page.locator("#policy-file").setInputFiles({ name, mimeType: "application/json", buffer });
  const large = join(mkdtempSync(join(tmpdir(), "sendvagt-workshop-")), "trace.json");
  writeFileSync(large, Buffer.alloc(50_000_000, 0x20));
  await page.locator("#policy-file").setInputFiles(large);
  await expect(page.getByText("trace.json er over 4 MB og blev ikke åbnet.")).toBeVisible();
  rmSync(large);
  await open("ark.xlsx", Buffer.from("PK\x03\x04\x14\x00\x06\x00", "latin1"));
  await expect(page.getByText("ark.xlsx er ikke en tekstfil og blev ikke åbnet.")).toBeVisible();
  expect(await workshop.text()).toBe(POLICY);

  const text = '{ "organisation": { "name": "Rødovre" } }';
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  for (const bytes of [Buffer.from(text, "latin1"), utf16, Buffer.from(`\ufeff${text}`)]) {
    await page.locator("#policy-text").fill(POLICY);
    await open("policy-ny.json", bytes);
    await expect(page.locator('[id="organisation.name"]')).toHaveValue("Rødovre");
    await expect(page.locator("#policy-count")).toHaveText("Ingen fejl.");
  }
  await page.getByRole("button", { name: "Fortryd" }).click();
  expect(await workshop.text()).toBe(POLICY);
});

test("a browser that keeps nothing is told of", async ({ workshop }) => {
  const { page } = workshop;
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await workshop.open();
  await expect(page.getByText("Gem filen, før du lukker siden.")).toBeVisible();
  await page.locator('[id="organisation.name"]').fill("Næs Kommune");
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(page.locator('[id="organisation.name"]')).toHaveValue("Næs Kommune");
});

/** Of two storages the full one kept what had been written before, and a reload took that. */
test("a storage that is full does not bring back what was written before", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator('[id="organisation.name"]').fill("Før");
  await page.evaluate(() => {
    Storage.prototype.setItem = function (key, value) {
      if (this === sessionStorage) {
        throw new DOMException("full", "QuotaExceededError");
      }
      this[key] = value;
    };
  });
  await page.locator('[id="organisation.name"]').fill("Efter");
  await page.reload();
  await expect(page.locator('[id="organisation.name"]')).toHaveValue("Efter");
});

test("two tabs keep a policy each", async ({ workshop, context }) => {
  const { page } = workshop;
  await workshop.open();
  await page.locator('[id="organisation.name"]').fill("Første");
  const other = await context.newPage();
  await other.goto(PAGE);
  await other.locator('[id="organisation.name"]').fill("Anden");
  await expect(page.getByText("Værkstedet er også åbent i en anden fane.")).toBeVisible();
  // Closed, one of them would be kept nowhere.
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await page.reload();
  await other.reload();
  await expect(page.locator('[id="organisation.name"]')).toHaveValue("Første");
  await expect(other.locator('[id="organisation.name"]')).toHaveValue("Anden");
});

test("without WebAssembly the page says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "WebAssembly", { value: undefined });
  });
  await page.goto(PAGE);
  await expect(page.getByRole("alert")).toContainText("Værkstedet kan ikke køre i denne browser");
  await expect(page.getByRole("alert")).toContainText("The workshop cannot run in this browser");
});

test("every room can be used with the keyboard alone", async ({ workshop }) => {
  const { page } = workshop;
  await workshop.open();
  async function to(name: string | RegExp, role: "link" | "button" | "textbox" | "checkbox"): Promise<void> {
    const wanted = page.getByRole(role, { name }).first();
    for (let pressed = 0; pressed < 60; pressed++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        return;
      }
      await page.keyboard.press("Tab");
    }
    throw new Error(`the focus never comes to ${String(name)}`);
  }
  await to("Prøv", "link");
  await page.keyboard.press("Enter");
  await to("Emne", "textbox");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Vedr. 010203-1234");
  await expect(page.locator("p.decision")).toHaveText("Stopper");
  await to(/nummeret/, "button");
  await page.keyboard.press("Enter");
  await expect(page.locator("p.decision")).toHaveText("Sendes");
  await to("Pak", "link").catch(async () => {
    // Round the end of the page and on from its start.
    await to("Pak", "link");
  });
  await page.keyboard.press("Enter");
  await to(/Adressen/, "textbox");
  await page.keyboard.type("https://addins.fjordby.example");
  await to(/første gang/, "checkbox");
  await page.keyboard.press("Space");
  await to(/zip-filen/, "button");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toBe("sendvagt-site.zip");
});

for (const [theme, lang] of LOOKS) {
  test(`axe-core reports nothing: ${theme}, ${lang}`, async ({ workshop }) => {
    const language = lang === "da" ? "Dansk" : "English";
    const { page } = workshop;
    await page.emulateMedia(theme === "contrast" ? { forcedColors: "active" } : { colorScheme: theme });
    for (const room of ["policy", "try", "pack"] as const) {
      await workshop.open(room);
      await page.getByRole("button", { name: language }).click();
      if (room === "policy") {
        await page.locator("#policy-text").fill(readFileSync(join(ROOT, "addin/policy.example.json"), "utf8"));
        await page.locator("#policy-text").press("End");
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await page.locator('[id="organisation.help"]').fill("http://x.example");
      }
      if (room === "try") {
        await page.locator("#subjects").fill("Vedr. 010203-1234\nReferat");
      }
      expect(await violations(page)).toEqual([]);
    }
  });
}

test("the page fits a narrow window", async ({ workshop }) => {
  const { page } = workshop;
  await page.setViewportSize({ width: 360, height: 740 });
  for (const room of ["policy", "try", "pack"] as const) {
    await workshop.open(room);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  }
});
