// The Outlook calls of an add-in, each through the real office.js and back, and the faults that are injected into them.

import { expect, test, type Mail } from "./fixture";
import { tinyAddin } from "./tiny-addin";

/** Runs a pane that makes a call and shows the argument of its callback. */
const showing = (call: string): Record<string, string> =>
  tinyAddin({
    onSend: "event.completed({allowEvent: true});",
    pane: `var item = Office.context.mailbox.item;
      function show(r) { document.body.textContent = r.status === "succeeded" ? "got " + JSON.stringify(r.value) : "error " + r.error.code; }
      try { ${call} } catch (e) { document.body.textContent = "threw " + e.message; }`,
  });

async function paneText(mail: Mail): Promise<string> {
  await mail.page.evaluate(() => window.simulator.openPane());
  const body = (await mail.pane()).locator("body");
  await expect(body).not.toBeEmpty();
  return body.innerText();
}

const MESSAGE = {
  subject: "Møde",
  to: ["Anna <anna@region.example>", "sagsbehandlere@kommune.example", "ikke en adresse"],
  cc: ["bo.lind@kommune.example"],
  from: "sikkerpost@kommune.example",
  body: "<p>Hej <b>du</b></p><p>Linje</p>",
};

const person = (displayName: string, emailAddress: string, recipientType: string): object => ({
  emailAddress,
  displayName,
  appointmentResponse: "none",
  recipientType,
});

const reads: [name: string, call: string, expected: unknown][] = [
  ["the subject", "item.subject.getAsync(show);", "Møde"],
  [
    "resolved recipients with their kind",
    "item.to.getAsync(show);",
    [
      person("Anna", "anna@region.example", "externalUser"),
      person("Alle sagsbehandlere", "sagsbehandlere@kommune.example", "distributionList"),
    ],
  ],
  ["a colleague", "item.cc.getAsync(show);", [person("Bo Lind", "bo.lind@kommune.example", "user")]],
  ["an empty field", "item.bcc.getAsync(show);", []],
  [
    "the mailbox it is sent from",
    "item.from.getAsync(show);",
    { emailAddress: "sikkerpost@kommune.example", displayName: "Sikker post" },
  ],
  ["the body as text", 'item.body.getAsync("text", show);', "Hej du\nLinje"],
  ["the body as HTML", 'item.body.getAsync("html", show);', "<p>Hej <b>du</b></p><p>Linje</p>"],
  ["the form of the body", "item.body.getTypeAsync(show);", "html"],
  ["how the item began", "item.getComposeTypeAsync(show);", { composeType: "newMail", coercionType: "html" }],
  ["no context", "item.getInitializationContextAsync(show);", ""],
  ["no attachments", "item.getAttachmentsAsync(show);", []],
  ["a header that is not there", 'item.internetHeaders.getAsync(["x-class"], show);', {}],
  ["session data", 'item.sessionData.setAsync("k", "v", function () { item.sessionData.getAsync("k", show); });', "v"],
  [
    "all session data",
    'item.sessionData.setAsync("k", "v", function () { item.sessionData.getAllAsync(show); });',
    { k: "v" },
  ],
  [
    "custom properties",
    'item.loadCustomPropertiesAsync(function (r) { r.value.set("a", 1); r.value.saveAsync(function () { item.loadCustomPropertiesAsync(function (s) { show({status: "succeeded", value: s.value.getAll()}); }); }); });',
    { a: 1 },
  ],
];
for (const [name, call, expected] of reads) {
  test.describe(`reading ${name}`, () => {
    test.use({ addin: showing(call) });
    test("through office.js", async ({ mail }) => {
      await mail.open();
      await mail.compose(MESSAGE);
      expect(await paneText(mail)).toBe(`got ${JSON.stringify(expected)}`);
    });
  });
}

const writes: [name: string, call: string, expected: Record<string, unknown>][] = [
  ["the subject", 'item.subject.setAsync("Ny", show);', { subject: "Ny" }],
  [
    "a field of recipients",
    'item.to.setAsync([{displayName: "B", emailAddress: "b@region.example"}], show);',
    { to: ["B <b@region.example>"], cc: ["Bo Lind <bo.lind@kommune.example>"] },
  ],
  [
    "one more recipient",
    'item.cc.addAsync(["c@region.example"], show);',
    { cc: ["Bo Lind <bo.lind@kommune.example>", "c@region.example"] },
  ],
  [
    "text before an HTML body",
    'item.body.prependAsync("1 < 2\\n", {coercionType: "text"}, show);',
    { body: "1 &lt; 2<br><p>Hej <b>du</b></p><p>Linje</p>" },
  ],
  [
    "HTML before the body",
    'item.body.prependAsync("<p>Ny</p>", {coercionType: "html"}, show);',
    { body: "<p>Ny</p><p>Hej <b>du</b></p><p>Linje</p>" },
  ],
  [
    "the whole body, scripts left out",
    'item.body.setAsync("<p onclick=\\"x()\\">A</p><script>x()</scr" + "ipt>", {coercionType: "html"}, show);',
    { body: "<p>A</p>" },
  ],
  [
    "a header",
    'item.internetHeaders.setAsync({"X-Class": "secret"}, show);',
    { internetHeaders: { "x-class": "secret" } },
  ],
];
for (const [name, call, expected] of writes) {
  test.describe(`writing ${name}`, () => {
    test.use({ addin: showing(call) });
    test("changes the item and the form", async ({ mail }) => {
      await mail.open();
      await mail.compose(MESSAGE);
      expect(await paneText(mail)).toMatch(/^got/);
      expect(await mail.read("draft")).toMatchObject(expected);
      const draft = await mail.read("draft");
      await expect(mail.page.locator("#subject")).toHaveValue(draft?.subject ?? "");
      await expect(mail.page.locator('[data-field="cc"] .chip')).toHaveCount(draft?.cc.length ?? 0);
    });
  });
}

test.describe("a body of plain text", () => {
  test.use({ addin: showing('item.body.prependAsync("<p>a</p><p>b</p>", {coercionType: "html"}, show);') });
  test("takes HTML as plain text", async ({ mail }) => {
    await mail.open();
    await mail.compose({ ...MESSAGE, body: "gammel", bodyType: "text" });
    expect(await paneText(mail)).toMatch(/^got/);
    await expect(mail.page.locator("textarea#body")).toHaveValue("a\nbgammel");
  });
});

test.describe("permission", () => {
  test.use({ addin: showing('item.subject.setAsync("Ny", show);') });
  test("a call that needs more throws in the add-in and changes nothing", async ({ mail }) => {
    await mail.open();
    await mail.page.evaluate(() => {
      window.simulator.settings.permission = "ReadItem";
    });
    await mail.compose(MESSAGE);
    expect(await paneText(mail)).toMatch(/^threw .*subject\.setAsync/);
    expect((await mail.read("draft"))?.subject).toBe("Møde");
  });
  test("without an item the add-in has none", async ({ mail }) => {
    await mail.open();
    await mail.page.evaluate(() => {
      window.simulator.settings.noItem = true;
    });
    await mail.compose(MESSAGE);
    expect(await paneText(mail)).toMatch(/^threw/);
  });
});

test.describe("faults", () => {
  test.use({ addin: showing('document.body.textContent = "waiting"; item.subject.getAsync(show);') });
  const SUBJECT_GET = 18;
  const rows = [
    { name: "an error", fault: { dispatchId: SUBJECT_GET, kind: "error", code: 9042 }, expected: /^error 9042$/ },
    {
      name: "an empty answer, after which office.js never calls back",
      fault: { dispatchId: SUBJECT_GET, kind: "null" },
      expected: /^waiting$/,
    },
    { name: "no answer", fault: { dispatchId: SUBJECT_GET, kind: "never" }, expected: /^waiting$/ },
    { name: "a late answer", fault: { dispatchId: SUBJECT_GET, kind: "late", ms: 300 }, expected: /^got "Møde"$/ },
    {
      name: "nonsense",
      fault: { dispatchId: SUBJECT_GET, kind: "nonsense", data: { a: [1] } },
      expected: /^got \{"a":\[1\]\}$/,
    },
    {
      name: "a fault that is used up",
      fault: { dispatchId: SUBJECT_GET, kind: "error", times: 0 },
      expected: /^got "Møde"$/,
    },
    {
      name: "a fault of the event frames alone",
      fault: { dispatchId: SUBJECT_GET, kind: "error", purpose: "event" },
      expected: /^got "Møde"$/,
    },
  ] as const;
  for (const { name, fault, expected } of rows) {
    test(name, async ({ mail }) => {
      await mail.open();
      await mail.page.evaluate((wanted) => window.simulator.faults.add(wanted), fault);
      await mail.compose(MESSAGE);
      await paneText(mail);
      await mail.page.waitForTimeout(500);
      await expect((await mail.pane()).locator("body")).toHaveText(expected);
    });
  }
});

test.describe("a call that throws", () => {
  test.use({
    addin: showing(
      "item.cc.getAsync(function () { item.subject.setAsync('Ny', function () { item.subject.getAsync(show); }); });",
    ),
  });
  const rows: [method: string, expected: RegExp][] = [
    ["subject.getAsync", /thrown on purpose/],
    ["body.getAsync", /^got "Ny"$/],
  ];
  for (const [method, expected] of rows) {
    test(`${method} alone throws`, async ({ mail }) => {
      mail.expected.errors.push(/thrown on purpose/);
      await mail.throwing(method);
      await mail.open();
      await mail.compose(MESSAGE);
      await mail.page.evaluate(() => window.simulator.openPane());
      const frame = await mail.pane();
      await expect.poll(async () => mail.errors.join() || frame.locator("body").innerText()).toMatch(expected);
    });
  }
});

test.describe("WebAssembly", () => {
  // The smallest module: magic number and version.
  test.use({
    addin: showing(
      'WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(function () { document.body.textContent = "compiled"; }, function (e) { document.body.textContent = "blocked " + e.name; });',
    ),
  });
  for (const blocked of [false, true]) {
    test(blocked ? "can be blocked" : "works", async ({ mail }) => {
      mail.expected.errors.push(/WebAssembly/);
      await mail.open();
      await mail.page.evaluate((value) => {
        window.simulator.faults.wasmBlocked = value;
      }, blocked);
      await mail.compose(MESSAGE);
      expect(await paneText(mail)).toBe(blocked ? "blocked CompileError" : "compiled");
    });
  }
});

test.describe("pending calls", () => {
  test.use({
    addin: showing(
      "item.to.getAsync(show); item.cc.getAsync(show); item.bcc.getAsync(show); item.subject.getAsync(show);",
    ),
  });
  test("more than three are reported if calls take time", async ({ mail }) => {
    mail.expected.violations.push(/^too-many-calls: 4 /);
    await mail.open();
    await mail.page.evaluate(() => {
      window.simulator.settings.latency = 100;
    });
    await mail.compose(MESSAGE);
    await paneText(mail);
    expect((await mail.read("violations")).map(({ rule }) => rule)).toEqual(["too-many-calls"]);
  });
});

test.describe("roaming settings", () => {
  test.use({
    addin: showing(
      'var s = Office.context.roamingSettings; var n = (s.get("n") || 0) + 1; s.set("n", n); s.saveAsync(function (r) { show({status: r.status, value: n}); });',
    ),
  });
  test("persist from one frame to the next, and across a reload", async ({ mail }) => {
    for (const n of [1, 2, 3]) {
      await mail.open();
      await mail.compose(MESSAGE);
      expect(await paneText(mail)).toBe(`got ${String(n)}`);
    }
    expect(await mail.read("roamingSettings")).toEqual({ n: "3" });
  });
});

test.describe("notifications", () => {
  test.use({
    addin: showing(`var n = item.notificationMessages; var left = 6;
    function add() { left -= 1; n.addAsync("k" + left, {type: "errorMessage", message: "m" + left}, function (r) { if (r.status === "succeeded" && left > 0) add(); else show(r); }); } add();`),
  });
  test("five at most", async ({ mail }) => {
    await mail.open();
    await mail.compose(MESSAGE);
    expect(await paneText(mail)).toBe("error 9025");
    await expect(mail.page.locator(".notice")).toHaveCount(5);
  });
});

test.describe("a call that the simulator does not know", () => {
  test.use({ addin: showing('item.body.setSignatureAsync("x", show);') });
  test("fails as unsupported and is reported", async ({ mail }) => {
    mail.expected.violations.push(/^unknown-call.*173/);
    await mail.open();
    await mail.compose(MESSAGE);
    expect(await paneText(mail)).toBe("error 5000");
  });
});

test.describe("the client", () => {
  test.use({
    addin: showing(
      'show({status: "succeeded", value: [Office.context.displayLanguage, Office.context.requirements.isSetSupported("Mailbox", "1.14"), Office.context.requirements.isSetSupported("Mailbox", "1.15")]});',
    ),
  });
  for (const [client, expected] of [
    ["web", ["da-DK", true, true]],
    ["mac", ["da-DK", true, false]],
    ["old", ["da-DK", false, false]],
  ] as const) {
    test(`${client} reports its requirement sets`, async ({ mail }) => {
      await mail.open({ client });
      await mail.compose(MESSAGE);
      expect(await paneText(mail)).toBe(`got ${JSON.stringify(expected)}`);
    });
  }
  test("the language is passed to the add-in", async ({ mail }) => {
    await mail.open({ lang: "en" });
    await mail.compose(MESSAGE);
    expect(await paneText(mail)).toContain("en-US");
  });
});
