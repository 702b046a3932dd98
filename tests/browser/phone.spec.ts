// A phone raises no send event and has no pane while a mail is written. It has only a bar, which warns.
// The CPR number is made up.

import { expect, test } from "./fixture";

const HELD = "Vedr. 010203-1234, underretning";
const bars = "#notifications li";

test("a phone warns while a mail is written, without a button, and does not claim a check", async ({ mail }) => {
  await mail.open({ client: "phone" });
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  const shown = await mail.read("notifications");
  expect(shown).toHaveLength(1);
  expect(JSON.stringify(shown)).toContain("CPR-nummer");
  expect(JSON.stringify(shown)).not.toContain("1234");
  expect(JSON.stringify(shown)).not.toMatch(/tjekket|kontrolleret/i);
  await expect(mail.page.locator(bars).getByRole("button")).toHaveCount(0);
});

test("a phone sends without asking the add-in, and the mail counts as unchecked", async ({ mail }) => {
  await mail.open({ client: "phone" });
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await mail.send()).toBe("sent");
  const sent = await mail.read("sent");
  expect(sent).toHaveLength(1);
  expect(JSON.stringify(sent)).not.toContain('"checked"');
});

test("a clean mail shows no bar on a phone", async ({ mail }) => {
  await mail.open({ client: "phone" });
  await mail.compose({ to: ["akut@region.example"], subject: "Referat" });
  expect(await mail.read("notifications")).toEqual([]);
});
