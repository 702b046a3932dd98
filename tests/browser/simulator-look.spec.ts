// The simulator is also used for teaching, so everyone must be able to use it: axe-core reports nothing in any state.

import { LOOKS, violations } from "./axe";
import { expect, test, type Mail } from "./fixture";
import { tinyAddin } from "./tiny-addin";

const onSend =
  'event.completed({allowEvent: false, errorMessage: "Nej.", errorMessageMarkdown: "**Nej**, se [her](https://kommune.example).\\n\\n- a\\r", cancelLabel: "Ret", commandId: "message-pane"});';
const handlers = {
  OnNewMessageCompose:
    'Office.context.mailbox.item.notificationMessages.replaceAsync("k", {type: "insightMessage", icon: "icon", message: "m", actions: [{actionType: "showTaskPane", actionText: "Vis", commandId: "message-pane"}]}, function () { event.completed(); });',
};
test.use({ addin: tinyAddin({ onSend, handlers }) });

// The frames are pages of the add-in.
const axe = ({ page }: Mail): Promise<string[]> => violations(page, { iframes: false });

for (const [theme, lang] of LOOKS) {
  test(`${theme}, ${lang}: form, bar, pane, chips, dialog, folders`, async ({ mail }) => {
    if (theme === "contrast") {
      await mail.page.emulateMedia({ forcedColors: "active" });
    }
    await mail.open({ theme: theme === "contrast" ? "light" : theme, lang });
    await mail.compose({ respond: { to: "in-1", how: "reply-all" }, bcc: ["sagsbehandlere@kommune.example"] });
    await mail.page.evaluate(() => window.simulator.openPane());
    await mail.page.locator("summary").click();
    expect(await axe(mail)).toEqual([]);
    await mail.send();
    await expect(mail.dialog).toBeVisible();
    expect(await axe(mail)).toEqual([]);
    await mail.page.keyboard.press("Escape");
    await mail.compose({ kind: "appointment" });
    expect(await axe(mail)).toEqual([]);
    await mail.page.locator("#inbox .entry").first().click();
    expect(await axe(mail)).toEqual([]);
    await mail.page.locator('[data-folder="drafts"]').click();
    expect(await axe(mail)).toEqual([]);
    await mail.page.locator("[data-ready]").first().click();
    await mail.page.getByRole("tab").first().click();
    expect(await axe(mail)).toEqual([]);
  });

  test(`${theme}, ${lang}: the same in a narrow window`, async ({ mail }) => {
    if (theme === "contrast") {
      await mail.page.emulateMedia({ forcedColors: "active" });
    }
    await mail.page.setViewportSize({ width: 320, height: 640 });
    await mail.open({ theme: theme === "contrast" ? "light" : theme, lang });
    expect(await axe(mail)).toEqual([]);
    await mail.page.locator("[data-ready]").first().click();
    await mail.idle();
    expect(await axe(mail)).toEqual([]);
    await mail.page.evaluate(() => window.simulator.openPane());
    await mail.pane();
    expect(await axe(mail)).toEqual([]);
  });
}

test("with the keyboard only: write, send, read the dialog, go back", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  const keyboard = mail.page.keyboard;
  await expect(mail.page.locator("#to")).toBeFocused();
  await keyboard.type("a@region.example;");
  await mail.page.locator("#subject").focus();
  await keyboard.type("Hej");
  await mail.page.locator("#body").focus();
  await keyboard.type("Kære du");
  await mail.page.locator("#send").focus();
  await keyboard.press("Enter");
  await expect(mail.dialog.getByRole("button", { name: "Send ikke" })).toBeFocused();
  await keyboard.press("Shift+Tab");
  await expect(mail.dialog.getByRole("button", { name: "Ret" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(mail.dialog).toHaveCount(0);
  expect(await mail.read("draft")).toMatchObject({ subject: "Hej", body: "Kære du" });
});

test("the page fits a narrow window", async ({ mail }) => {
  await mail.page.setViewportSize({ width: 400, height: 800 });
  await mail.open();
  await mail.compose();
  expect(await mail.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
});
