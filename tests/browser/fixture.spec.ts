// Tests of the fixture itself: it does notice what it promises to notice.

import { expect, test } from "./fixture";
import { tinyAddin } from "./tiny-addin";

test.describe("a page that requests something outside", () => {
  test.use({
    addin: tinyAddin({
      onSend: "",
      pane: 'fetch("https://elsewhere.example/x").catch(function () { document.body.textContent = "cut off"; });',
    }),
  });
  test("is blocked and noticed", async ({ mail, network }) => {
    mail.expected.requests.push(/^https:\/\/elsewhere\.example\/x$/);
    mail.expected.errors.push(/net::ERR_FAILED/);
    await mail.open();
    await mail.compose();
    await mail.page.evaluate(() => window.simulator.openPane());
    await expect((await mail.pane()).locator("body")).toHaveText("cut off");
    expect(network.unexpected).toEqual(["https://elsewhere.example/x"]);
  });
});

test.describe("a page with errors", () => {
  test.use({
    addin: tinyAddin({
      onSend: "",
      pane: 'console.error("told"); setTimeout(function () { throw new Error("thrown"); });',
    }),
  });
  test("is noticed", async ({ mail }) => {
    mail.expected.errors.push(/told/, /thrown/);
    await mail.open();
    await mail.compose();
    await mail.page.evaluate(() => window.simulator.openPane());
    await mail.pane();
    await expect.poll(() => mail.errors.join()).toMatch(/told.*thrown/);
  });
});

test.describe("the files of the add-in", () => {
  test.use({ addin: tinyAddin({ onSend: "event.completed({allowEvent: true});" }) });
  test("come from its own origin, office.js from Microsoft's, and nothing else is requested", async ({
    mail,
    network,
  }) => {
    await mail.open();
    await mail.compose({ to: ["a@region.example"] });
    await mail.send();
    const origins = new Set(network.requests.map((url) => new URL(url).origin));
    expect([...origins].sort()).toEqual([
      "https://ajax.aspnetcdn.com",
      "https://appsforoffice.microsoft.com",
      "https://localhost:3000",
      "https://outlook.office.com",
    ]);
  });
});
