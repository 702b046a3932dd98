// The practice through the real office.js, with the built scenes. All numbers are made up.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import { THEMES, violations } from "./axe";
import { expect, test, type Mail } from "./fixture";
import { ADDIN_ORIGIN } from "./network";

type Language = "da" | "en";
type Texts = Record<Language, string>;
interface MailOf {
  from: string;
  to: string[];
  bcc?: string[];
  subject: Texts;
  label: string;
  attachments?: string[];
}
interface Scene {
  id: string;
  title: Texts;
  start: MailOf;
  model: MailOf;
}

/** The scenes in the built script. */
const SCENES = scenesIn(readFileSync(fileURLToPath(new URL("../../dist/addin/practice.js", import.meta.url)), "utf8"));

function scenesIn(script: string): Scene[] {
  const literals = script.match(/"\{\\"(?:[^"\\]|\\.)*"/g) ?? [];
  const parsed = literals.map((literal) => JSON.parse(JSON.parse(literal) as string) as { scenes?: Scene[] });
  const found = parsed.find(({ scenes }) => scenes !== undefined)?.scenes;
  if (found === undefined) {
    throw new Error("dist/addin/practice.js contains no scenes");
  }
  return found;
}

const WORDS = {
  da: { send: "Send", next: /Næste opgave|Se dit kursusbevis/, begin: /Begynd|Fortsæt/, finish: "Se dit kursusbevis" },
  en: { send: "Send", next: /Next task|See your certificate/, begin: /Begin|Continue/, finish: "See your certificate" },
};

async function open(mail: Mail, query: Record<string, string> = {}): Promise<Frame> {
  await mail.open(query);
  await mail.page.locator("#practise").click();
  await mail.idle();
  return ready(mail);
}

async function ready(mail: Mail): Promise<Frame> {
  const pane = await mail.pane();
  await expect(pane.locator("#list")).toBeVisible();
  return pane;
}

async function enter(pane: Frame, id: string): Promise<void> {
  await pane.locator(`[data-scene="${id}"]`).click();
}

/** Fills the form as a keyboard user does: from the first field on, with Tab only. */
async function write(
  page: Page,
  pane: Frame,
  { from, to, bcc = [], subject, label, attachments }: MailOf,
  language: Language,
): Promise<void> {
  const focused = () => pane.evaluate(() => document.activeElement?.id ?? "");
  await expect.poll(focused).toBe("mail-from");
  if (from !== (await pane.locator("#mail-from").inputValue())) {
    await page.keyboard.press(from.startsWith("sikker") ? "ArrowDown" : "ArrowUp");
  }
  await page.keyboard.press("Tab");
  await expect.poll(focused).toBe("mail-to");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type(to.join("; "));
  await page.keyboard.press("Tab");
  if ((await focused()) === "mail-bcc") {
    await page.keyboard.type(bcc.join("; "));
    await page.keyboard.press("Tab");
  }
  if ((await focused()) === "mail-label") {
    if (label !== (await pane.locator("#mail-label").inputValue())) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Tab");
  }
  await expect.poll(focused).toBe("mail-subject");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(subject[language]);
  if (attachments !== undefined) {
    await page.keyboard.press("Tab");
    await expect.poll(focused).toBe("mail-attachments");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(attachments.join("; "));
  }
}

for (const language of ["da", "en"] as const) {
  test(`a full run with the keyboard only, to the certificate: ${language}`, async ({ mail }) => {
    test.setTimeout(120_000);
    const { page } = mail;
    const words = WORDS[language];
    const pane = await open(mail, { lang: language });
    const focused = () => pane.evaluate(() => document.activeElement?.textContent ?? "");
    await expect.poll(focused).toMatch(words.begin);
    await page.keyboard.press("Enter");
    for (const [index, scene] of SCENES.entries()) {
      await expect(pane.locator("#scene-title")).toHaveText(scene.title[language]);
      await expect(pane.locator("#announce")).toContainText(scene.title[language]);
      if (JSON.stringify(scene.start) !== JSON.stringify(scene.model)) {
        // The initial mail is not sent.
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await expect(pane.locator("#status")).not.toHaveText("");
        await expect(pane.locator("#learnt")).toBeHidden();
        await page.keyboard.press("Shift+Tab");
        await write(page, pane, scene.model, language);
      } else {
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await expect(pane.locator("#learnt"), scene.id).toBeVisible();
      await expect.poll(focused).toMatch(index + 1 === SCENES.length ? words.finish : words.next);
      await page.keyboard.press("Enter");
    }
    await expect(pane.locator("#certificate")).toBeVisible();
    await page.keyboard.type("Bo Eksempel");
    await expect(pane.locator("#name")).toHaveValue("Bo Eksempel");
    await expect(pane.locator("#organisation")).toHaveText("Eksempel Kommune");
    await expect(pane.locator("#certified-list > li")).toHaveCount(SCENES.length);
    const kept = (await mail.read("roamingSettings"))["sendvagt.practice"] ?? "";
    expect(Object.keys(JSON.parse(kept) as object).sort()).toEqual(SCENES.map(({ id }) => id).sort());
    expect(JSON.stringify(await mail.read("roamingSettings"))).not.toContain("Bo Eksempel");
  });
}

test("the findings have the texts of the engine, and its fixes work", async ({ mail }) => {
  const pane = await open(mail);
  await enter(pane, "alt-paa-en-gang");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#status")).toHaveText("Mailen er ikke sendt. Der er 3 ting at rette.");
  await expect(pane.locator("mark")).toHaveText("030461-4321");
  await expect(pane.locator("#findings > li").first()).toContainText("Der står et CPR-nummer i emnet (030461-••••");
  await pane.getByRole("button", { name: /Flyt nummeret/ }).click();
  await expect(pane.locator("#mail-body")).toHaveValue(/^CPR-nummer: 030461-4321\nTilsagnet/);
  await expect(pane.locator("#status")).toHaveText("Rettet. Der er mere at rette.");
  await pane.getByRole("button", { name: /Tilføj oekonomi@nabokommune.example/ }).click();
  await pane.getByRole("button", { name: /Tilføj adressen på region.example/ }).click();
  await expect(pane.locator("#findings > li").first()).toContainText("Fjern den. Den nye adresse er der allerede.");
  await expect(pane.locator("#mail-to")).toHaveValue(/; oekonomi@nabokommune\.example; boern@region\.example$/);
  await pane.locator("#mail-to").fill("oekonomi@nabokommune.example; boern@region.example");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#learnt")).toBeVisible();
});

test("citizens who would see each other are moved to Bcc", async ({ mail }) => {
  const pane = await open(mail);
  await enter(pane, "alt-paa-en-gang");
  await expect(pane.locator("#mail-bcc")).toBeHidden();
  const citizens = "anna@gmail.com; bo@gmail.com; carl@hotmail.com; dorte@icloud.com; erik@live.dk";
  await pane.locator("#mail-to").fill(`familie@kommune.example; ${citizens}`);
  await pane.locator("#mail-subject").fill("Forældremøde");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await pane.getByRole("button", { name: /Flyt dem til Bcc/ }).click();
  await expect(pane.locator("#mail-to")).toHaveValue("familie@kommune.example");
  await expect(pane.locator("#mail-bcc")).toHaveValue(citizens);
});

test("a mail that is sent but does not fulfil the task is not enough", async ({ mail }) => {
  const pane = await open(mail);
  await enter(pane, "maerke");
  await pane.locator("#mail-to").fill("");
  await pane.locator("#mail-subject").fill("Handleplan");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#missing > li")).toHaveText([
    "Mailen skal til boern@region.example.",
    "Mailen bliver ikke sendt som sikker post.",
  ]);
  await expect(pane.locator("#learnt")).toBeHidden();
});

test("a question can be answered, and the practice explains the consequence", async ({ mail }) => {
  const pane = await open(mail);
  await enter(pane, "tastefejl");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await pane.getByRole("button", { name: "Send alligevel" }).click();
  await expect(pane.locator("#status")).toHaveText("I Outlook ville mailen nu være sendt. Ret den, før du går videre.");
  await pane.getByRole("button", { name: "Vis en løsning" }).click();
  await expect(pane.locator("#findings > li")).toHaveCount(0);
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#learnt")).toBeVisible();
});

test("progress persists across a reload, and is cleared by starting over", async ({ mail }) => {
  let pane = await open(mail);
  await enter(pane, "faktura");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#learnt")).toBeVisible();
  await expect
    .poll(async () => (await mail.read("roamingSettings"))["sendvagt.practice"])
    .toMatch(/^\{"faktura":"\d{4}-\d\d-\d\d"\}$/);
  pane = await open(mail);
  await expect(pane.locator("#count")).toHaveText(`Du har løst 1 af ${String(SCENES.length)} opgaver.`);
  await expect(pane.locator("[data-scene=faktura]")).toContainText("✓");
  await pane.getByRole("button", { name: "Start forfra" }).click();
  await pane.getByRole("button", { name: "Nej" }).click();
  await expect(pane.locator("[data-scene=faktura]")).toContainText("✓");
  await pane.getByRole("button", { name: "Start forfra" }).click();
  await pane.getByRole("button", { name: "Ja, start forfra" }).click();
  await expect(pane.locator("[data-scene=faktura]")).toContainText("○");
  await expect.poll(async () => (await mail.read("roamingSettings"))["sendvagt.practice"]).toBe("{}");
});

for (const kind of ["error", "never"] as const) {
  test(`practice continues if progress cannot be saved: ${kind}`, async ({ mail }) => {
    const pane = await open(mail);
    await mail.page.evaluate((how) => window.simulator.faults.add({ dispatchId: 404, kind: how }), kind);
    for (const id of ["faktura", "sagsnummer"]) {
      await enter(pane, id);
      await pane.getByRole("button", { name: "Send", exact: true }).click();
      await expect(pane.locator("#learnt")).toBeVisible();
      await expect(pane.locator("#trouble")).toContainText("Outlook kunne ikke gemme");
      await pane.getByRole("button", { name: "Alle opgaver" }).click();
    }
    await expect(pane.locator("#count")).toHaveText(`Du har løst 2 af ${String(SCENES.length)} opgaver.`);
  });
}

test("the task pane leads to practice and back", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Vedr. 010203-1234" });
  await mail.page.evaluate(() => window.simulator.openPane());
  let pane = await mail.pane();
  await pane.getByRole("button", { name: "Øv dig" }).click();
  pane = await ready(mail);
  await expect(pane.locator("#course-link")).toHaveAttribute("href", "https://intra.kommune.example/kursus");
  await expect(pane.locator("#guide")).toHaveAttribute("href", "guide.da.html");
  await pane.getByRole("link", { name: "Tilbage til mailen" }).click();
  await expect(pane.locator("mark")).toHaveText("010203-1234");
});

test("the pane offers practice until the first task is done, and no mail has a bar for it", async ({ mail }) => {
  await mail.open();
  for (let mails = 0; mails < 3; mails += 1) {
    await mail.compose({ to: ["akut@region.example"] });
    expect(await mail.read("notifications")).toEqual([]);
  }
  expect(await mail.read("roamingSettings")).toEqual({});
  await mail.page.evaluate(() => window.simulator.openPane());
  let pane = await mail.pane();
  await expect(pane.locator("#new-here")).toHaveText("Er sikker post nyt for dig?");
  await pane.getByRole("button", { name: "Øv dig" }).click();
  pane = await ready(mail);
  await enter(pane, "faktura");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await expect(pane.locator("#learnt")).toBeVisible();
  await expect.poll(async () => (await mail.read("roamingSettings"))["sendvagt.practice"]).toContain("faktura");
  await pane.getByRole("button", { name: "Alle opgaver" }).click();
  await pane.getByRole("link", { name: "Tilbage til mailen" }).click();
  await expect(pane.locator("#status")).toContainText("i orden");
  await expect(pane.locator("#new-here")).toBeHidden();
});

test("the certificate opens in a window of its own, outside Outlook, and prints on one page", async ({ mail }) => {
  const done = Object.fromEntries(SCENES.map(({ id }) => [id, "2026-05-12"]));
  await mail.page.goto(`${ADDIN_ORIGIN}/practice.html#certificate=${encodeURIComponent(JSON.stringify(done))}`);
  await expect(mail.page.locator("#sheet")).toContainText("12. maj 2026");
  await expect(mail.page.locator("#certified-list > li")).toHaveCount(SCENES.length);
  await mail.page.locator("#name").fill("Bo Eksempel");
  expect(pages(await mail.page.pdf({ preferCSSPageSize: true }))).toBe(1);
  await mail.page.emulateMedia({ media: "print" });
  // A sheet of A4 without its margins, at 96 pixels per inch.
  await mail.page.setViewportSize({ width: 627, height: 700 });
  await shot(mail.page, "practice-certificate");
});

for (const language of ["da", "en"] as const) {
  test(`the guide prints on one page: ${language}`, async ({ mail }) => {
    await mail.page.goto(`${ADDIN_ORIGIN}/guide.${language}.html`);
    await expect(mail.page.locator("html")).toHaveAttribute("lang", language);
    expect(await mail.page.locator("tbody tr").count()).toBeGreaterThan(3);
    expect(pages(await mail.page.pdf({ preferCSSPageSize: true }))).toBe(1);
    expect(await violations(mail.page.mainFrame())).toEqual([]);
    if (language === "da") {
      await shot(mail.page, "guide");
    }
  });
}

/** The number of pages in a PDF: each is an object of type Page. */
function pages(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

async function shot(page: Page, name: string): Promise<void> {
  if (process.env["SENDVAGT_SCREENSHOTS"] === "1") {
    await page.screenshot({
      fullPage: true,
      path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)),
    });
  }
}

/** Brings the practice into each state that looks different. */
const STATES: Record<string, (pane: Frame) => Promise<void>> = {
  list: async (pane) => {
    await enter(pane, "sagsnummer");
    await pane.locator("#mail-send").click();
    await pane.locator("#leave").click();
    await pane.locator("#restart").click();
  },
  findings: async (pane) => {
    await enter(pane, "underretning");
    await pane.locator("#mail-send").click();
    await expect(pane.locator("#findings > li")).toHaveCount(1);
  },
  learnt: async (pane) => {
    await enter(pane, "foelsomhed");
    await pane.locator("#solution").click();
    await pane.locator("#mail-send").click();
    await expect(pane.locator("#learnt")).toBeVisible();
  },
  certificate: async (pane) => {
    await enter(pane, "sagsnummer");
    await pane.locator("#mail-send").click();
    await pane.locator("#leave").click();
    await pane.locator("#to-certificate").click();
  },
};

const PICTURES = ["list-light", "findings-light", "learnt-dark"];

/** A picture of the whole practice at its full height. */
async function paneShot({ page }: Mail, pane: Frame, name: string): Promise<void> {
  if (process.env["SENDVAGT_SCREENSHOTS"] !== "1") {
    return;
  }
  const height = await pane.evaluate(() => {
    window.scrollTo(0, 0);
    return document.body.offsetHeight;
  });
  await page.setViewportSize({ width: 1280, height: height + 300 });
  const frame = page.locator("#pane iframe");
  await frame.evaluate((element, size) => {
    Object.assign((element as HTMLElement).style, { flex: "none", minHeight: "0", height: `${String(size)}px` });
  }, height);
  await page.mouse.move(0, 0);
  await frame.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) });
}

test.describe("accessibility", () => {
  test.use({ colorScheme: null, bypassCSP: true });
  for (const theme of THEMES) {
    for (const [state, bring] of Object.entries(STATES)) {
      test(`axe-core reports nothing: ${state}, ${theme}`, async ({ mail }) => {
        if (theme === "contrast") {
          await mail.page.emulateMedia({ forcedColors: "active" });
        }
        const pane = await open(mail, { theme: theme === "contrast" ? "light" : theme });
        await bring(pane);
        if (theme === "contrast") {
          await mail.contrast(pane);
        }
        expect(await violations(pane)).toEqual([]);
        if (PICTURES.includes(`${state}-${theme}`)) {
          await paneShot(mail, pane, `practice-${state}-${theme}`);
        }
      });
    }
  }
});

test("no horizontal scrolling at 320 px, or at 400 % zoom", async ({ mail }) => {
  const pane = await open(mail);
  for (const bring of Object.values(STATES)) {
    await bring(pane);
    for (const zoom of [1, 4]) {
      await pane.evaluate((factor) => {
        document.documentElement.style.fontSize = `${String(factor * 100)}%`;
      }, zoom);
      const [width, room] = await pane.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(width, `at ${String(zoom * 100)} %`).toBeLessThanOrEqual(room);
    }
    await pane.evaluate(() => {
      document.documentElement.style.fontSize = "";
    });
    await pane
      .locator("#leave, #certificate-leave")
      .locator("visible=true")
      .or(pane.locator("#restart-no").locator("visible=true"))
      .first()
      .click();
  }
});
