// The text of a mail and the names of its attachments, through body.getAsync and getAttachmentsAsync of the real office.js.

import { expect, test, type Mail } from "./fixture";
import { CONTENT, under } from "./under";

const OUTSIDE = ["akut@region.example"];
const INSIDE = ["bo.lind@kommune.example"];
const NUMBER = "<p>Barnets cpr-nr. er 0102<b>03-1234</b>.</p>";
const EARLIER = '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Fra:</b> A</div><p>cpr 020304-1234</p>';

/** The dispatch numbers of what is read: body.getTypeAsync, body.getAsync and getAttachmentsAsync. */
const READS = [14, 37, 149];

async function reads(mail: Mail): Promise<number> {
  return (await mail.trace()).filter(({ dispatchId }) => dispatchId !== undefined && READS.includes(dispatchId)).length;
}

test("with the rules off nothing of the text is read", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: OUTSIDE, subject: "Skolestart", body: NUMBER, attachments: [{ name: "010203-1234.pdf" }] });
  expect(await mail.send()).toBe("sent");
  expect(await reads(mail)).toBe(0);
});

test.describe("with the rules on", () => {
  test.use({ answers: under(CONTENT) });

  test("a number that the user wrote stops, and masking changes it alone", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: OUTSIDE, subject: "Skolestart", body: `<p>Hej <i>Anna</i></p>${NUMBER}${EARLIER}` });
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.locator("#alert-text")).toContainText(
      "Antal CPR-numre: 1 i teksten, 1 i den tidligere mail",
    );
    await expect(mail.dialog.getByRole("button", { name: "Send alligevel" })).toHaveCount(0);
    await mail.press("Vis og ret");
    const pane = await mail.pane();
    await expect(pane.locator("#findings h2")).toContainText("Antal CPR-numre");
    const before = await mail.page.evaluate(() => window.simulator.draft?.body);
    await pane.getByRole("button", { name: "Skjul numrene i teksten" }).click();
    await expect(pane.locator("#status")).toContainText("Teksten er ændret");
    const body = async () => mail.page.evaluate(() => window.simulator.draft?.body ?? "");
    expect(await body()).toBe(before?.replace("03-1234", "03-••••").replace("020304-1234", "020304-••••"));
    await pane.getByRole("button", { name: /Fortryd/ }).click();
    await expect(pane.locator("#status")).toContainText("fortrudt");
    expect(await body()).toBe(before);
    await pane.getByRole("button", { name: "Skjul numrene i teksten" }).click();
    await expect(pane.locator("#status")).toContainText("Teksten er ændret");
    expect(await mail.send()).toBe("sent");
  });

  test("earlier mail only asks, and can be removed", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: OUTSIDE, subject: "Skolestart", body: `<p>Hej</p>${EARLIER}` });
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.getByRole("button", { name: "Send alligevel" })).toBeVisible();
    await mail.press("Vis og ret");
    const pane = await mail.pane();
    await pane.getByRole("button", { name: "Fjern den tidligere mail" }).click();
    await expect(pane.locator("#status")).toContainText("Teksten er ændret");
    expect(await mail.page.evaluate(() => window.simulator.draft?.body)).not.toContain("020304");
    expect(await mail.send()).toBe("sent");
  });

  test("the mail can be made secure mail", async ({ mail }) => {
    await mail.open();
    await mail.compose({
      to: OUTSIDE,
      subject: "Skolestart",
      body: NUMBER,
      attachments: [{ name: "Svar 010203-1234.pdf" }],
    });
    expect(await mail.send()).toBe("dialog");
    await mail.press("Vis og ret");
    const pane = await mail.pane();
    await pane.getByRole("button", { name: "Gør mailen til sikker post" }).first().click();
    await expect(pane.locator("#status")).toContainText("Rettet");
    expect(await mail.page.evaluate(() => window.simulator.draft?.subject)).toBe("[sikker] Skolestart");
    expect(await mail.send()).toBe("sent");
  });

  test("plain text is read as such", async ({ mail }) => {
    await mail.open();
    const text = "Hej\n> cpr 020304-1234\n\nMvh.";
    await mail.compose({ to: OUTSIDE, subject: "Skolestart", body: text, bodyType: "text" });
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.getByRole("button", { name: "Send alligevel" })).toBeVisible();
  });

  test("the name of an attachment stops, and that of a picture does not", async ({ mail }) => {
    await mail.open();
    const picture = { name: "010203-1234.png", isInline: true };
    await mail.compose({ to: OUTSIDE, subject: "Referat", attachments: [picture, { name: "referat.pdf" }] });
    expect(await mail.send()).toBe("sent");
    await mail.compose({ to: OUTSIDE, subject: "Referat", attachments: [{ name: "Afgørelse 010203-1234.pdf" }] });
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.locator("#alert-text")).toContainText("Der står et CPR-nummer i navnet på et bilag.");
  });

  test("nothing is read of a mail that stays in the house or is secure mail", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: INSIDE, subject: "Skolestart", body: NUMBER });
    expect(await mail.send()).toBe("sent");
    await mail.compose({ to: OUTSIDE, subject: "[sikker] Skolestart", body: NUMBER });
    expect(await mail.send()).toBe("sent");
    expect(await reads(mail)).toBe(0);
  });

  test("the pane says what was looked at", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: OUTSIDE, subject: "Referat", body: "<p>Hej</p>", attachments: [{ name: "a.pdf" }] });
    await mail.page.evaluate(() => window.simulator.openPane());
    const pane = await mail.pane();
    await expect(pane.locator("#status")).toContainText("Teksten er tjekket for CPR-numre. Bilagenes navne er tjekket");
  });

  for (const dispatchId of READS) {
    test(`a call ${String(dispatchId)} that fails lets the mail go, and the pane does not call it checked`, async ({
      mail,
    }) => {
      await mail.open();
      await mail.compose({ to: OUTSIDE, subject: "Referat", body: "<p>Hej</p>", attachments: [{ name: "a.pdf" }] });
      await mail.page.evaluate(
        (id) => window.simulator.faults.add({ dispatchId: id, kind: "error", code: 9020 }),
        dispatchId,
      );
      await mail.page.evaluate(() => window.simulator.openPane());
      await expect((await mail.pane()).locator("#status")).toContainText("ikke tjekket");
      expect(await mail.send()).toBe("sent");
    });
  }
});

test.describe("with a question about what could not be read", () => {
  test.use({ answers: under({ ...CONTENT, onUnread: "ask" }) });

  test("the user is asked", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: OUTSIDE, subject: "Referat", body: "<p>Hej</p>" });
    await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 37, kind: "error", code: 9020 }));
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.locator("#alert-text")).toContainText(
      "Sendvagt kunne ikke læse teksten. Den er ikke tjekket.",
    );
    await mail.press("Send alligevel");
    expect(await mail.read("sent")).toMatchObject([{ how: "send-anyway" }]);
  });
});

test.describe("with patterns of the organisation's own", () => {
  const fjord = {
    name: "Projekt Fjord",
    pattern: "\\bfjord\\b",
    in: ["subject", "body", "attachments"],
    mail: "leaving",
    what: { da: "Mailen nævner projekt Fjord.", en: "The mail mentions the project Fjord." },
    remedy: { da: "Skriv »anlægsprojektet« i stedet.", en: "Write “the works” instead." },
  };
  const stop = { ...fjord, name: "Sagsnumre", pattern: "\\bEMN-[0-9]{4}\\b", in: ["subject"], action: "stop" };
  test.use({ answers: under({ ...CONTENT, rules: { "name-twin": "off" }, patterns: [fjord, stop] }) });

  for (const [where, compose] of [
    ["the subject", { subject: "Status på FJORD" }],
    ["the text", { subject: "Status", body: "<p>Vi begynder på F<b>jord</b> i maj.</p>" }],
    ["the name of an attachment", { subject: "Status", attachments: [{ name: "plan (fjord).pdf" }] }],
  ] as const) {
    test(`what is in ${where} is asked about`, async ({ mail }) => {
      await mail.open();
      await mail.compose({ to: OUTSIDE, ...compose });
      expect(await mail.send()).toBe("dialog");
      await expect(mail.dialog.locator("#alert-text")).toContainText("Mailen nævner projekt Fjord.");
      await expect(mail.dialog.locator("#alert-text")).toContainText("Skriv »anlægsprojektet« i stedet.");
      await mail.press("Send alligevel");
      expect(await mail.read("sent")).toMatchObject([{ how: "send-anyway" }]);
    });
  }

  test("another word, earlier mail and a mail that stays in the house pass", async ({ mail }) => {
    await mail.open();
    for (const compose of [
      { to: OUTSIDE, subject: "Fjordbyens skole", body: "<p>Fjorden</p>" },
      { to: OUTSIDE, subject: "Status", body: `<p>Hej</p>${EARLIER}<p>fjord</p>` },
      { to: INSIDE, subject: "Status på fjord" },
    ]) {
      await mail.compose(compose);
      expect(await mail.send(), compose.subject).toBe("sent");
    }
  });

  test("one that stops cannot be sent anyway, and the pane says what was found and where", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: OUTSIDE, subject: "EMN-2026 og fjord" });
    expect(await mail.send()).toBe("dialog");
    await expect(mail.dialog.getByRole("button", { name: "Send alligevel" })).toHaveCount(0);
    await mail.press("Vis og ret");
    const pane = await mail.pane();
    await expect(pane.locator("#findings > li")).toHaveCount(1);
    await pane.locator("#findings summary").first().click();
    await expect(pane.locator("#findings > li")).toContainText("Det står i emnet.");
  });
});
