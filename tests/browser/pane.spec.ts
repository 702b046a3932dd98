// The task pane through the real office.js: it shows, fixes and undoes. All numbers are made up.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Frame } from "@playwright/test";

import { THEMES, violations } from "./axe";
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
  await expect(pane.locator("#status")).toHaveText("Der er én ting at rette.");
  await expect(pane.locator("#findings > li")).toHaveCount(1);
  await expect(pane.locator("#findings > li")).toContainText("Der står 2 CPR-numre i emnet.");
  await expect(pane.locator("#findings > li").first()).toContainText("Slet numrene i emnet.");
});

test("in secure mail one click moves the numbers to the body, and undo leaves the line there and says so", async ({
  mail,
}) => {
  const pane = await open(mail, { from: SECURE, subject: HELD, body: "<p>Kære region</p>" });
  const before = await draft(mail);
  await fix(pane, /Flyt numrene/)
    .first()
    .click();
  await expect(pane.locator("#status")).toHaveText(
    "Rettet, men ikke sendt endnu. Tryk på Send. Emne og modtagere er i orden. Tekst og bilag er ikke tjekket.",
  );
  await expect(pane.locator("#done-heading")).toBeFocused();
  const after = await draft(mail);
  expect(after?.subject).toBe("Børn, statusmøde");
  expect(after?.body).toMatch(/^<p>CPR-numre: 010203-1234, 020304-1234<\/p>.*Kære region/s);
  expect({ ...after, subject: "", body: "" }).toEqual({ ...before, subject: "", body: "" });
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText(
    "Numrene er tilbage i emnet. Linjen med numrene står stadig øverst i mailen. Slet selv linjen, hvis den ikke skal med.",
  );
  expect(await draft(mail)).toEqual({ ...after, subject: HELD });
  await fix(pane, /Slet numrene/)
    .first()
    .click();
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
  expect(await mail.send()).toBe("sent");
});

test("in ordinary mail the number is deleted, and can be copied until the pane is closed", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning" });
  await expect(pane.getByLabel(/^Nyt emne/)).toHaveValue("Underretning");
  await expect(fix(pane, /^Slet|^Gør mailen til sikker post/)).toHaveText([
    "Slet nummeret i emnet",
    "Gør mailen til sikker post, og flyt nummeret ned i den",
  ]);
  await fix(pane, /Slet nummeret/).click();
  await expect(pane.locator("#status")).toHaveText(
    "Rettet, men ikke sendt endnu. Tryk på Send. Emne og modtagere er i orden. Tekst og bilag er ikke tjekket.",
  );
  expect((await draft(mail))?.subject).toBe("Underretning");
  await expect(pane.locator("#numbers")).toContainText("010203-1234");
  await pane.getByRole("button", { name: "Kopiér 010203-1234" }).click();
  await expect(pane.locator("#copied")).toHaveText("Kopieret.");
  await expect(pane.locator("#status")).toContainText("Tryk på Send.");
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#numbers")).toBeHidden();
  await expect(pane.locator("#numbers")).toHaveText("");
});

test("an ordinary mail is made secure by its tag, and stays so while the number is in it", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning", body: "<p>Kære region</p>" });
  await fix(pane, /Gør mailen til sikker post/).click();
  await expect(pane.locator("#status")).toContainText("Rettet");
  await expect(pane.locator("#kind")).toHaveText("Sikker post");
  const after = await draft(mail);
  expect(after?.subject).toBe("[sikker] Underretning");
  expect(after?.body).toMatch(/^<p>CPR-nummer: 010203-1234<\/p>.*Kære region/s);
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Derfor er mailen stadig sikker post.");
  // The mark of the bar has another place.
  expect({ ...(await draft(mail)), sessionData: {} }).toEqual({
    ...after,
    sessionData: {},
    subject: "[sikker] Vedr. 010203-1234, underretning",
  });
  await expect(pane.locator("#kind")).toHaveText("Sikker post");
  expect(await mail.send()).toBe("dialog");
});

test("the new subject can be changed before it is used, and a tag stays before it", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234" });
  await pane.getByLabel(/^Nyt emne/).fill("Handleplan, sag 2026-4711");
  // The pane looks at the draft every second, and must not take away what is typed in the meantime.
  await pane.waitForTimeout(1500);
  await fix(pane, /Gør mailen til sikker post/).click();
  await expect(pane.locator("#status")).toContainText("Rettet");
  expect((await draft(mail))?.subject).toBe("[sikker] Handleplan, sag 2026-4711");
});

test("a recipient that secure mail does not reach is the user's to take out", async ({ mail }) => {
  const to = ["akut@region.example", "kontakt@dahl-advokater.example"];
  const pane = await open(mail, { from: SECURE, subject: "Aktindsigt", to });
  await expect(pane.locator("#findings").getByRole("button")).toHaveCount(0);
  await mail.page.evaluate(() => window.simulator.edit({ to: ["akut@region.example"] }));
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
});

test("a wrongly stopped mail is sent after the user has said what it is, and a change asks anew", async ({ mail }) => {
  const pane = await open(mail, { subject: "Lokale 010203-1234" });
  await pane.getByText("Det er ikke et CPR-nummer").click();
  await fix(pane, /Noget andet/).click();
  await expect(pane.locator("#status")).toHaveText("Noteret. Tryk på Send.");
  await expect(pane.locator("#findings > li")).toHaveCount(0);
  const data = (await draft(mail))?.sessionData ?? {};
  expect(Object.keys(data).sort()).toEqual(["sendvagt.bar", "sendvagt.notCpr"]);
  expect(JSON.stringify(data)).not.toMatch(/010203|Lokale/);
  expect(await mail.send()).toBe("sent");
});

for (const client of ["web", "classic", "old"] as const) {
  test(`an objection ends with the next change: ${client}`, async ({ mail }) => {
    const pane = await open(mail, { subject: "Lokale 010203-1234" }, { client });
    await pane.getByText("Det er ikke et CPR-nummer").click();
    await fix(pane, /Et sagsnummer/).click();
    await expect(pane.locator("#status")).toContainText("Noteret");
    await mail.page.evaluate(() => window.simulator.edit({ subject: "Lokale 010203-1235" }));
    expect(await mail.send()).toBe("dialog");
    await expect(pane.locator("#findings > li")).toHaveCount(1);
    await expect(pane.locator("#status")).toContainText("Emnet er ændret. Dit svar gælder ikke længere.");
    await expect(pane.locator("#done")).toBeHidden();
  });
}

test("a number that the subject calls a CPR number is no false stop", async ({ mail }) => {
  const pane = await open(mail, { subject: "Lokale 010203-1234 og cpr 020304-1234" });
  await pane.getByText("Det er ikke CPR-numre").click();
  await expect(pane.locator(".objection").getByRole("button")).toHaveText(["Kopiér teksten"]);
});

test("a number in the new subject is not taken for a fix, and what was typed stays", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning" });
  const field = pane.getByLabel(/^Nyt emne/);
  for (const typed of ["Vedr. 020304-1234", "Underretning 010203-1234"]) {
    await field.fill(typed);
    await field.press("Enter");
    await expect(pane.locator("#status")).toHaveText(/Der står stadig et CPR-nummer i det nye emne/);
    await expect(field).toHaveValue(typed);
    expect((await draft(mail))?.subject).toBe("Vedr. 010203-1234, underretning");
  }
  await field.fill("  ");
  await pane.locator("#status").click();
  await expect(field).toHaveValue("Underretning");
  await field.fill("Min underretning");
  await mail.page.evaluate(() => window.simulator.edit({ cc: ["bo.lind@kommune.example"] }));
  await pane.waitForTimeout(300);
  await expect(field).toHaveValue("Min underretning");
  await field.press("Enter");
  await expect(pane.locator("#status")).toContainText("Tryk på Send.");
  expect((await draft(mail))?.subject).toBe("Min underretning");
});

test("a number that is only possible can be kept in the new subject", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234 og 1407521234, plejeplan" });
  await pane.getByLabel(/^Nyt emne/).fill("Plejeplan 1407521234");
  await fix(pane, /Slet numrene/).click();
  await expect(pane.locator("#status")).toHaveText("Rettet. Der er stadig én ting.");
  expect((await draft(mail))?.subject).toBe("Plejeplan 1407521234");
});

test("undo leaves a subject that was edited since, and what was written in the body", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234, underretning", body: "<p>Hej</p>" });
  await fix(pane, /Gør mailen til sikker post/).click();
  await expect(pane.locator("#moved")).toHaveText("Nummeret står nu øverst i mailen.");
  const body = "<p>CPR-nummer: 010203-1234</p><p>Kære kollega</p>";
  await mail.page.evaluate((text) => window.simulator.edit({ subject: "[sikker] Sagen", body: text }), body);
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Det kan ikke fortrydes");
  expect(await draft(mail)).toMatchObject({ subject: "[sikker] Sagen", body });
});

test("a deleted number can be copied after the next fix too", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234", to: ["mellemkommunal@kommune.example"] });
  await fix(pane, /Slet nummeret/).click();
  await expect(pane.locator("#status")).toContainText("Rettet. Der er stadig én ting.");
  await fix(pane, /Tilføj refusion/).click();
  await expect(pane.locator("#status")).toContainText("Den nye adresse er tilføjet.");
  await expect(pane.locator("#numbers")).toContainText("010203-1234");
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#done")).toBeHidden();
  expect((await draft(mail))?.subject).toBe("Vedr. 010203-1234");
});

test("an objection can be taken back, and one that cannot be kept is not claimed", async ({ mail }) => {
  const pane = await open(mail, { subject: "Lokale 010203-1234" });
  const object = async () => {
    await pane.getByText("Det er ikke et CPR-nummer").click();
    await fix(pane, /Noget andet/).click();
  };
  await object();
  await expect(pane.locator("#done-heading")).toHaveText("Dit svar");
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Dit svar er fortrudt.");
  await expect(pane.locator("#findings > li")).toHaveCount(1);
  await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 185, kind: "error", code: 9020 }));
  await object();
  await expect(pane.locator("#status")).toContainText("Dit svar kunne ikke gemmes.");
  await expect(pane.locator("#findings > li")).toHaveCount(1);
});

test.describe("where the policy wants the contact asked", () => {
  const pane = readFileSync(fileURLToPath(new URL("../../dist/addin/pane.js", import.meta.url)), "utf8");
  // The line of the packed policy that lets a user object.
  const asking = pane.replace("\\\\na\\\\n", "\\\\n");
  test.use({ answers: { instead: { "pane.js": asking } } });
  test("the pane shows whom to contact, and a text without anything of the mail", async ({ mail }) => {
    expect(asking).not.toBe(pane);
    const pane_ = await open(mail, { subject: "Lokale 010203-1234, Anna Holm" });
    await pane_.getByText("Det er ikke et CPR-nummer").click();
    const objection = pane_.locator(".objection");
    await expect(objection).toContainText("Så kontakt Servicedesk, tlf. 12 34 56 78.");
    await expect(objection.getByRole("button")).toHaveText(["Kopiér teksten"]);
    const text = await pane_.getByLabel("Tekst til it-support").inputValue();
    expect(text).toMatch(
      /^cpr-in-subject: 999999-9999 \(separator, .*\)\nVersion: 0\.1\.0\n.*Regelsæt-id: [0-9a-f]{8}/s,
    );
    expect(text).not.toMatch(/0102|1234|Anna|Lokale|region/);
    await objection.getByRole("button").click();
    await expect(objection.locator("[role=status]")).toHaveText("Kopieret.");
    expect(await mail.send()).toBe("dialog");
  });
});

test("two faults of one recipient are one card, with the fix that helps", async ({ mail }) => {
  const pane = await open(mail, { from: SECURE, subject: "Referat", to: ["akut@regoin.example"] });
  await expect(pane.locator("#findings > li")).toHaveCount(1);
  await expect(pane.locator("#findings > li")).toContainText("Er adressen skrevet rigtigt?");
  await fix(pane, /Tilføj adressen på region\.example/).click();
  await expect(pane.locator("#status")).toHaveText("Den nye adresse er tilføjet. Fjern nu selv den gamle.");
  await mail.page.evaluate(() => window.simulator.edit({ to: ["akut@region.example"] }));
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
});

test("Why? tells the evidence, who decided the rule, and where to read about it", async ({ mail, page }) => {
  const pane = await open(mail, { subject: "Vedr. cpr 010203-1234" });
  await pane.getByText("Hvorfor?").click();
  const why = pane.locator(".why");
  await expect(why).toContainText("Et ord ved siden af siger, at det er et CPR-nummer.");
  await expect(why).toContainText("Eksempel Kommune har besluttet reglen.");
  const opened = page.context().waitForEvent("page");
  await why.getByRole("link", { name: "Læs om reglen" }).click();
  await expect((await opened).locator("#cpr-in-subject")).toContainText("Der står et CPR-nummer i emnet.");
});

test("whom to ask is always in sight", async ({ mail }) => {
  const pane = await open(mail, { subject: "Referat" });
  await expect(pane.locator("#contact")).toHaveText("Spørg: Servicedesk, tlf. 12 34 56 78");
  await expect(pane.locator("#help")).toHaveAttribute("href", "https://intra.kommune.example/sikker-post");
});

// The whole field was written: a name that Outlook had not resolved was gone, and the pane said that all was in order.
test("a new address is added to the field of the retired mailbox, and nobody is lost", async ({ mail }) => {
  const wanted = {
    subject: "Refusion",
    to: ["bo.lind@kommune.example", "mellemkommunal@kommune.example", "Jens Hansen"],
    cc: ["familie@kommune.example"],
  };
  const pane = await open(mail, wanted);
  const before = await draft(mail);
  expect(before?.to.join()).toContain("Jens Hansen");
  await fix(pane, /Tilføj refusion@kommune.example/).click();
  await expect(pane.locator("#status")).toHaveText("Den nye adresse er tilføjet. Fjern nu selv den gamle.");
  const after = await draft(mail);
  expect(after?.to.slice(0, 3)).toEqual(before?.to);
  expect(after?.to[3]).toContain("refusion@kommune.example");
  expect({ ...after, to: [] }).toEqual({ ...before, to: [] });
  await expect(pane.locator("#findings > li")).toContainText("Fjern den. Den nye adresse er der allerede.");
  await expect(pane.locator("#findings").getByRole("button")).toHaveCount(0);
  await expect(pane.locator("#done")).toBeHidden();
  await mail.page.evaluate(() =>
    window.simulator.edit({ to: ["bo.lind@kommune.example", "refusion@kommune.example"] }),
  );
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
});

test("citizens who would see each other are moved to Bcc, and undo puts them back", async ({ mail }) => {
  const citizens = ["anna@gmail.com", "bo@gmail.com", "carl@hotmail.com"];
  const wanted = {
    subject: "Forældremøde",
    to: ["bo.lind@kommune.example", ...citizens],
    cc: ["dorte@icloud.com", "erik@live.dk"],
  };
  const pane = await open(mail, wanted);
  const before = await draft(mail);
  const card = pane.locator("#findings > li");
  await expect(card).toContainText("5 eksterne modtagere kan se hinandens mailadresser.");
  await fix(pane, /Flyt dem til Bcc/).click();
  await expect(pane.locator("#status")).toContainText("De eksterne modtagere står nu i Bcc.");
  const after = await draft(mail);
  expect(after?.to).toEqual(before?.to.slice(0, 1));
  expect(after?.cc).toEqual([]);
  expect(after?.bcc).toHaveLength(5);
  await expect(card).toHaveCount(0);
  await fix(pane, /Fortryd/).click();
  await expect(pane.locator("#status")).toContainText("Rettelsen er fortrudt.");
  expect(await draft(mail)).toEqual(before);
  expect(await mail.send()).toBe("dialog");
});

test("attendees who see each other are asked about, and nothing is offered that a meeting lacks", async ({ mail }) => {
  const citizens = ["anna@gmail.com", "bo@gmail.com", "carl@hotmail.com", "dorte@icloud.com", "erik@live.dk"];
  const pane = await open(mail, { kind: "appointment", subject: "Forældremøde", to: citizens });
  await expect(pane.locator("#findings > li")).toContainText("Et møde har ingen Bcc.");
  await expect(fix(pane, /Bcc/)).toHaveCount(0);
});

test("a misspelt domain: the right address is added, and the wrong one is the user's to take out", async ({ mail }) => {
  const pane = await open(mail, { subject: "Referat", to: ["akut@regoin.example"] });
  await fix(pane, /Tilføj adressen på region.example/).click();
  await expect(pane.locator("#findings > li")).toContainText("Den rigtige er der allerede.");
  expect((await draft(mail))?.to.join()).toMatch(/akut@regoin\.example.*akut@region\.example/);
});

test("the pane opens from the dialog, and follows what is typed while it is open", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Vedr. 010203-1234" });
  expect(await mail.send()).toBe("dialog");
  await mail.press("Vis og ret");
  const pane = await mail.pane();
  await expect(pane.locator("mark")).toHaveText("010203-1234");
  await mail.page.locator("#subject").fill("Underretning");
  await expect(pane.locator("#status")).toHaveText("Emne og modtagere er i orden. Tekst og bilag er ikke tjekket.");
  await mail.page.locator("#subject").fill("cpr 0102031234");
  await expect(pane.locator("mark")).toHaveText("0102031234");
});

test("the information bar disappears after a fix, and there is only one", async ({ mail }) => {
  await mail.open();
  await mail.compose({ respond: { to: "in-1", how: "reply" } });
  expect((await mail.read("notifications")).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Der står et CPR-nummer i emnet/),
  ]);
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await fix(pane, /Slet nummeret i emnet/).click();
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
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

// It read subject, recipients and sender every second: 25 calls in five seconds.
test("an idle pane asks Outlook for the subject alone, and notices recipients by their event", async ({ mail }) => {
  const pane = await open(mail, { subject: "Referat" });
  await mail.idle();
  const calls = () =>
    mail.page.evaluate(() =>
      window.simulator.trace.flatMap(({ purpose, direction, dispatchId }) =>
        purpose === "pane" && direction === "from-add-in" && dispatchId !== undefined ? [dispatchId] : [],
      ),
    );
  const before = (await calls()).length;
  await pane.waitForTimeout(3500);
  const idle = (await calls()).slice(before);
  expect(new Set(idle)).toEqual(new Set([18]));
  expect(idle.length).toBeLessThanOrEqual(4);
  await mail.page.evaluate(() => window.simulator.edit({ to: ["mellemkommunal@kommune.example"] }));
  await expect(pane.locator("#status")).toHaveText("Der er én ting at rette.");
});

test("what the user types during a fix wins", async ({ mail }) => {
  const pane = await open(mail, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" });
  // body.getTypeAsync answers late: in the meantime the subject is edited.
  await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 14, kind: "late", ms: 900, times: 1 }));
  await fix(pane, /Flyt nummeret/).click();
  await mail.page.locator("#subject").fill("Noget andet 010203-1234");
  await expect(pane.locator("#status")).toContainText("Der er ændret noget i mellemtiden.");
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
  await expect(pane.locator("#status")).toContainText("Rettet");
  const after = await draft(mail);
  expect(after?.subject).toBe("Henvendelse om en sag");
  expect(after?.to.join()).toContain("mellemkommunal@kommune.example");
});

/** Calls that a fix makes, by their numbers in the host protocol. */
const calls: [name: string, dispatchId: number, wanted: Wanted, button: RegExp][] = [
  ["subject.setAsync", 17, { subject: "Vedr. 010203-1234" }, /Slet nummeret i emnet/],
  ["body.prependAsync", 23, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" }, /Flyt nummeret/],
  ["body.getTypeAsync", 14, { from: SECURE, subject: "Vedr. 010203-1234", body: "<p>Hej</p>" }, /Flyt nummeret/],
  ["recipients.addAsync", 22, { subject: "Refusion", to: ["mellemkommunal@kommune.example"] }, /Tilføj refusion/],
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
      await expect(pane.locator("#status")).toContainText("Det kunne ikke rettes.", { timeout: 8000 });
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
  await expect(pane.locator("#status")).toHaveText("Sendvagt kunne ikke læse emne og modtagere. De er ikke tjekket.");
});

test("the About section has what IT asks for, and nothing of the mail", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234" });
  await pane.locator("#about-heading").click();
  const text = (await pane.locator("#about").innerText()).replace(/\s+/g, " ");
  expect(text).toMatch(/Version 0\.1\.0 .*Eksempel Kommune .*Outlook-API 1\.16 .*WebAssembly .*bestået/);
  expect(text).not.toMatch(/0102|region/);
});

test.describe("without WebAssembly", () => {
  test.use({ answers: { instead: { "engine.wasm": null, "engine-send.wasm": null } } });
  test("the translated engine checks and fixes", async ({ mail }) => {
    mail.expected.errors.push(/ERR_FAILED/);
    mail.expected.requests.push(/engine(-send)?\.wasm/);
    const pane = await open(mail, { subject: "Vedr. 010203-1234" });
    await pane.locator("#about-heading").click();
    await expect(pane.locator("#about")).toContainText("JavaScript");
    await fix(pane, /Slet nummeret i emnet/).click();
    await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
    expect(await mail.send()).toBe("sent");
  });
});

test("a meeting is shown and fixed too", async ({ mail }) => {
  const pane = await open(mail, { kind: "appointment", subject: "Møde om 010203-1234" });
  await fix(pane, /Slet nummeret i emnet/).click();
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
  expect((await draft(mail))?.subject).toBe("Møde om borgeren");
});

test("in English", async ({ mail }) => {
  const pane = await open(mail, { subject: "Vedr. 010203-1234" }, { lang: "en" });
  await expect(pane.locator("#status")).toHaveText("There is 1 thing to fix.");
  await expect(pane.locator("html")).toHaveAttribute("lang", "en");
});

test("with the keyboard only: from the dialog to the first fix, and Enter twice does no harm", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Vedr. 010203-1234, underretning" });
  expect(await mail.send()).toBe("dialog");
  await mail.dialog.getByRole("button", { name: "Vis og ret" }).press("Enter");
  const pane = await mail.pane();
  const focused = () => pane.evaluate(() => document.activeElement?.textContent ?? "");
  const press = (key: string) => mail.page.keyboard.press(key);
  await expect.poll(focused).toBe("Slet nummeret i emnet");
  await pane.locator("#findings button.first").focus();
  await press("Enter");
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
  await expect.poll(focused).toBe("Det blev rettet");
  await press("Enter");
  await press("Enter");
  expect((await draft(mail))?.subject).toBe("Underretning");
  await press("Tab");
  await press("Tab");
  await expect.poll(focused).toBe("Fortryd");
  await press("Enter");
  await expect(pane.locator("#status")).toContainText("fortrudt");
  expect((await draft(mail))?.subject).toBe("Vedr. 010203-1234, underretning");
});

test("every button has a name of its own, and a mask is read as words", async ({ mail }) => {
  const pane = await open(mail, {
    from: SECURE,
    subject: "Vedr. 010203-1234",
    to: ["kontakt@dahl-advokater.example", "anden@dahl-advokater.example", "mellemkommunal@kommune.example"],
  });
  const names = await pane.getByRole("button").evaluateAll((all) => all.map((one) => one.textContent));
  expect(new Set(names).size).toBe(names.length);
  await expect(pane.locator("#findings h2").first()).toContainText("010203 og fire skjulte cifre");
  await expect(pane.locator("#subject-text")).toContainText("fundet: 010203-1234 slut");
});

test.describe("accessibility", () => {
  test.use({ colorScheme: null, bypassCSP: true });
  for (const theme of THEMES) {
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
        await pane.locator("#about-heading").click();
        if (state === "unread") {
          await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 18, kind: "error", code: 9020 }));
          await expect(pane.locator("#status")).toContainText("kunne ikke læse");
        }
        if (theme === "contrast") {
          await mail.contrast(pane);
        }
        expect(await violations(pane)).toEqual([]);
        if (state === "findings" && process.env["SENDVAGT_SCREENSHOTS"] === "1") {
          await pane.locator("#about-heading").click();
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
