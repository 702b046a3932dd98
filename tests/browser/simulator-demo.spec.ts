// The first ten minutes: what `cargo xtask demo` opens, the built add-in in it, and the mails to try out.

import { READY_MAILS } from "../../addin/simulator/ready";
import { expect, test, type Mail } from "./fixture";
import { HOST_ORIGIN } from "./network";

/** Opens the page as the demo does: with a new mail. */
async function demo(mail: Mail, query: Readonly<Record<string, string>> = {}): Promise<void> {
  await mail.page.goto(`${HOST_ORIGIN}/mail/?${new URLSearchParams(query).toString()}`);
  await expect(mail.page.locator("#compose")).toBeVisible();
  await mail.idle();
}

test("the README's first instruction works as written: a subject, and Send", async ({ mail }) => {
  await demo(mail);
  await expect(mail.page.locator("#subject")).toBeFocused();
  await mail.page.keyboard.type("Vedr. 010203-1234, underretning");
  await mail.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(mail.dialog).toHaveAttribute("data-kind", "blocked");
  await expect(mail.dialog).toContainText("CPR-nummer");
  expect(await mail.read("sent")).toEqual([]);
});

test("each new mail of the demo has a recipient, and leaves no draft while it is untouched", async ({ mail }) => {
  await demo(mail);
  await mail.page.locator("#new-message").click();
  await mail.idle();
  expect((await mail.read("draft"))?.to).toEqual(["Akutafdelingen <akut@region.example>"]);
  expect(await mail.read("drafts")).toEqual([]);
  await mail.page.locator("#subject").fill("Referat");
  await mail.page.locator("#new-message").click();
  expect(await mail.read("drafts")).toEqual(["Referat"]);
});

for (const lang of ["da", "en"] as const) {
  for (const ready of READY_MAILS) {
    test(`ready mail, ${lang}: ${ready.title.en}: ${ready.decision}`, async ({ mail }) => {
      await demo(mail, { lang });
      await mail.page.locator(`[data-ready="${ready.id}"]`).click();
      await mail.idle();
      await expect(mail.page.getByRole("note")).toContainText(ready.watch[lang]);
      const send = mail.page.locator("#send");
      await expect(send).toBeFocused();
      await expect(send).toHaveAccessibleDescription(new RegExp(escaped(ready.watch[lang])));
      await mail.page.keyboard.press("Enter");
      if (ready.decision === "send") {
        await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "checked");
        await expect(mail.page.getByRole("article")).toBeVisible();
      } else {
        await expect(mail.dialog).toHaveAttribute("data-kind", "blocked");
        const sendAnyway = lang === "da" ? "Send alligevel" : "Send anyway";
        expect((await mail.buttons()).includes(sendAnyway)).toBe(ready.decision === "ask");
        expect(await mail.read("sent")).toEqual([]);
      }
    });
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

test("the ready mails follow each other, and leave no drafts", async ({ mail }) => {
  await demo(mail);
  await mail.page.locator("[data-ready]").first().click();
  for (const [index] of READY_MAILS.entries()) {
    await expect(mail.page.locator('[data-ready][aria-current="true"]')).toHaveCount(1);
    await expect(mail.page.locator("[data-ready]").nth(index)).toHaveAttribute("aria-current", "true");
    await mail.page.getByRole("button", { name: "Næste", exact: true }).click();
  }
  await mail.idle();
  await expect(mail.page.locator("[data-ready]").first()).toHaveAttribute("aria-current", "true");
  expect(await mail.read("drafts")).toEqual([]);
});

test("a change of language changes the hint too", async ({ mail }) => {
  await demo(mail);
  await mail.page.locator("[data-ready]").first().click();
  await mail.page.locator("summary").click();
  await mail.page.locator("#language").selectOption("en");
  await expect(mail.page.getByRole("note")).toContainText(READY_MAILS[0]?.watch.en ?? "");
  await expect(mail.page.locator("#language")).toBeFocused();
});

test("the address book holds a retired mailbox and a misspelt address, to stumble on", async ({ mail }) => {
  await demo(mail);
  for (const [typed, address] of [
    ["afregning", "mellemkommunal@kommune.example"],
    ["regoin", "akut@regoin.example"],
  ] as const) {
    await mail.page.locator("#new-message").click();
    await mail.page.locator("#cc").pressSequentially(typed);
    await mail.page.locator("#cc-suggestions").getByRole("option").click();
    expect((await mail.read("draft"))?.cc.join()).toContain(address);
    await mail.page.locator("#subject").fill("Referat");
    await mail.idle();
    expect(await mail.send()).toBe("dialog");
    await mail.press("Send ikke");
  }
});

test("“Not sent” goes when the draft changes", async ({ mail }) => {
  await demo(mail);
  const status = mail.page.locator("#compose-status");
  await mail.page.locator("#subject").fill("Vedr. 010203-1234, underretning");
  await mail.send();
  await mail.press("Send ikke");
  await expect(status).toHaveText("Ikke sendt.");
  await mail.page.locator("#subject").fill("Vedr. underretning");
  await expect(status).toHaveText("");
});

test("“Not sent” is gone once the pane has fixed the draft", async ({ mail }) => {
  await demo(mail);
  const status = mail.page.locator("#compose-status");
  await mail.page.locator('[data-ready="retired"]').click();
  await mail.idle();
  await mail.send();
  await mail.press("Vis og ret");
  await expect(status).toHaveText("Ikke sendt.");
  await (await mail.pane()).getByRole("button", { name: /refusion@kommune.example/ }).click();
  await expect(status).toHaveText("");
  await expect(mail.page.locator('[data-field="to"] .chip').last()).toHaveAttribute(
    "data-address",
    "refusion@kommune.example",
  );
});

// A screen of 1280 × 860 as it is, and magnified to 200 % and 400 %; and two narrow windows.
for (const [width, height] of [
  [1280, 860],
  [640, 430],
  [320, 215],
  [640, 800],
  [320, 640],
] as const) {
  const size = `${String(width)} × ${String(height)}`;
  test(`from Send to the first fix with the keyboard only, ${size}`, async ({ mail }) => {
    await mail.page.setViewportSize({ width, height });
    await demo(mail);
    const { keyboard } = mail.page;
    await keyboard.type("Vedr. 010203-1234, underretning");
    await mail.page.locator("#send").focus();
    await keyboard.press("Enter");
    await expect(mail.dialog.getByRole("button", { name: "Send ikke" })).toBeFocused();
    await keyboard.press("Shift+Tab");
    await expect(mail.dialog.getByRole("button", { name: "Vis og ret" })).toBeFocused();
    await keyboard.press("Enter");
    const frame = mail.page.locator("#pane iframe");
    await expect(frame).toBeInViewport({ ratio: 1 });
    const pane = await mail.pane();
    await expect(pane.locator("#findings > li")).toHaveCount(1);
    expect(await mail.page.evaluate(() => document.activeElement?.closest("#pane") !== null)).toBe(true);
    const isFix = (): Promise<boolean> =>
      pane.evaluate(
        () => document.activeElement?.closest("#findings") !== null && document.activeElement?.tagName === "BUTTON",
      );
    for (let tabs = 0; tabs < 5 && !(await isFix()); tabs += 1) {
      await keyboard.press("Tab");
    }
    expect(await isFix()).toBe(true);
    await keyboard.press("Enter");
    await expect(mail.page.locator("#subject")).not.toHaveValue(/1234/);
    await mail.page.locator("#close-pane").click();
    await expect(mail.page.locator("#pane")).toBeHidden();
    await expect(mail.page.locator("#subject")).toBeFocused();
    expect(await mail.send()).toBe("sent");
  });

  test(`Tab goes on from the pane to what can be seen, ${size}`, async ({ mail }) => {
    await mail.page.setViewportSize({ width, height });
    await demo(mail);
    await mail.page.locator("#ribbon [data-command]").click();
    const pane = await mail.pane();
    await expect(pane.locator("#status")).not.toHaveText(/^$|…$/);
    const inPane = (): Promise<boolean> => mail.page.evaluate(() => document.activeElement?.tagName === "IFRAME");
    await expect.poll(inPane).toBe(true);
    await expect(async () => {
      await mail.page.keyboard.press("Tab");
      expect(await inPane()).toBe(false);
    }).toPass();
    await expect(mail.page.locator(width < 640 ? "#close-pane" : "#workbench-title")).toBeFocused();
  });

  test(`nothing is wider than the window, ${size}`, async ({ mail }) => {
    await mail.page.setViewportSize({ width, height });
    await demo(mail);
    const fits = async (what: string): Promise<void> => {
      const page = await mail.page.evaluate(() => document.documentElement.scrollWidth);
      expect(page, what).toBeLessThanOrEqual(width);
    };
    await fits("the form");
    await mail.page.locator("#to").fill(`${"a".repeat(60)}@regoin.example`);
    await mail.page.locator("#subject").fill("Referat");
    await mail.idle();
    await fits("a long address");
    await mail.page.evaluate(() => window.simulator.openPane());
    await mail.pane();
    await fits("the pane");
    await mail.page.evaluate(() => window.simulator.closePane());
    await mail.send();
    await fits("the dialog");
    await mail.press("Send ikke");
    await mail.compose({ kind: "appointment" });
    await fits("a meeting");
    await mail.page.evaluate(() => window.simulator.discard());
    await fits("the folders");
    await mail.page.locator("#inbox .entry").first().click();
    await fits("a mail");
  });
}

test("a narrow window shows either what is open or the list", async ({ mail }) => {
  await mail.page.setViewportSize({ width: 320, height: 640 });
  await demo(mail);
  await expect(mail.page.locator("#folders")).toBeHidden();
  await mail.page.getByRole("button", { name: "Tilbage" }).click();
  await expect(mail.page.locator("#compose")).toHaveCount(0);
  await expect(mail.page.locator('[data-folder="inbox"]')).toBeFocused();
  await mail.page.locator("[data-ready]").first().click();
  await expect(mail.page.locator("#send")).toBeInViewport();
  await expect(mail.page.locator("#folders")).toBeHidden();
});

test("the days and times of a meeting are in the language of the page", async ({ mail }) => {
  await demo(mail);
  await mail.compose({ kind: "appointment" });
  await mail.page.locator("#start").selectOption({ index: 3 });
  await mail.page.locator("#start-time").selectOption("14:30");
  await expect(mail.page.locator("#start-time option:checked")).toHaveText("14.30");
  await expect(mail.page.locator("#start option:checked")).toHaveText(
    /^(man|tirs|ons|tors|fre|lør|søn)\. den \d+\. \p{L}+ \d{4}$/u,
  );
  // The meeting keeps its length.
  await expect(mail.page.locator("#end-time")).toHaveValue("15:00");
  await mail.page.evaluate(() => {
    window.simulator.language = "en";
  });
  await expect(mail.page.locator("#start-time option:checked")).toHaveText("14:30");
  await expect(mail.page.locator("#start option:checked")).toHaveText(/^[A-Z][a-z]{2},? \d+ [A-Z][a-z]+ \d{4}$/);
});

test("the buttons of the form's own bar format the body", async ({ mail }) => {
  await demo(mail);
  await mail.page.locator("#body").click();
  await mail.page.keyboard.type("Kære ");
  await mail.page.locator('[data-format="bold"]').click();
  await mail.page.keyboard.type("du");
  expect((await mail.read("draft"))?.body).toMatch(/^Kære (&nbsp;)?<b>du<\/b>$/);
});

test("the tabs of the ribbon move with the arrow keys", async ({ mail }) => {
  await demo(mail);
  await mail.page.getByRole("tab", { name: "Meddelelse" }).focus();
  await mail.page.keyboard.press("ArrowLeft");
  await expect(mail.page.getByRole("tab", { name: "Hjem" })).toBeFocused();
  await expect(mail.page.getByRole("tabpanel")).toContainText("Videresend");
  await mail.page.keyboard.press("ArrowRight");
  await expect(mail.page.getByRole("tabpanel")).toContainText("Vedhæft");
});

test("the simulator is marked as one, and its own knobs are out of sight at first", async ({ mail }) => {
  await demo(mail);
  await expect(mail.page.locator("#header")).toContainText("Simulator");
  await expect(mail.page.locator("#client")).toBeHidden();
  await mail.page.locator("summary").click();
  await mail.page.locator("#client").selectOption({ label: "Ældre (1.12)" });
  expect(await mail.read("client")).toBe("old");
  await mail.page.evaluate(() => {
    window.simulator.client = "mac";
  });
  await expect(mail.page.locator("#client")).toHaveValue("mac");
});
