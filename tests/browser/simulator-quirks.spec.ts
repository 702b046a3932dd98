// Each quirk of addin/simulator/quirks.ts, seen by an add-in through the real office.js: with the switch it is there,
// without it, or on another client, it is not.

import type { ComposeRequest } from "../../addin/simulator/mailbox";
import type { QuirkId } from "../../addin/simulator/quirks";
import { expect, test, type Mail } from "./fixture";
import { tinyAddin, type TinyAddin } from "./tiny-addin";

const ALLOW = "event.completed({allowEvent: true});";
const STOP = 'event.completed({allowEvent: false, errorMessage: "IT & Digitalisering siger nej."});';
const ME = "mette.sommer@kommune.example";

/** A pane that makes a call and shows the argument of its callback. */
const showing = (call: string, more: Partial<TinyAddin> = {}): Record<string, string> =>
  tinyAddin({
    onSend: ALLOW,
    ...more,
    pane: `var item = Office.context.mailbox.item, settings = Office.context.roamingSettings;
      function show(r) { document.body.textContent = r.status === "succeeded" ? "got " + JSON.stringify(r.value) : "error " + r.error.code; }
      function say(value) { show({status: "succeeded", value: value}); }
      ${call}`,
  });

async function paneText(mail: Mail): Promise<string> {
  await mail.page.evaluate(() => window.simulator.openPane());
  const body = (await mail.pane()).locator("body");
  await expect(body).not.toBeEmpty();
  return body.innerText();
}

function set(mail: Mail, quirks: readonly QuirkId[], on: boolean): Promise<void> {
  return mail.page.evaluate(([ids, value]) => ids.forEach((id) => window.simulator.quirks.set(id, value)), [
    quirks,
    on,
  ] as const);
}

interface Row {
  quirk: QuirkId;
  call: string;
  item: ComposeRequest;
  client?: string;
  /** What the pane shows with the quirk and without it. */
  on: unknown;
  off: unknown;
}

/** The values of one property of recipients. */
const each = (field: string, name: string): string =>
  `item.${field}.getAsync(function (r) { say(r.value.map(function (one) { return one.${name} === undefined ? "none" : one.${name}; })); });`;
const rewrite = (field: string): string =>
  `item.${field}.getAsync(function (r) { item.${field}.setAsync(r.value, function (s) { if (s.status === "failed") show(s); else item.${field}.getAsync(show); }); });`;
const MEETING = { kind: "appointment", to: ["Bo <bo.lind@kommune.example>"], subject: "Møde" } as const;
const LEGACY = "/o=Kommune/ou=Exchange Administrative Group/cn=Recipients/cn=";
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `n${String(n)}@region.example`);
const addOne = `item.to.addAsync(["ny@region.example"], function (r) { say(r.status === "failed" ? r.error.code : "added"); });`;

const rows: Row[] = [
  {
    quirk: "legacy-recipients",
    call: each("to", "emailAddress"),
    item: { to: ["bo.lind@kommune.example", "a@region.example"] },
    on: [`${LEGACY}bo.lind`, "a@region.example"],
    off: ["bo.lind@kommune.example", "a@region.example"],
  },
  {
    quirk: "legacy-recipients",
    call: each("to", "recipientType"),
    item: { to: ["bo.lind@kommune.example"] },
    on: ["externalUser"],
    off: ["user"],
  },
  {
    quirk: "legacy-from",
    call: "item.from.getAsync(function (r) { say(r.value.emailAddress); });",
    item: {},
    on: `${LEGACY}mette.sommer`,
    off: ME,
  },
  {
    quirk: "groups-without-address",
    call: each("to", "emailAddress"),
    item: { to: ["sagsbehandlere@kommune.example"] },
    on: ["none"],
    off: ["sagsbehandlere@kommune.example"],
  },
  {
    quirk: "organizer-attends",
    client: "classic",
    call: each("requiredAttendees", "emailAddress"),
    item: MEETING,
    on: [ME, "bo.lind@kommune.example"],
    off: ["bo.lind@kommune.example"],
  },
  {
    quirk: "from-without-type",
    call: 'item.from.getAsync(function (r) { say(r.value.recipientType || "none"); });',
    item: {},
    on: "none",
    off: "user",
  },
  {
    quirk: "attendees-without-type",
    client: "mac",
    call: each("requiredAttendees", "recipientType"),
    item: MEETING,
    on: ["none"],
    off: ["user"],
  },
  {
    quirk: "few-recipients-read",
    client: "classic",
    call: "item.to.getAsync(function (r) { say(r.value.length); });",
    item: { to: many(501) },
    on: 500,
    off: 501,
  },
  {
    quirk: "few-recipients-read",
    client: "classic2602",
    call: "item.to.getAsync(function (r) { say(r.value.length); });",
    item: { to: many(1001) },
    on: 1000,
    off: 1001,
  },
  { quirk: "few-recipients-written", client: "classic", call: addOne, item: { to: many(500) }, on: 9012, off: "added" },
  {
    quirk: "prefix-stays",
    call: 'item.subject.setAsync("sagen", function () { item.subject.getAsync(show); });',
    item: { subject: "SV: Vedr. sagen" },
    on: "SV: sagen",
    off: "sagen",
  },
  {
    quirk: "body-differs",
    call: 'item.body.getAsync("text", function (r) { item.body.getAsync("text", function (s) { say(r.value === s.value); }); });',
    item: { body: "<p>Hej</p>" },
    on: false,
    off: true,
  },
  {
    quirk: "images-lost",
    call: 'item.body.getAsync("html", function (r) { item.body.setAsync(r.value, {coercionType: "html"}, function () { item.body.getAsync("html", function (s) { say(s.value); }); }); });',
    item: { body: '<p>Hej<img alt="Logo"></p>' },
    on: "<p>Hej</p>",
    off: '<p>Hej<img alt="Logo"></p>',
  },
];
for (const { quirk, call, item, client = "web", on, off } of rows) {
  test.describe(`${quirk}, ${client}: ${JSON.stringify(on)}`, () => {
    test.use({ addin: showing(call) });
    for (const value of [true, false]) {
      test(value ? "on" : "off", async ({ mail }) => {
        await mail.open({ client });
        await set(mail, [quirk], value);
        await mail.compose(item);
        expect(await paneText(mail)).toBe(`got ${JSON.stringify(value ? on : off)}`);
      });
    }
  });
}

test("a client behaves as it is documented to, until somebody sets a switch", async ({ mail }) => {
  await mail.open();
  const quirks = () => mail.page.evaluate(() => [...window.simulator.quirks.list]);
  const web = await quirks();
  expect(web).toEqual([
    "organizer-attends-edited",
    "from-without-type",
    "few-recipients-read",
    "few-recipients-written",
    "bars-go-on-reopening",
  ]);
  await mail.page.locator("summary").click();
  await mail.page.locator("#client").selectOption("phone");
  await expect(mail.page.locator("#quirk-one-bar")).toBeChecked();
  await mail.page.locator("#quirk-one-bar").uncheck();
  await mail.page.locator("#quirk-prefix-stays").check();
  expect(await quirks()).toContain("prefix-stays");
  expect(await quirks()).not.toContain("one-bar");
  await mail.page.locator("#client").selectOption("web");
  await mail.page.locator("#quirks-reset").click();
  await expect(mail.page.locator("#quirk-prefix-stays")).not.toBeChecked();
  expect(await quirks()).toEqual(web);
});

test.describe("recipients that are written back", () => {
  test.use({ addin: showing(rewrite("to")) });

  test("a legacy address is the same colleague", async ({ mail }) => {
    await mail.open();
    await set(mail, ["legacy-recipients"], true);
    await mail.compose({ to: ["bo.lind@kommune.example"] });
    await paneText(mail);
    expect((await mail.read("draft"))?.to).toEqual(["Bo Lind <bo.lind@kommune.example>"]);
  });

  for (const [client, shown, to] of [
    ["classic", "error 5010", ["Alle sagsbehandlere <sagsbehandlere@kommune.example>"]],
    ["web", "got []", ["Alle sagsbehandlere"]],
  ] as const) {
    test(`a group without an address, ${client}`, async ({ mail }) => {
      await mail.open({ client });
      await set(mail, ["groups-without-address"], true);
      await mail.compose({ to: ["sagsbehandlere@kommune.example"] });
      expect(await paneText(mail)).toBe(shown);
      expect((await mail.read("draft"))?.to).toEqual(to);
    });
  }
});

test.describe("the organizer on the web", () => {
  test.use({ addin: showing(each("requiredAttendees", "emailAddress")) });
  test("is among the attendees once the meeting has been saved", async ({ mail }) => {
    await mail.open();
    await mail.compose(MEETING);
    expect(await paneText(mail)).toBe('got ["bo.lind@kommune.example"]');
    await mail.page.evaluate(() => window.simulator.saveDraft());
    expect(await paneText(mail)).toBe(`got ["${ME}","bo.lind@kommune.example"]`);
  });
});

test.describe("recipients that are typed", () => {
  const onSend = `Office.context.mailbox.item.to.getAsync(function (r) { Office.context.mailbox.item.internetHeaders.setAsync({"x-seen": String(r.value.length)}, function () { ${ALLOW} }); });`;
  test.use({ addin: tinyAddin({ onSend }) });
  for (const [on, seen] of [
    [true, "0"],
    [false, "1"],
  ] as const) {
    test(on ? "are resolved only after the send event" : "are resolved before", async ({ mail }) => {
      await mail.open();
      await set(mail, ["unresolved-at-send"], on);
      await mail.compose({ subject: "Hej" });
      await mail.page.locator("#to").pressSequentially("Anna <a@region.example>");
      expect(await mail.send()).toBe("sent");
      expect(await mail.read("sent")).toMatchObject([{ to: ["a@region.example"], headers: { "x-seen": seen } }]);
    });
  }
  test("and are no address hold the mail back after the event", async ({ mail }) => {
    await mail.open();
    await set(mail, ["unresolved-at-send"], true);
    await mail.compose({ subject: "Hej" });
    await mail.page.locator("#to").pressSequentially("ingen");
    expect(await mail.send()).toBe("refused");
    expect((await mail.read("events")).at(-1)).toMatchObject({ type: "OnMessageSend", outcome: "completed" });
    await expect(mail.page.locator("#compose-status")).toHaveText("Ret modtageren, der ikke er en adresse.");
    expect(await mail.read("sent")).toEqual([]);
  });
});

test.describe("roaming settings", () => {
  // An event marks what it has read in a header, and saves.
  const event = `var s = Office.context.roamingSettings, item = Office.context.mailbox.item;
    item.internetHeaders.setAsync({"x-read": String(s.get("pane"))}, function () {
      s.set("event", 1);
      s.saveAsync(function () { event.completed(); });
    });`;
  test.use({
    addin: showing(
      'say([settings.get("pane"), settings.get("event")].map(String)); settings.set("pane", 2); settings.saveAsync(function () {});',
      { handlers: { OnNewMessageCompose: event } },
    ),
  });
  const stored = '{"pane":"1"}';
  const expected: [quirk: QuirkId | undefined, read: string, pane: string][] = [
    [undefined, "1", '["1","1"]'],
    // Its own set is empty, and the pane's stays.
    ["roaming-apart", "undefined", '["1","undefined"]'],
    // What it saves has lost the key of the pane.
    ["roaming-unread", "undefined", '["undefined","1"]'],
    ["roaming-stale", "1", '["1","1"]'],
  ];
  for (const [quirk, read, pane] of expected) {
    test(quirk ?? "without a quirk", async ({ mail }) => {
      await mail.open();
      await mail.page.evaluate((text) => localStorage.setItem("sendvagt-simulator.roaming-settings", text), stored);
      await mail.open();
      await set(mail, quirk === undefined ? [] : [quirk], true);
      await mail.compose();
      expect((await mail.read("draft"))?.internetHeaders).toEqual({ "x-read": read });
      expect(await paneText(mail)).toBe(`got ${pane}`);
    });
  }

  test("that are stale overwrite what the pane has saved since", async ({ mail }) => {
    await mail.open();
    await set(mail, ["roaming-stale"], true);
    await mail.compose();
    await paneText(mail);
    await expect.poll(() => mail.read("roamingSettings")).toMatchObject({ pane: "2" });
    await mail.compose();
    expect(await mail.read("roamingSettings")).toEqual({ event: "1" });
  });
});

test.describe("notifications", () => {
  const bar = (key: string, details: string): string =>
    `function (next) { item.notificationMessages.replaceAsync("${key}", ${details}, next); }`;
  const insight = bar(
    "insight",
    '{type: "insightMessage", icon: "icon", message: "i", actions: [{actionType: "showTaskPane", actionText: "Vis", commandId: "message-pane"}]}',
  );
  const lasting = bar("lasting", '{type: "informationalMessage", icon: "icon", message: "l", persistent: true}');
  const passing = bar("passing", '{type: "informationalMessage", icon: "icon", message: "p", persistent: false}');
  const all = [insight, lasting, passing];
  const addin = showing(
    `var all = [${all.join()}]; function next() { var one = all.shift(); if (one) one(next); else say("done"); } next();`,
  );
  const keys = (mail: Mail) => mail.page.evaluate(() => window.simulator.notifications.map(({ key }) => key));

  test.describe("in a draft that is opened again", () => {
    test.use({ addin });
    for (const [on, expected] of [
      [true, ["lasting"]],
      [false, ["insight", "lasting", "passing"]],
    ] as const) {
      test(on ? "are only the persistent ones" : "are all there", async ({ mail }) => {
        await mail.open();
        await set(mail, ["bars-go-on-reopening"], on);
        await mail.compose({ subject: "Kladde" });
        await paneText(mail);
        await mail.compose({ subject: "En anden" });
        await mail.page.evaluate(() => window.simulator.openDraft(0));
        expect(await keys(mail)).toEqual(expected);
        await expect(mail.page.locator(".notice")).toHaveCount(expected.length);
      });
    }
    for (const [on, expected] of [
      [true, ["lasting", "passing"]],
      [false, ["insight", "lasting", "passing"]],
    ] as const) {
      test(`popped out: ${expected.join()}`, async ({ mail }) => {
        await mail.open();
        await set(mail, ["bars-go-on-popping-out"], on);
        await mail.compose({ subject: "Kladde" });
        await paneText(mail);
        await mail.page.locator("summary").click();
        await mail.page.locator("#pop-out").click();
        expect(await keys(mail)).toEqual(expected);
        await expect(mail.page.locator(".notice")).toHaveCount(expected.length);
      });
    }
    test("one at a time: the last one", async ({ mail }) => {
      await mail.open();
      await set(mail, ["one-bar"], true);
      await mail.compose({ subject: "Kladde" });
      await paneText(mail);
      expect(await keys(mail)).toEqual(["passing"]);
    });
  });
});

test.describe("a runtime that is kept between mails", () => {
  // Counts its events in the page, and reads the open mail's subject a while after it has begun.
  const handler = `window.events = (window.events || 0) + 1; var number = window.events; var item = Office.context.mailbox.item;
    setTimeout(function () { item.subject.getAsync(function (r) { item.internetHeaders.setAsync({"x-event": number + " " + r.value}, function () { event.completed(); }); }); }, 300);`;
  test.use({ addin: tinyAddin({ onSend: ALLOW, handlers: { OnNewMessageCompose: handler } }) });
  for (const [on, expected] of [
    [true, "2 B"],
    [false, "1 B"],
  ] as const) {
    test(on ? "two events share it" : "each event has a page of its own", async ({ mail }) => {
      await mail.open();
      await set(mail, ["runtime-kept"], on);
      await mail.compose({ subject: "A" });
      await mail.compose({ subject: "B" });
      expect((await mail.read("draft"))?.internetHeaders).toEqual({ "x-event": expected });
      const frames = (await mail.read("trace")).filter(({ purpose }) => purpose === "event").map(({ frame }) => frame);
      expect(new Set(frames).size).toBe(on ? 1 : 2);
    });
  }
  test("a handler of the former mail gets the open one", async ({ mail }) => {
    await mail.open();
    await set(mail, ["runtime-kept"], true);
    await mail.compose({ subject: "A" });
    await mail.page.evaluate(() => {
      window.simulator.compose({ subject: "B" });
      window.simulator.compose({ subject: "C" });
    });
    await mail.idle();
    // The handler of B ran on, on the item C.
    await expect
      .poll(async () =>
        (await mail.read("trace")).filter(
          ({ dispatchId, direction }) => dispatchId === 18 && direction === "to-add-in",
        ),
      )
      .toHaveLength(3);
    const subjects = (await mail.read("trace"))
      .filter(({ dispatchId, direction }) => dispatchId === 18 && direction === "to-add-in")
      .map(({ data }) => (data as { data: string }).data);
    expect(subjects).toEqual(["A", "C", "C"]);
  });
  test("a meeting gets another page than a mail", async ({ mail }) => {
    await mail.open();
    await set(mail, ["runtime-kept"], true);
    await mail.compose({ subject: "A" });
    await mail.compose({ ...MEETING });
    expect(await mail.send()).toBe("sent");
  });
});

test.describe("Send right after another event", () => {
  const handlers = { OnNewMessageCompose: "setTimeout(function () { event.completed(); }, 400);" };
  test.use({ addin: tinyAddin({ onSend: ALLOW, handlers }) });
  for (const [on, expected] of [
    [true, "dialog"],
    [false, "sent"],
  ] as const) {
    test(on ? "is stopped with Outlook's own words" : "is checked", async ({ mail }) => {
      await mail.open();
      await set(mail, ["send-collides"], on);
      const state = await mail.page.evaluate(() => {
        window.simulator.compose({ subject: "Hej", to: ["a@region.example"] });
        return window.simulator.send();
      });
      expect(state).toBe(expected);
      if (on) {
        await expect(mail.dialog).toHaveAccessibleDescription("Lille forhindrer, at mailen bliver sendt.");
        await mail.press("Send ikke");
        await mail.page.waitForFunction(
          () => performance.now() - (window.simulator.events.at(-1)?.raisedAt ?? 0) > 100,
        );
        expect(await mail.send()).toBe("sent");
      }
    });
  }
});

test.describe("an add-in that stops everything", () => {
  test.use({ addin: tinyAddin({ onSend: STOP }) });

  for (const on of [true, false]) {
    test(`the cancellation of a meeting ${on ? "is checked" : "leaves unchecked"}`, async ({ mail }) => {
      await mail.open();
      await mail.page.evaluate(() => {
        window.simulator.client = "phone";
      });
      await mail.compose(MEETING);
      expect(await mail.send()).toBe("sent");
      await mail.page.evaluate(() => {
        window.simulator.client = "classic";
      });
      await set(mail, ["cancellation-checked"], on);
      await mail.page.locator("#cancel").click();
      await expect(mail.page.locator("#subject")).toHaveValue("Aflyst: Møde");
      expect(await mail.send()).toBe(on ? "dialog" : "sent");
      expect((await mail.read("events")).map(({ type }) => type)).toEqual(on ? ["OnAppointmentSend"] : []);
    });
  }

  for (const on of [true, false]) {
    test(`& ${on ? "underlines the next letter" : "is shown"} in the dialog of classic Outlook`, async ({ mail }) => {
      await mail.open({ client: "classic" });
      await set(mail, ["ampersand-underlines"], on);
      await mail.compose({ to: ["a@region.example"], subject: "Hej" });
      await mail.send();
      expect((await mail.read("dialog"))?.text).toBe(`IT ${on ? "" : "&"} Digitalisering siger nej.`);
      await expect(mail.dialog.locator("u")).toHaveCount(on ? 1 : 0);
    });
  }
});

test.describe("a mail that is stopped once and scheduled for later", () => {
  const onSend = `var item = Office.context.mailbox.item; item.subject.getAsync(function (r) { event.completed(r.value === "fejl" ? {allowEvent: false, errorMessage: "Nej."} : {allowEvent: true}); });`;
  test.use({ addin: tinyAddin({ onSend }) });
  const LATER = 4_000_000_000_000;
  for (const on of [true, false]) {
    test(on ? "leaves at once" : "keeps its time", async ({ mail }) => {
      await mail.open();
      await set(mail, ["schedule-forgotten"], on);
      await mail.compose({ to: ["a@region.example"], subject: "fejl" });
      await mail.page.evaluate((time) => window.simulator.schedule(time), LATER);
      await expect(mail.page.locator("#compose-status")).toContainText("Bliver sendt");
      await mail.send();
      await mail.press("Send ikke");
      await mail.page.evaluate(() => window.simulator.edit({ subject: "rettet" }));
      expect(await mail.send()).toBe("sent");
      expect((await mail.read("sent")).map(({ scheduledFor }) => scheduledFor)).toEqual([on ? undefined : LATER]);
    });
  }
});

test.describe("offline", () => {
  const modes = { PromptUser: "sent", SoftBlock: "dialog", Block: "dialog" } as const;
  for (const [sendMode, expected] of Object.entries(modes)) {
    test.describe(sendMode, () => {
      test.use({ addin: tinyAddin({ onSend: STOP, sendMode: sendMode as keyof typeof modes }) });
      test(`${expected}, and no event is raised`, async ({ mail }) => {
        await mail.open({ client: "classic" });
        await mail.page.locator("summary").click();
        await mail.page.locator("#offline").check();
        await mail.compose({ to: ["a@region.example"], subject: "Hej" });
        expect(await mail.send()).toBe(expected);
        expect(await mail.read("events")).toEqual([]);
        if (expected === "dialog") {
          await expect(mail.dialog).toHaveAttribute("data-kind", "offline");
          await mail.press("Send ikke");
          await mail.page.locator("#offline").uncheck();
          expect(await mail.send()).toBe("dialog");
          await expect(mail.dialog).toHaveAttribute("data-kind", "blocked");
        } else {
          await expect(mail.page.locator("#status")).toHaveText("Lagt i Udbakke uden kontrol.");
        }
      });
    });
  }

  test.describe("where it sends unchecked", () => {
    test.use({ addin: tinyAddin({ onSend: STOP, sendMode: "Block" }) });
    test("no event is raised, whatever the mode", async ({ mail }) => {
      await mail.open({ client: "new" });
      await set(mail, ["offline-unchecked"], true);
      await mail.page.evaluate(() => {
        window.simulator.settings.offline = true;
      });
      await mail.compose({ to: ["a@region.example"], subject: "Hej" });
      expect(await mail.send()).toBe("sent");
      expect(await mail.read("sent")).toMatchObject([{ how: "unchecked" }]);
    });
  });
});

test.describe("classic Outlook since 2602", () => {
  test.use({
    addin: showing(
      'say([Office.context.requirements.isSetSupported("Mailbox", "1.16"), Office.context.diagnostics.version]);',
    ),
  });
  test("offers Mailbox 1.16", async ({ mail }) => {
    await mail.open({ client: "classic2602" });
    await mail.compose();
    expect(await paneText(mail)).toBe('got [true,"16.0.19725.20126"]');
  });
});
