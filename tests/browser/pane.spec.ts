// The task pane through the real office.js: it shows, fixes and undoes. All numbers are made up.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import type { Frame } from "@playwright/test";

import { expect, test, type Mail } from "./fixture";

const SECURE = "sikkerpost@kommune.example";
const HELD = "Børn 010203-1234 og 020304-1234, statusmøde";

interface Wanted {
  kind?: "message" | "appointment";
  from?: string;
  to?: string[];
  cc?: string[];
  subject: string;
  body?: string;
}

async function open(mail: Mail, wanted: Wanted, query: Record<string, string> = {}): Promise<Frame> {
  await mail.open(query);
  await mail.compose({ to: ["akut@region.example"], ...wanted });
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await expect(pane.locator("#status")).not.toHaveText(/^$|…$/);
  return pane;
}

const fix = (pane: Frame, name: RegExp) => pane.getByRole("button", { name });
const draft = (mail: Mail) => mail.read("draft");

test("the number is marked, and each finding says what, why and what to do", async ({ mail }) => {
  const pane = await open(mail, { subject: HELD });
  expect(await pane.locator("mark").allTextContents()).toEqual(["010203-1234", "020304-1234"]);
  await expect(pane.locator("#status")).toHaveText("2 ting skal ses efter.");
  await expect(pane.locator("#findings > li").first()).toContainText("Emnet indeholder et CPR-nummer (010203-••••).");
  await expect(pane.locator("#findings > li").first()).toContainText("Slet nummeret i emnet.");
});

test("in secure mail one click moves the numbers to the body, and undo restores every character", async ({ mail }) => {
  const pane = await open(mail, { from: SECURE, subject: HELD, body: "<p>Kære region</p>" });
  const before = await draft(mail);
  await fix(pane, /Flyt numrene/)
    .first()
    .click();
  await expect(pane.locator("#status")).toHaveText("Det er rettet. Alt er i orden. Mailen kan sendes.");
  await expect(fix(pane, /Fortryd/)).toBeFocused();
  const after = await draft(mail);
  expect(after?.subject).toBe("Børn, statusmøde");
  expect(after?.body).toMatch(/^<p>CPR-numre: 010203-1234, 020304-1234<\/p>.*Kære region/s);
  expect({ ...after, subject: "", body: "" }).toEqual({ ...before, subject: "", body: "" });
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Rettelsen er fortrudt.");
  expect(await draft(mail)).toEqual(before);
  await fix(pane, /Flyt numrene/)
    .first()
    .click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  expect(await mail.send()).toBe("sent");
});

test("in ordinary mail the number can only be removed", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning" });
  await expect(fix(pane, /Flyt/)).toHaveCount(0);
  await expect(pane.locator(".preview").first()).toContainText("Vedr. underretning");
  await fix(pane, /Fjern nummeret/).click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  expect((await draft(mail))?.subject).toBe("Vedr. underretning");
  expect(await mail.send()).toBe("sent");
});

test("a retired mailbox is replaced in its field", async ({ mail }) => {
  const wanted = {
    subject: "Refusion",
    to: ["bo.lind@kommune.example", "mellemkommunal@kommune.example", "akut@region.example"],
    cc: ["familie@kommune.example"],
  };
  const pane = await open(mail, wanted);
  const before = await draft(mail);
  await fix(pane, /Send til refusion@kommune.example/).click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  const after = await draft(mail);
  expect(after?.to.map((one) => one.replace(/.*<|>/g, ""))).toEqual([
    "bo.lind@kommune.example",
    "refusion@kommune.example",
    "akut@region.example",
  ]);
  expect({ ...after, to: [] }).toEqual({ ...before, to: [] });
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Rettelsen er fortrudt.");
  expect((await draft(mail))?.to).toEqual(before?.to);
});

test("a misspelt domain is corrected", async ({ mail }) => {
  const pane = await open(mail, { subject: "Referat", to: ["akut@regoin.example"] });
  await fix(pane, /Ret domænet til region.example/).click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  expect((await draft(mail))?.to.join()).toContain("akut@region.example");
});

test("the pane opens from the dialog, and follows what is typed while it is open", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Vedr. 010203-1234" });
  expect(await mail.send()).toBe("dialog");
  await mail.press("Vis og ret");
  const pane = await mail.pane();
  await expect(pane.locator("mark")).toHaveText("010203-1234");
  await mail.page.locator("#subject").fill("Underretning");
  await expect(pane.locator("#status")).toHaveText("Alt er i orden. Mailen kan sendes.");
  await mail.page.locator("#subject").fill("cpr 0102031234");
  await expect(pane.locator("mark")).toHaveText("0102031234");
});

test("the information bar disappears after a fix, and there is only one", async ({ mail }) => {
  await mail.open();
  await mail.compose({ respond: { to: "in-1", how: "reply" } });
  expect((await mail.read("notifications")).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Emnet indeholder et CPR-nummer/),
  ]);
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await fix(pane, /Fjern nummeret/).click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  await expect.poll(async () => mail.read("notifications")).toEqual([]);
});

test("a bar appears when a retired mailbox is added, and disappears when it is removed", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Refusion" });
  expect(await mail.read("notifications")).toEqual([]);
  await mail.page.evaluate(() => window.simulator.edit({ to: ["mellemkommunal@kommune.example"] }));
  await mail.idle();
  expect((await mail.read("notifications")).length).toBe(1);
  await mail.page.evaluate(() => window.simulator.edit({ to: ["akut@region.example"] }));
  await mail.idle();
  expect(await mail.read("notifications")).toEqual([]);
});

test("what the user types during a fix wins", async ({ mail }) => {
  const pane = await open(mail, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" });
  // body.prependAsync answers late: in the meantime the subject is edited.
  await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 23, kind: "late", ms: 900, times: 1 }));
  await fix(pane, /Flyt nummeret/).click();
  await mail.page.locator("#subject").fill("Noget andet 010203-1234");
  await expect(pane.locator("#status")).toContainText("Mailen er ændret i mellemtiden.");
  const after = await draft(mail);
  expect(after?.subject).toBe("Noget andet 010203-1234");
  expect(after?.body).not.toContain("CPR-nummer");
});

test("two fixes pressed quickly do not mix", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234", to: ["mellemkommunal@kommune.example"] });
  await mail.page.evaluate(() => {
    window.simulator.settings.latency = 60;
  });
  await pane.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLButtonElement>("#findings button")) {
      button.click();
    }
  });
  await expect(pane.locator("#status")).toContainText("Det er rettet.");
  const after = await draft(mail);
  expect(after?.subject).toBe("Vedr.");
  expect(after?.to.join()).toContain("mellemkommunal@kommune.example");
});

/** Calls that a fix makes, by their numbers in the host protocol. */
const calls: [name: string, dispatchId: number, wanted: Wanted, button: RegExp][] = [
  ["subject.setAsync", 17, { subject: "Vedr. 010203-1234" }, /Fjern nummeret/],
  ["body.prependAsync", 23, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" }, /Flyt nummeret/],
  ["body.getTypeAsync", 14, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" }, /Flyt nummeret/],
  ["body.getAsync", 37, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" }, /Flyt nummeret/],
  ["recipients.setAsync", 21, { subject: "Refusion", to: ["mellemkommunal@kommune.example"] }, /Send til refusion/],
];
for (const [name, dispatchId, wanted, button] of calls) {
  for (const kind of ["error", "never"] as const) {
    test(`${name}, ${kind}: the draft is unchanged, and the pane says so`, async ({ mail }) => {
      const pane = await open(mail, wanted);
      const before = await draft(mail);
      await mail.page.evaluate((fault) => window.simulator.faults.add(fault), {
        dispatchId,
        kind,
        ...(kind === "error" ? { code: 9020 } : {}),
      });
      await fix(pane, button).click();
      await expect(pane.locator("#status")).toContainText("Det lykkedes ikke at rette mailen.", { timeout: 8000 });
      expect(await draft(mail)).toEqual(before);
    });
  }
}

test("a draft that cannot be read is reported as unchecked", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Referat" });
  await mail.page.evaluate(() => {
    window.simulator.faults.add({ dispatchId: 18, kind: "error", code: 9020 });
    window.simulator.openPane();
  });
  const pane = await mail.pane();
  await expect(pane.locator("#status")).toHaveText("Mailen kunne ikke læses. Den er ikke kontrolleret.");
});

test("the About section has what IT asks for, and nothing of the mail", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234" });
  await pane.locator("summary").click();
  const text = (await pane.locator("#about").innerText()).replace(/\s+/g, " ");
  expect(text).toMatch(/Version 0\.1\.0 .*Eksempel Kommune .*Mailbox op til 1\.16 .*WebAssembly .*bestået/);
  expect(text).not.toMatch(/0102|region/);
});

test.describe("without WebAssembly", () => {
  test.use({ answers: { instead: { "engine.wasm": null, "engine-send.wasm": null } } });
  test("the translated engine checks and fixes", async ({ mail }) => {
    mail.expected.errors.push(/ERR_FAILED/);
    mail.expected.requests.push(/engine(-send)?\.wasm/);
    const pane = await open(mail, { subject: "Vedr. 010203-1234" });
    await pane.locator("summary").click();
    await expect(pane.locator("#about")).toContainText("JavaScript");
    await fix(pane, /Fjern nummeret/).click();
    await expect(pane.locator("#status")).toContainText("Alt er i orden");
    expect(await mail.send()).toBe("sent");
  });
});

test("a meeting is shown and fixed too", async ({ mail }) => {
  const pane = await open(mail, { kind: "appointment", subject: "Møde om 010203-1234" });
  await fix(pane, /Fjern nummeret/).click();
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  expect((await draft(mail))?.subject).toBe("Møde");
});

test("in English", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234" }, { lang: "en" });
  await expect(pane.locator("#status")).toHaveText("One thing needs a look.");
  await expect(pane.locator("html")).toHaveAttribute("lang", "en");
});

test("with the keyboard only", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning" });
  const focused = () => pane.evaluate(() => document.activeElement?.textContent ?? "");
  const press = (key: string) => mail.page.keyboard.press(key);
  // The host moves the focus into the frame; from its last button the pane moves it back.
  await pane.locator("#check").focus();
  await press("Shift+Tab");
  await expect.poll(focused).toMatch(/Fjern nummeret/);
  await press("Enter");
  await expect(pane.locator("#status")).toContainText("Alt er i orden");
  await expect.poll(focused).toMatch(/Fortryd/);
  await press("Shift+Tab");
  await expect.poll(focused).toMatch(/Tjek igen/);
  await press("Tab");
  await expect.poll(focused).toMatch(/Fortryd/);
  await press("Enter");
  await expect.poll(focused).toMatch(/Tjek igen/);
  await expect(pane.locator("#status")).toContainText("fortrudt");
  expect((await draft(mail))?.subject).toBe("Vedr. 010203-1234, underretning");
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core reports in the pane. The test injects it; the page's own policy would block the script. */
async function violations(pane: Frame): Promise<string[]> {
  return pane.evaluate(async (script) => {
    if (!("axe" in window)) {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- evaluated by the test's own channel, which the page's policy does not bind
      new Function(script).call(window);
    }
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, AXE);
}

test.describe("accessibility", () => {
  test.use({ colorScheme: null, bypassCSP: true });
  for (const theme of ["light", "dark", "contrast"] as const) {
    for (const [state, subject] of [
      ["findings", HELD],
      ["clean", "Referat"],
      ["unread", "Referat"],
    ] as const) {
      test(`axe-core reports nothing: ${state}, ${theme}`, async ({ mail }) => {
        if (theme === "contrast") {
          await mail.page.emulateMedia({ forcedColors: "active" });
        }
        const pane = await open(mail, { from: SECURE, subject }, { theme: theme === "contrast" ? "light" : theme });
        await pane.locator("summary").click();
        if (state === "unread") {
          await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 18, kind: "error", code: 9020 }));
          await fix(pane, /Tjek igen/).click();
          await expect(pane.locator("#status")).toContainText("kunne ikke læses");
        }
        expect(await violations(pane)).toEqual([]);
        if (state === "findings" && process.env["SENDVAGT_SCREENSHOTS"] === "1") {
          await pane.locator("summary").click();
          await pane.evaluate(() => window.scrollTo(0, 0));
          await mail.page
            .locator("#pane")
            .screenshot({ path: fileURLToPath(new URL(`../../docs/images/pane-${theme}.png`, import.meta.url)) });
        }
      });
    }
  }
});

test("no horizontal scrolling at 320 px, or at 400 % zoom", async ({ mail }) => {
  const pane = await open(mail, {
    from: SECURE,
    subject: HELD,
    to: ["mellemkommunal@kommune.example", `${"a".repeat(60)}@regoin.example`],
  });
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
});
