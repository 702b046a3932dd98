// The simulator is also used for teaching, so everyone must be able to use it: axe-core reports nothing in any state.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { AxeResults, RunOptions } from "axe-core";

import { expect, test, type Mail } from "./fixture";
import { tinyAddin } from "./tiny-addin";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const onSend =
  'event.completed({allowEvent: false, errorMessage: "Nej.", errorMessageMarkdown: "**Nej**, se [her](https://kommune.example).\\n\\n- a\\r", cancelLabel: "Ret", commandId: "message-pane"});';
const handlers = {
  OnNewMessageCompose:
    'Office.context.mailbox.item.notificationMessages.replaceAsync("k", {type: "insightMessage", icon: "icon", message: "m", actions: [{actionType: "showTaskPane", actionText: "Vis", commandId: "message-pane"}]}, function () { event.completed(); });',
};
test.use({ addin: tinyAddin({ onSend, handlers }) });

async function axe(mail: Mail): Promise<string[]> {
  await mail.page.evaluate(AXE);
  const found = await mail.page.evaluate(async () => {
    const { axe: engine } = window as unknown as {
      axe: { run: (root: Document, options: RunOptions) => Promise<AxeResults> };
    };
    // The frames are pages of the add-in.
    return engine.run(document, { iframes: false });
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

for (const theme of ["light", "dark", "contrast"]) {
  for (const lang of ["da", "en"]) {
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
      // The dialog fades in; colours are measured afterwards.
      await mail.dialog.evaluate((element) =>
        Promise.all(element.getAnimations().map((animation) => animation.finished)),
      );
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
