// Writing: recipients as chips, replies, meetings, drafts, and the events and bars that go with them.

import { expect, test, type Mail } from "./fixture";
import { tinyAddin } from "./tiny-addin";

const NOTE = (text: string): string =>
  `Office.context.mailbox.item.notificationMessages.replaceAsync("k", {type: "insightMessage", icon: "icon", message: ${text}, actions: [{actionType: "showTaskPane", actionText: "Vis", commandId: "message-pane", contextData: "fra bar"}]}, function () { event.completed(); });`;

const handlers = {
  OnNewMessageCompose: `Office.context.mailbox.item.subject.getAsync(function (r) { ${NOTE('"Ny: " + r.value')} });`,
  OnMessageRecipientsChanged: `var f = event.changedRecipientFields; ${NOTE('"Ændret: " + Object.keys(f).filter(function (k) { return f[k]; }).join()')}`,
};
const pane = `var item = Office.context.mailbox.item; var seen = [];
  function write() { item.getInitializationContextAsync(function (r) { document.body.textContent = "[" + r.value + "] " + seen.join(); }); }
  item.addHandlerAsync(Office.EventType.RecipientsChanged, function (a) { for (var k in a.changedRecipientFields) if (a.changedRecipientFields[k]) seen.push(k); write(); }, write);`;

test.use({ addin: tinyAddin({ onSend: "event.completed({allowEvent: true});", handlers, pane }) });

const chips = (mail: Mail, field: string) => mail.page.locator(`[data-field="${field}"] .chip`);

test("typing makes chips, which show the kind of recipient", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  const to = mail.page.locator("#to");
  await to.pressSequentially("Anna Berg <anna@region.example>;bo.lind@kommune.example,sagsbehandlere@kommune.example");
  await to.press("Enter");
  await to.pressSequentially("ingen");
  await to.press("Tab");
  await expect(chips(mail, "to")).toHaveCount(4);
  const marks = await chips(mail, "to").evaluateAll((all) => all.map((chip) => (chip as HTMLElement).dataset["mark"]));
  expect(marks).toEqual(["external", undefined, "list", "unresolved"]);
  expect((await mail.read("draft"))?.to).toEqual([
    "Anna Berg <anna@region.example>",
    "Bo Lind <bo.lind@kommune.example>",
    "Alle sagsbehandlere <sagsbehandlere@kommune.example>",
    "ingen",
  ]);
});

test("a pasted column of 500 becomes 500 recipients", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  await mail.page.locator("#cc").evaluate((input) => {
    const data = new DataTransfer();
    data.setData("text/plain", Array.from({ length: 500 }, (_, n) => `n${String(n)}@region.example`).join("\n"));
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(chips(mail, "cc")).toHaveCount(500);
});

test("Backspace removes the last chip, Delete the focused one", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["a@region.example", "b@region.example", "c@region.example"] });
  await mail.page.locator("#to").press("Backspace");
  await chips(mail, "to").first().press("Delete");
  expect((await mail.read("draft"))?.to).toEqual(["b@region.example"]);
});

test("the address book suggests, by keyboard and by mouse", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  const to = mail.page.locator("#to");
  await to.pressSequentially("akut@region");
  await expect(mail.page.locator("#to-suggestions").getByRole("option")).toHaveCount(1);
  await to.press("ArrowDown");
  await to.press("Enter");
  await to.pressSequentially("job");
  await mail.page.locator("#to-suggestions").getByRole("option").click();
  expect((await mail.read("draft"))?.to).toEqual([
    "Akutafdelingen <akut@region.example>",
    "Jobcenter <jobcenter@kommune.example>",
  ]);
});

test("a half-typed address counts when Send is pressed", async ({ mail }) => {
  await mail.open();
  await mail.compose({ subject: "Hej" });
  await mail.page.locator("#to").pressSequentially("a@region.example");
  await mail.page.locator("#send").click();
  await expect(mail.page.locator("#sent li")).toHaveCount(1);
});

test("a new mail, a reply and a forward raise the event with their subject", async ({ mail }) => {
  await mail.open();
  for (const [respond, subject] of [
    ["reply", "SV: Vedr. 010203-1234, underretning"],
    ["reply-all", "SV: Vedr. 010203-1234, underretning"],
    ["forward", "VS: Vedr. 010203-1234, underretning"],
  ] as const) {
    await mail.page.locator("#inbox .entry").first().click();
    await mail.page.locator(`[data-respond="in-1 ${respond}"]`).click();
    await expect(mail.page.locator(".notice p")).toHaveText(`Lille Ny: ${subject}`);
  }
  expect((await mail.read("events")).map(({ type }) => type)).toEqual([
    "OnNewMessageCompose",
    "OnNewMessageCompose",
    "OnNewMessageCompose",
  ]);
  expect(await mail.read("drafts")).toHaveLength(2);
});

test("a reply to all omits the sender", async ({ mail }) => {
  await mail.open();
  await mail.compose({ respond: { to: "in-1", how: "reply-all" } });
  expect(await mail.read("draft")).toMatchObject({
    to: ["Akutafdelingen <akut@region.example>", "Familieafdelingen <familie@kommune.example>"],
    cc: ["Bo Lind <bo.lind@kommune.example>"],
  });
});

test("a draft that is opened again raises no new-mail event", async ({ mail }) => {
  await mail.open();
  await mail.compose({ subject: "Kladde" });
  await mail.compose();
  await mail.page.locator('[data-folder="drafts"]').click();
  await mail.page.locator("#drafts button").click();
  await mail.idle();
  await expect(mail.page.locator("#subject")).toHaveValue("Kladde");
  expect(await mail.read("events")).toHaveLength(2);
});

test("recipients that change within a moment raise one event, which names the fields", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  await mail.page.evaluate(() => {
    window.simulator.edit({ to: ["a@region.example"] });
    window.simulator.edit({ bcc: ["b@region.example"] });
  });
  await mail.idle();
  await expect(mail.page.locator(".notice p")).toHaveText("Lille Ændret: to,bcc");
  expect((await mail.read("events")).filter(({ type }) => type === "OnMessageRecipientsChanged")).toHaveLength(1);
});

test("the action of the bar opens the pane with its context, and the pane is notified of recipients", async ({
  mail,
}) => {
  await mail.open();
  await mail.compose();
  await mail.page.locator(".notice").getByRole("button", { name: "Vis" }).click();
  const body = (await mail.pane()).locator("body");
  await expect(body).toHaveText("[fra bar]");
  await mail.page.evaluate(() => window.simulator.edit({ cc: ["a@region.example"] }));
  await expect(body).toHaveText("[fra bar] cc");
});

test("the bar can be dismissed", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  await mail.page.getByRole("button", { name: "Fjern beskeden" }).click();
  expect(await mail.read("notifications")).toEqual([]);
  await expect(mail.page.locator(".notice")).toHaveCount(0);
});

test("the ribbon button opens the pane 320 pixels wide, and closes it", async ({ mail }) => {
  await mail.open();
  await mail.compose();
  const ribbon = mail.page.getByRole("button", { name: "Åbn" });
  await ribbon.click();
  expect(await (await mail.pane()).evaluate(() => window.innerWidth)).toBe(320);
  await ribbon.click();
  await expect(mail.page.locator("#pane")).toBeHidden();
});

test.describe("a meeting", () => {
  const onSend = `var item = Office.context.mailbox.item;
    item.requiredAttendees.getAsync(function (a) { item.optionalAttendees.getAsync(function (b) { item.organizer.getAsync(function (o) { item.location.getAsync(function (l) {
      event.completed({allowEvent: false, errorMessage: [item.itemType, a.value[0].emailAddress, b.value[0].emailAddress, o.value.emailAddress, l.value, event.type].join(" ")});
    }); }); }); });`;
  test.use({
    addin: tinyAddin({
      onSend,
      handlers: {
        OnAppointmentAttendeesChanged:
          'var f = event.changedRecipientFields; Office.context.mailbox.item.sessionData.setAsync("f", JSON.stringify(f), function () { event.completed(); });',
      },
    }),
  });

  test("has attendees and is checked like a mail", async ({ mail }) => {
    await mail.open();
    await mail.page.locator("#new-appointment").click();
    await mail.page.locator("#subject").fill("Møde");
    await mail.page.locator("#to").fill("a@region.example");
    await mail.page.locator("#cc").fill("b@region.example");
    await mail.page.locator("#location").fill("Lokale 3");
    await mail.idle();
    expect((await mail.read("draft"))?.sessionData).toEqual({
      f: '{"requiredAttendees":true,"optionalAttendees":true}',
    });
    await mail.page.locator("#send").click();
    await expect(mail.dialog).toHaveAccessibleDescription(
      "appointment a@region.example b@region.example mette.sommer@kommune.example Lokale 3 OnAppointmentSend",
    );
  });

  test("has no Bcc, and its own buttons of the add-in", async ({ mail }) => {
    await mail.open();
    await mail.compose({ kind: "appointment" });
    await expect(mail.page.locator("#bcc")).toHaveCount(0);
    await expect(mail.page.locator(".ribbon")).toHaveAttribute("data-command", "appointment-pane");
  });
});

test.describe("events in one frame", () => {
  test.use({
    addin: tinyAddin({
      onSend:
        'window.runs = (window.runs || 0) + 1; event.completed({allowEvent: false, errorMessage: "Nr. " + window.runs});',
    }),
  });

  for (const [runtime, texts] of [
    ["fresh", ["Nr. 1", "Nr. 1"]],
    ["warm", ["Nr. 1", "Nr. 2"]],
  ] as const) {
    test(`a ${runtime} runtime ${runtime === "fresh" ? "forgets" : "remembers"}`, async ({ mail }) => {
      await mail.open();
      await mail.page.evaluate((value) => {
        window.simulator.settings.runtime = value;
      }, runtime);
      await mail.compose({ to: ["a@region.example"] });
      for (const text of texts) {
        await mail.send();
        expect((await mail.read("dialog"))?.text).toBe(text);
        await mail.press("Send ikke");
      }
    });
  }
});

test.describe("reading", () =>
  test("a mail in the inbox can be read and answered, a sent one read", async ({ mail }) => {
    await mail.open();
    await mail.page.getByRole("button", { name: "Mødet på torsdag" }).click();
    await expect(mail.page.getByRole("article")).toContainText("Kan vi flytte mødet");
    await mail.page.getByRole("article").getByRole("button", { name: "Svar", exact: true }).click();
    await expect(mail.page.locator("#subject")).toHaveValue("SV: Mødet på torsdag");
    await mail.idle();
    expect(await mail.send()).toBe("sent");
    await mail.page.locator("#sent").getByRole("button").click();
    await expect(mail.page.getByRole("article")).toContainText("bo.lind@kommune.example");
  }));

test.describe("leaving the mail while it is being checked", () => {
  test.use({ addin: tinyAddin({ onSend: "" }) });
  test("ends the check, stores a draft and says so", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: ["a@region.example"], subject: "Hej" });
    const sending = mail.send();
    await mail.page.getByRole("button", { name: "Mødet på torsdag" }).click();
    expect(await sending).toBe("held");
    await expect(mail.page.locator("#status")).toHaveText("Ikke sendt. Gemt i Kladder.");
    expect([await mail.read("sent"), await mail.read("drafts")]).toEqual([[], ["Hej"]]);
  });
});

test.describe("an event whose handler is missing or does not load", () => {
  test.use({
    addin: { ...tinyAddin({ onSend: "", handlers: { OnNewMessageCompose: "" } }), "launch.js": "Office.onReady();" },
  });
  test("is reported, since nobody would notice it", async ({ mail }) => {
    mail.expected.violations.push(/^event-failed: OnNewMessageCompose .*not-associated/);
    await mail.open();
    await mail.compose();
    await expect(mail.page.locator("#complaints")).toContainText("not-associated");
  });
});

test.describe("the theme", () => {
  test.describe("in office.js", () => {
    test.use({
      addin: tinyAddin({
        onSend: "",
        pane: 'Office.context.mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, function (a) { document.body.textContent = a.officeTheme.bodyBackgroundColor; }, function () { document.body.textContent = "listening"; });',
      }),
    });
    test("an open pane is notified of a change", async ({ mail }) => {
      await mail.open({ theme: "light" });
      await mail.compose();
      await mail.page.evaluate(() => window.simulator.openPane());
      const body = (await mail.pane()).locator("body");
      await expect(body).toHaveText("listening");
      await mail.page.evaluate(() => {
        window.simulator.theme = "dark";
      });
      await expect(body).toHaveText("#141414");
    });
  });

  test.use({ colorScheme: null });
  test("reaches the add-in's frames", async ({ mail }) => {
    await mail.open({ theme: "dark" });
    await mail.compose();
    await mail.page.evaluate(() => window.simulator.openPane());
    expect(await (await mail.pane()).evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)).toBe(true);
  });
});
