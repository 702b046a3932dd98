// Nothing of a mail leaves the pane: not to the console, a request, any storage, the roaming settings or the host,
// except for the change of the draft that the user asked for. And the watch that asserts this does detect leaks.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Frame } from "@playwright/test";

import { BODY, MISTYPED, PERSON, SINKS, SUBJECT, Watch, type Sink } from "./canary";
import { expect, test as base, type Mail } from "./fixture";
import { CONTENT, under } from "./under";

/** A profile of its own, as a user has: a private window would deny all storage to the add-in, and hide every leak. */
const test = base.extend({
  context: async ({ playwright, launchOptions, locale, timezoneId, viewport }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "sendvagt-"));
    mkdirSync(join(folder, "Default"));
    writeFileSync(
      join(folder, "Default/Preferences"),
      JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }),
    );
    const context = await playwright.chromium.launchPersistentContext(folder, {
      ...launchOptions,
      ...(locale === undefined ? {} : { locale }),
      ...(timezoneId === undefined ? {} : { timezoneId }),
      viewport,
    });
    await use(context);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

const SECURE = "sikkerpost@kommune.example";
const BROKEN = "throw new Error('broken on purpose');";

async function pane(mail: Mail): Promise<Frame> {
  await mail.page.evaluate(() => window.simulator.openPane());
  return mail.pane();
}

/** Stopped, shown, fixed, undone, fixed, sent. */
async function mend(mail: Mail): Promise<void> {
  await mail.compose({ from: SECURE, subject: SUBJECT, body: BODY, to: ["akut@region.example"], cc: [MISTYPED] });
  expect(await mail.send()).toBe("dialog");
  await mail.press("Vis og ret");
  const shown = await mail.pane();
  await expect(shown.locator("mark")).toHaveText("030405-7891");
  await shown.locator("#about-heading").click();
  await shown.getByRole("button", { name: /Flyt nummeret/ }).click();
  await expect(shown.locator("#status")).toContainText("Rettet");
  await shown.getByRole("button", { name: /Fortryd/ }).click();
  await expect(shown.locator("#status")).toContainText("tilbage i emnet");
  await shown.getByRole("button", { name: /Flyt nummeret/ }).click();
  await expect(shown.locator("#status")).toContainText("Rettet");
  await shown.getByRole("button", { name: /Tilføj adressen på/ }).click();
  await expect(shown.locator("#status")).toContainText("tilføjet");
  await mail.page.evaluate((wrong) => {
    const { draft } = window.simulator;
    window.simulator.edit({ cc: draft?.cc.filter((one) => !one.includes(wrong)) ?? [] });
  }, MISTYPED);
  await expect(shown.locator("#status")).toContainText("Emne og modtagere er i orden");
  expect(await mail.send()).toBe("sent");
}

async function ask(mail: Mail): Promise<void> {
  await mail.compose({ subject: "Gulspurveunge, sag 1312092317", body: BODY, to: [MISTYPED] });
  expect(await mail.send()).toBe("dialog");
  await mail.press("Send alligevel");
  await mail.idle();
}

async function clean(mail: Mail): Promise<void> {
  await mail.compose({ subject: "Gulspurveunge", body: BODY, to: [PERSON] });
  expect(await mail.send()).toBe("sent");
}

async function practise(mail: Mail): Promise<void> {
  await mail.page.locator("#practise").click();
  await mail.idle();
  const shown = await mail.pane();
  await shown.locator('[data-scene="maerke"]').click();
  await shown.locator("#mail-to").fill("kanarie.fuglesen@region.example");
  await shown.locator("#mail-subject").fill(SUBJECT);
  await shown.getByRole("button", { name: "Send", exact: true }).click();
  await expect(shown.locator("mark")).toHaveText("030405-7891");
}

const roads: [name: string, go: (mail: Mail) => Promise<void>, query?: Record<string, string>][] = [
  ["a mail that is stopped, fixed, undone and sent", mend],
  ["a question that is answered by sending", ask],
  ["a clean mail", clean],
  ["the practice", practise],
  [
    "an objection",
    async (mail) => {
      await mail.compose({ from: SECURE, subject: SUBJECT, body: BODY, to: [PERSON] });
      const shown = await pane(mail);
      await shown.getByText("Det er ikke et CPR-nummer").click();
      await shown.getByRole("button", { name: "Noget andet" }).click();
      await expect(shown.locator("#status")).toContainText("Noteret");
      expect(await mail.send()).toBe("sent");
    },
  ],
  [
    "a client without Send anyway",
    async (mail) => {
      await mail.compose({ subject: "Gulspurveunge", body: BODY, to: [MISTYPED] });
      expect(await mail.send()).toBe("dialog");
      await mail.press("Send ikke");
      expect(await mail.send()).toBe("sent");
    },
    { client: "old" },
  ],
  [
    "a subject that cannot be read",
    async (mail) => {
      await mail.compose({ subject: SUBJECT, body: BODY, to: [PERSON] });
      await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 18, kind: "error", code: 9020 }));
      expect(await mail.send()).toBe("dialog");
      await expect((await pane(mail)).locator("#status")).toContainText("kunne ikke læse");
    },
  ],
  [
    "a fix that fails",
    async (mail) => {
      await mail.compose({ from: SECURE, subject: SUBJECT, body: BODY, to: [PERSON] });
      const shown = await pane(mail);
      await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 17, kind: "error", code: 9020 }));
      await shown.getByRole("button", { name: /Flyt nummeret/ }).click();
      await expect(shown.locator("#status")).toContainText("Det kunne ikke rettes");
    },
  ],
];

for (const [name, go, query] of roads) {
  test(`${name}: nothing leaves`, async ({ mail }) => {
    const watch = await Watch.over(mail.page);
    await mail.open(query);
    await go(mail);
    expect(await watch.found(), "sinks that hold a canary").toEqual({});
    const looks = watch.looks();
    for (const sink of ["request", "local storage", "dialog and bar", "message to the host"] as const) {
      expect(looks[sink], `the watch never looked at: ${sink}`).toBeGreaterThan(0);
    }
  });
}

const faults: [name: string, instead: Record<string, string | null>][] = [
  ["without WebAssembly", { "engine.wasm": null, "engine-send.wasm": null }],
  [
    "with no engine at all",
    { "engine.wasm": null, "engine-send.wasm": null, "engine.js": BROKEN, "engine-send.js": BROKEN },
  ],
];
for (const [name, instead] of faults) {
  test.describe(name, () => {
    test.use({ answers: { instead } });
    test("nothing leaves", async ({ mail }) => {
      mail.expected.errors.push(/ERR_FAILED|broken on purpose/);
      mail.expected.requests.push(/engine\.(wasm|js)/);
      const watch = await Watch.over(mail.page);
      await mail.open();
      await mail.compose({ from: SECURE, subject: SUBJECT, body: BODY, to: [PERSON] });
      expect(await mail.send()).toBe("dialog");
      await pane(mail);
      await mail.idle();
      expect(await watch.found()).toEqual({});
    });
  });
}

test.describe("where the text and the attachments are read", () => {
  test.use({ answers: under(CONTENT) });
  test("a mail that is stopped, masked, undone, made secure mail and sent: nothing leaves", async ({ mail }) => {
    const watch = await Watch.over(mail.page);
    await mail.open();
    const body = `${BODY}<p>Cpr 030405-7891</p><div id="divRplyFwdMsg"><b>Fra:</b> x</div><p>Cpr 0304057891</p>`;
    const attachments = [{ name: "Gulspurveunge 030405-7891.pdf" }];
    await mail.compose({ subject: "Gulspurveunge", body, attachments, to: [PERSON] });
    expect(await mail.send()).toBe("dialog");
    await mail.press("Vis og ret");
    const shown = await mail.pane();
    await shown.getByRole("button", { name: /Skjul numrene/ }).click();
    await expect(shown.locator("#status")).toContainText("Teksten er ændret");
    await shown.getByRole("button", { name: /Fortryd/ }).click();
    await expect(shown.locator("#status")).toContainText("fortrudt");
    await shown
      .getByRole("button", { name: /Gør mailen til sikker post/ })
      .first()
      .click();
    await expect(shown.locator("#status")).toContainText("Rettet");
    expect(await mail.send()).toBe("sent");
    expect(await watch.found(), "sinks that hold a canary").toEqual({});
  });

  test("a question about an earlier mail that is answered by sending, where marks are kept: nothing leaves", async ({
    mail,
  }) => {
    const watch = await Watch.over(mail.page);
    await mail.open({ client: "old" });
    const body = `${BODY}<div id="divRplyFwdMsg"><b>Fra:</b> x</div><p>Cpr 030405-7891</p>`;
    await mail.compose({ subject: "Gulspurveunge", body, to: [PERSON] });
    expect(await mail.send()).toBe("dialog");
    await mail.press("Send ikke");
    expect(await mail.send()).toBe("sent");
    expect(await watch.found(), "sinks that hold a canary").toEqual({});
  });
});

/** A leak into each sink, in the launch runtime or in the pane. As in a real leak the canary comes from the draft. */
const leaks: [sink: Sink, leak: () => unknown][] = [
  ["console", () => console.log(`judged: ${window.name}`, "Gulspurveunge")],
  [
    "request",
    () => fetch("/icons/icon-16.png", { method: "POST", body: btoa("x Gulspurveunge y") }).catch(() => undefined),
  ],
  ["request", () => navigator.sendBeacon("/icons/icon-16.png", "cpr=0304057891")],
  [
    "request",
    () => {
      new Image().src = `/icons/icon-16.png?${encodeURIComponent("Regnspove Kanariefugl")}`;
    },
  ],
  [
    "local storage",
    () => {
      localStorage.setItem("last", "030405-7891");
      localStorage.removeItem("last");
    },
  ],
  ["session storage", () => sessionStorage.setItem("last", "Gulspurveunge")],
  [
    "cookie",
    () => {
      document.cookie = "last=0304057891; SameSite=None; Secure";
    },
  ],
  [
    "IndexedDB",
    () =>
      new Promise((resolve) => {
        const opened = indexedDB.open("log", 1);
        opened.onupgradeneeded = () => {
          opened.result.createObjectStore("lines", { autoIncrement: true });
        };
        opened.onsuccess = () => {
          const transaction = opened.result.transaction("lines", "readwrite");
          transaction.objectStore("lines").add("Gulspurveunge");
          transaction.oncomplete = () => {
            opened.result.close();
            resolve(true);
          };
        };
      }),
  ],
  [
    "cache",
    async () => {
      await (await caches.open("log")).put("/log", new Response("Gulspurveunge"));
    },
  ],
  [
    "file system",
    async () => {
      const file = await (await navigator.storage.getDirectory()).getFileHandle("log", { create: true });
      const writer = await file.createWritable();
      await writer.write("Gulspurveunge");
      await writer.close();
    },
  ],
  [
    "address, title or name of the window",
    () => {
      document.title = "Gulspurveunge";
    },
  ],
  [
    "address, title or name of the window",
    () => {
      window.name = "kanarie.fuglesen@region.example";
    },
  ],
  [
    "roaming settings",
    () => {
      Office.context.roamingSettings.set("last", "Gulspurveunge");
      return new Promise((resolve) => Office.context.roamingSettings.saveAsync(resolve));
    },
  ],
  [
    "dialog and bar",
    () =>
      new Promise((resolve) => {
        Office.context.mailbox.item?.notificationMessages.replaceAsync(
          "sendvagt",
          { type: "informationalMessage", message: "030405-7891", icon: "Icon.16", persistent: true },
          resolve,
        );
      }),
  ],
  [
    "message to the host",
    () =>
      new Promise((resolve) => {
        Office.context.mailbox.item?.sessionData.setAsync("last", "Gulspurveunge", resolve);
      }),
  ],
];
for (const [number, [sink, leak]] of leaks.entries()) {
  test(`the watch detects a leak into: ${sink} (${String(number)})`, async ({ mail }) => {
    mail.expected.requests.push(/icon-16|\/log/);
    const watch = await Watch.over(mail.page);
    await mail.open();
    await mail.compose({ subject: "Referat", to: ["akut@region.example"] });
    const shown = await pane(mail);
    await expect(shown.locator("#status")).toContainText("Emne og modtagere er i orden");
    expect(await watch.found()).toEqual({});
    await shown.evaluate(leak);
    await expect.poll(async () => Object.keys(await watch.found()).map((found) => found.split(":")[0])).toContain(sink);
  });
}

const LEAKING = `Office.onReady();
  const done = (event) => { document.documentElement.append("Gulspurveunge"); event.completed({ allowEvent: true }); };
  for (const name of ["onMessageSend", "onNewMessageCompose", "onMessageCompose", "onMessageRecipientsChanged", "onMessageFromChanged"]) Office.actions.associate(name, done);`;
test.describe("in the launch runtime", () => {
  test.use({ answers: { instead: { "launch-web.js": LEAKING } } });
  test("the watch detects a leak into its document", async ({ mail }) => {
    const watch = await Watch.over(mail.page);
    await mail.open();
    await mail.compose({ subject: "Referat", to: ["akut@region.example"] });
    await mail.send();
    await expect
      .poll(async () => Object.keys(await watch.found()))
      .toContain("document of the launch runtime: word of the subject");
  });
});

test("there is a leak for each sink", () => {
  const tried = new Set<Sink>([...leaks.map(([sink]) => sink), "document of the launch runtime"]);
  expect(SINKS.filter((sink) => !tried.has(sink))).toEqual([]);
});
