// Each rule through the real office.js, under the policy of the made-up municipality. All numbers are made up.

import { expect, test, type Mail } from "./fixture";
import { under } from "./under";

const SECURE = "sikkerpost@kommune.example";

interface Case {
  name: string;
  from?: string;
  to: string[];
  subject: string;
  /** What the dialog must say, in Danish; missing if the mail goes. */
  says?: RegExp;
  /** Does the dialog offer Send anyway? */
  asks?: boolean;
}

const cases: Case[] = [
  {
    name: "cpr-in-subject stops secure mail that a tag marks",
    to: ["akut@region.example"],
    subject: "[sikker] Vedr. 010203-1234",
    says: /Emnet er ikke beskyttet som selve mailen/,
  },
  {
    name: "cpr-in-subject stops secure mail that the sender marks",
    from: SECURE,
    to: ["akut@region.example"],
    subject: "Vedr. 010203-1234",
    says: /Emnet er ikke beskyttet som selve mailen/,
  },
  {
    name: "cpr-in-subject stops ordinary mail for another reason",
    to: ["akut@region.example"],
    subject: "Vedr. 010203-1234",
    says: /Emnet vises i indbakker, på telefoner og i logfiler/,
  },
  {
    name: "possible-cpr-in-subject asks",
    to: ["akut@region.example"],
    subject: "Vedr. 0102031235",
    says: /ligner et CPR-nummer/,
    asks: true,
  },
  {
    name: "retired-mailbox stops and names the new one",
    to: ["mellemkommunal@kommune.example"],
    subject: "Refusion",
    says: /blev nedlagt den 1\. februar 2026\..*refusion@kommune\.example/,
  },
  {
    name: "retired-mailbox covers a whole domain",
    to: ["post@gammelkommune.example"],
    subject: "Refusion",
    says: /Alle postkasser på gammelkommune\.example blev nedlagt/,
  },
  {
    name: "unsecured-recipient stops",
    from: SECURE,
    to: ["kontakt@dahl-advokater.example"],
    subject: "Aktindsigt",
    says: /Modtageren på dahl-advokater\.example kan ikke få sikker post/,
  },
  {
    name: "unsecured-recipient ignores ordinary mail",
    to: ["kontakt@dahl-advokater.example"],
    subject: "Aktindsigt",
  },
  {
    name: "mistyped-domain asks",
    to: ["akut@regoin.example"],
    subject: "Referat",
    says: /ligner en på »region\.example«/,
    asks: true,
  },
  {
    name: "name-twin asks about two people of one name in the address book",
    to: ["anne.holm@kommune.example", "anne@dahl-advokater.example"],
    subject: "Referat",
    says: /Er modtageren på dahl-advokater\.example den rigtige\? En anden modtager har samme navn/,
    asks: true,
  },
  {
    name: "visible-recipients asks about private addresses that see each other",
    to: ["a", "b", "c", "d", "e"].map((name) => `${name}@privatmail.example`),
    subject: "Invitation",
    says: /5 eksterne modtagere kan se hinandens mailadresser/,
    asks: true,
  },
  {
    name: "a clean secure mail goes",
    from: SECURE,
    to: ["akut@region.example", "bo.lind@kommune.example"],
    subject: "Handleplan, sag 2026-4711",
  },
];

async function send(
  mail: Mail,
  { from, to, subject }: Pick<Case, "from" | "to" | "subject">,
  query: Record<string, string> = {},
) {
  await mail.open(query);
  await mail.compose({ to, subject, ...(from === undefined ? {} : { from }) });
  return mail.send();
}

for (const { name, says, asks = false, ...draft } of cases) {
  test(name, async ({ mail }) => {
    const state = await send(mail, draft);
    if (says === undefined) {
      expect(state).toBe("sent");
      expect(await mail.read("sent")).toMatchObject([{ how: "checked" }]);
      return;
    }
    expect(state).toBe("dialog");
    const text = await mail.dialog.locator("#alert-text").innerText();
    expect(text.replace(/\s+/g, " ")).toMatch(says);
    expect(text).not.toContain("1234");
    const buttons = await mail.buttons();
    expect(buttons.includes("Send alligevel")).toBe(asks);
    if (asks) {
      await mail.press("Send alligevel");
      expect(await mail.read("sent")).toMatchObject([{ how: "send-anyway" }]);
    } else {
      await mail.press("Send ikke");
      expect(await mail.read("sent")).toEqual([]);
    }
  });
}

// Each mail of a user whose sender could not be read was one that could not be checked.
for (const { to, subject, says } of [
  { to: "akut@region.example", subject: "Referat", says: undefined },
  { to: "kontakt@dahl-advokater.example", subject: "Referat", says: /kan ikke få sikker post\. Det afhænger af, om/ },
  { to: "kontakt@dahl-advokater.example", subject: "[sikker] Referat", says: /kan ikke få sikker post\. Mailen når/ },
]) {
  test(`a sender that cannot be read makes a difference or none: ${subject} to ${to}`, async ({ mail }) => {
    await mail.open();
    await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 107, kind: "error", code: 9020 }));
    await mail.compose({ to: [to], subject });
    expect(await mail.send()).toBe(says === undefined ? "sent" : "dialog");
    if (says !== undefined) {
      expect((await mail.dialog.locator("#alert-text").innerText()).replace(/\s+/g, " ")).toMatch(says);
    }
  });
}

const STRANGER = "kontakt@dahl-advokater.example";

for (const { name, how, add, asks } of [
  { name: "a stranger in a reply is asked about", how: "reply", add: STRANGER, asks: true },
  { name: "a stranger in a reply to all is asked about", how: "reply-all", add: STRANGER, asks: true },
  { name: "a colleague in a reply is not", how: "reply", add: "bo.lind@kommune.example", asks: false },
  { name: "nor is somebody at a domain that was there", how: "reply", add: "bo@kursuscenter.example", asks: false },
  { name: "nor the recipient of a forward", how: "forward", add: STRANGER, asks: false },
] as const) {
  test(`stranger-in-reply: ${name}`, async ({ mail }) => {
    await mail.open();
    await mail.compose({ respond: { to: "in-6", how } });
    await mail.page.evaluate((cc) => window.simulator.edit({ cc: [cc] }), add);
    await mail.idle();
    const state = await mail.send();
    expect(state).toBe(asks ? "dialog" : "sent");
    if (asks) {
      const text = (await mail.dialog.locator("#alert-text").innerText()).replace(/\s+/g, " ");
      expect(text).toContain("Skal modtageren på dahl-advokater.example have svaret?");
      await mail.press("Send alligevel");
      expect(await mail.read("sent")).toMatchObject([{ how: "send-anyway" }]);
    }
  });
}

test("stranger-in-reply: a draft that has lost the note is not asked about", async ({ mail }) => {
  await mail.open();
  await mail.page.evaluate(() => window.simulator.faults.add({ dispatchId: 186, kind: "error", code: 9020 }));
  await mail.compose({ respond: { to: "in-6", how: "reply" } });
  await mail.page.evaluate((cc) => window.simulator.edit({ cc: [cc] }), STRANGER);
  expect(await mail.send()).toBe("sent");
});

test("three rules on who gets a mail make one dialog", async ({ mail }) => {
  await mail.open();
  await mail.compose({ respond: { to: "in-6", how: "reply" } });
  const citizens = ["a", "b", "c", "d", "e"].map((name) => `${name}@privatmail.example`);
  await mail.page.evaluate(
    (cc) => window.simulator.edit({ cc }),
    ["anne.holm@kommune.example", "anne@dahl-advokater.example", ...citizens],
  );
  await mail.idle();
  expect(await mail.send()).toBe("dialog");
  const text = (await mail.dialog.locator("#alert-text").innerText()).replace(/\s+/g, " ");
  expect(text).toMatch(/6 modtagere var ikke med i samtalen.*5 eksterne modtagere kan se hinandens/);
});

test("one dialog shows several findings, the gravest first", async ({ mail }) => {
  await send(mail, {
    from: SECURE,
    to: ["mellemkommunal@kommune.example", "akut@regoin.example"],
    subject: "Vedr. 010203-1234",
  });
  const text = (await mail.dialog.locator("#alert-text").innerText()).replace(/\s+/g, " ");
  expect(text.indexOf("CPR-nummer")).toBeGreaterThan(0);
  expect(text.indexOf("nedlagt")).toBeGreaterThan(text.indexOf("CPR-nummer"));
  expect(text.indexOf("ligner")).toBeGreaterThan(text.indexOf("nedlagt"));
});

test("without Send anyway a second Send confirms, and a new finding is a new question", async ({ mail }) => {
  expect(await send(mail, { to: ["akut@regoin.example"], subject: "Referat" }, { client: "old" })).toBe("dialog");
  expect(await mail.dialog.locator("#alert-text").innerText()).toContain("tryk på Send igen");
  await mail.press("Send ikke");
  await mail.page.evaluate(() => window.simulator.edit({ to: ["akut@regoin.example", "vagt@poliit.example"] }));
  await mail.idle();
  expect(await mail.send()).toBe("dialog");
  await mail.press("Send ikke");
  expect(await mail.send()).toBe("sent");
});

test("a second Send does not override a stop", async ({ mail }) => {
  expect(await send(mail, { to: ["akut@region.example"], subject: "Vedr. 010203-1234" }, { client: "old" })).toBe(
    "dialog",
  );
  await mail.press("Send ikke");
  expect(await mail.send()).toBe("dialog");
});

test("a group is a recipient like any other while unchecked-list is off", async ({ mail }) => {
  expect(await send(mail, { to: ["sagsbehandlere@kommune.example"], subject: "Referat" })).toBe("sent");
});

test.describe("under a policy that does not say whom secure mail reaches", () => {
  test.use({
    answers: under({ secureMail: { tags: ["sikker"] }, rules: { "unchecked-list": "ask" }, mode: "enforce" }),
  });

  test("private-mailbox asks", async ({ mail }) => {
    expect(await send(mail, { to: ["borger@gmail.com"], subject: "[sikker] Afgørelse" })).toBe("dialog");
    expect(await mail.dialog.locator("#alert-text").innerText()).toContain(
      "En modtager har en privat mailadresse (gmail.com).",
    );
    await mail.press("Send alligevel");
    expect(await mail.read("sent")).toMatchObject([{ how: "send-anyway" }]);
  });

  test("private-mailbox ignores ordinary mail", async ({ mail }) => {
    expect(await send(mail, { to: ["borger@gmail.com"], subject: "Afgørelse" })).toBe("sent");
  });

  test("unchecked-list asks when it is on", async ({ mail }) => {
    expect(await send(mail, { to: ["sagsbehandlere@kommune.example"], subject: "Referat" })).toBe("dialog");
    expect(await mail.dialog.locator("#alert-text").innerText()).toContain("En modtager er en distributionsliste.");
  });
});

for (const [mode, state] of [
  ["advise", "dialog"],
  ["observe", "sent"],
] as const) {
  test.describe(`in the mode ${mode}`, () => {
    test.use({ answers: under({ mode }) });
    test(`a CPR number in the subject: ${state}`, async ({ mail }) => {
      expect(await send(mail, { to: ["akut@region.example"], subject: "Vedr. 010203-1234" })).toBe(state);
      if (state === "dialog") {
        await mail.press("Send alligevel");
      } else {
        expect(await mail.read("notifications")).toEqual([]);
      }
      expect((await mail.read("sent")).length).toBe(1);
    });
  });
}
