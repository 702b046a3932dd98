// End to end: the built add-in, its manifest, Microsoft's office.js, and a user who types.
// The CPR numbers are made up.

import { fileURLToPath } from "node:url";

import { expect, test, type Mail } from "./fixture";

const HELD = "Vedr. 010203-1234, underretning";
const CLEAN = "Vedr. underretning";

async function type(mail: Mail, subject: string): Promise<void> {
  await mail.open();
  await mail.page.locator("#new-message").click();
  await mail.page.locator("#to").pressSequentially("akut@region.example;");
  await mail.page
    .locator("#body")
    .fill(
      "Kære afdeling\n\nHermed vores underretning. Ring gerne, hvis I har spørgsmål.\n\nVenlig hilsen\nMette Sommer",
    );
  await mail.page.locator("#subject").pressSequentially(subject);
  await mail.idle();
}

/** Pictures for the documentation, on request only. Open Sans, if it is installed, comes close to Outlook's own font. */
async function picture(mail: Mail, name: string): Promise<void> {
  if (process.env["SENDVAGT_SCREENSHOTS"] !== "1") {
    return;
  }
  await mail.page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) });
}

test("a CPR number in the subject: the mail is not sent, and the dialog says why and what to do", async ({ mail }) => {
  await type(mail, HELD);
  await mail.page.locator("#send").click();
  await expect(mail.dialog).toHaveAttribute("data-kind", "blocked");
  const text = await mail.dialog.locator("#alert-text").innerText();
  expect(text).toContain("ikke sendt");
  expect(text).toMatch(/CPR/);
  expect(text).toMatch(/emne/i);
  expect(text).not.toContain("1234");
  expect((await mail.buttons()).at(-1)).toBe("Send ikke");
  expect(await mail.buttons()).not.toContain("Send alligevel");
  await picture(mail, "send-stopped");
  await mail.press("Send ikke");
  expect(await mail.read("sent")).toEqual([]);
  await expect(mail.page.locator("#subject")).toHaveValue(HELD);
});

test("without the number the mail is sent and is in Sent", async ({ mail }) => {
  await type(mail, CLEAN);
  await mail.page.locator("#send").click();
  await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "checked");
  expect(await mail.read("sent")).toMatchObject([{ subject: CLEAN, to: ["akut@region.example"] }]);
});

test("once the number is removed, the same mail goes", async ({ mail }) => {
  await type(mail, HELD);
  await mail.page.locator("#send").click();
  await mail.press("Send ikke");
  await mail.page.locator("#subject").fill(CLEAN);
  expect(await mail.send()).toBe("sent");
});

test("the same in English", async ({ mail }) => {
  await mail.open({ lang: "en" });
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await mail.send()).toBe("dialog");
  expect((await mail.read("dialog"))?.text).toContain("not sent");
});

test("a meeting with a CPR number in its subject is stopped too", async ({ mail }) => {
  await mail.open();
  await mail.compose({ kind: "appointment", to: ["akut@region.example"], subject: HELD });
  expect(await mail.send()).toBe("dialog");
  expect((await mail.read("dialog"))?.kind).toBe("blocked");
});

for (const client of ["web", "new", "classic2602", "classic", "ltsc2024", "mac", "old"]) {
  test(`on ${client} the mail is stopped within the client's rules`, async ({ mail }) => {
    await mail.open({ client });
    await mail.compose({ to: ["akut@region.example"], subject: HELD });
    expect(await mail.send()).toBe("dialog");
    expect((await mail.read("dialog"))?.text).not.toBe("");
    expect(await mail.read("violations")).toEqual([]);
  });
}

const odd: [name: string, subject: string][] = [
  ["an empty subject", ""],
  ["255 characters", "æ".repeat(255)],
  ["a lone surrogate", "a\ud800b"],
  ["emoji and right-to-left text", "👩‍⚕️ مرحبا"],
];
for (const [name, subject] of odd) {
  test(`${name} is checked and sent`, async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: ["akut@region.example"], subject });
    expect(await mail.send()).toBe("sent");
    expect(await mail.read("sent")).toMatchObject([{ how: "checked" }]);
  });
}

test("500 recipients are read within the limits and the mail goes", async ({ mail }) => {
  await mail.open();
  await mail.compose({
    subject: CLEAN,
    to: Array.from({ length: 300 }, (_, n) => `n${String(n)}@region.example`),
    cc: Array.from({ length: 200 }, (_, n) => `m${String(n)}@region.example`),
  });
  await mail.page.evaluate(() => {
    window.simulator.settings.latency = 20;
  });
  expect(await mail.send()).toBe("sent");
});
