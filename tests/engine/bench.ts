// How long the built engines take. Compare only the columns of one run: machines differ, and are busy.

import { execFileSync } from "node:child_process";

import type { Draft, Recipient } from "../../addin/src/contract";
import { built, packed, translated, wasm } from "./engines";
import { bareWorld, engineScript, FOREIGN, literal, type Foreign } from "./foreign";

const root = new URL("../../", import.meta.url);

/** Packs a policy with the program. */
function pack(policy: object): string {
  const run = ["run", "--quiet", "--locked", "--", "policy", "pack", "-"];
  const pack = execFileSync("cargo", run, {
    cwd: root,
    input: JSON.stringify(policy),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return (JSON.parse(pack) as { packed: string }).packed;
}

const large = {
  organisation: { domains: ["kommune.example"] },
  secureMail: {
    tags: ["sikker"],
    domains: Array.from({ length: 2000 }, (_, index) => `kommune-${String(index * 7919)}.example`),
  },
  retiredMailboxes: Array.from({ length: 5000 }, (_, index) => ({
    address: `gammel-${String(index)}@kommune.example`,
    replacement: "ny@kommune.example",
  })),
};

const to = (address: string): Recipient => ({ field: "to", address, name: "Navn Navnesen" });
const ordinary: Draft = {
  subject: `[sikker] Vedr. 010203-1234, underretning om ${"barnets trivsel og skolegang ".repeat(2)}`.slice(0, 100),
  from: "a@kommune.example",
  recipients: Array.from({ length: 5 }, (_, index) => to(`modtager${String(index)}@region.example`)),
};
const clean: Draft = { ...ordinary, subject: ordinary.subject.replace("010203-1234", "en borgers") };
/** A policy with known addresses at one domain, and addresses at unknown domains that all differ. */
const many = (domain: (index: number) => string): Draft => ({
  subject: "Referat",
  recipients: Array.from({ length: 500 }, (_, index) => to(`modtager${String(index)}@${domain(index)}`)),
});

/** Paragraphs as Outlook writes them, with what mails have of digits, and a number in one of fifty. */
const paragraph = (index: number) =>
  `<p class="MsoNormal"><span style="font-size:11.0pt">Sagsnr. 2026-${String(100000 + index)}, tlf. 12 34 56 78, den ${String(1 + (index % 28))}-03-2026 kl. 10.30${index % 50 === 0 ? ", cpr 010203-1234" : ""}.<o:p></o:p></span></p>\r\n`;
const body = Array.from({ length: 1000 }, (_, index) => paragraph(index))
  .join("")
  .slice(0, 100_000);

const cases: [string, string, Draft][] = [
  [
    "a body of 100,000 characters, read by cpr-in-body",
    pack({ organisation: { domains: ["kommune.example"] }, rules: { "cpr-in-body": "stop" } }),
    { subject: "Referat", recipients: [to("a@firma.example")], body: { kind: "html", content: body } },
  ],
  ["100 characters, 5 recipients, the example policy, a CPR number", packed("addin/policy.example.json"), ordinary],
  ["the same without the number", packed("addin/policy.example.json"), clean],
  [
    "500 recipients at known domains, 5,000 retired mailboxes, 2,000 secure domains",
    pack(large),
    many((index) => `kommune-${String((index % 2000) * 7919)}.example`),
  ],
  [
    "500 recipients at 500 unknown domains, the same policy",
    pack(large),
    many((index) => `firma-${String(index * 104729)}.example`),
  ],
];

/** The median time of a call, in microseconds. */
function median(run: () => void): number {
  const times: number[] = [];
  const end = performance.now() + 1500;
  while (performance.now() < end || times.length < 20) {
    const start = performance.now();
    run();
    times.push((performance.now() - start) * 1000);
  }
  return times.sort((one, other) => one - other)[times.length >> 1] ?? 0;
}

console.log(
  "| case | WebAssembly | JavaScript | load, WebAssembly | load, JavaScript |\n| --- | --- | --- | --- | --- |",
);
for (const [name, policy, draft] of cases) {
  const columns: string[] = [];
  const loads: string[] = [];
  for (const make of [wasm, () => Promise.resolve(translated())]) {
    const engine = await make();
    engine.load(policy);
    engine.check(draft, "da");
    columns.push(`${median(() => engine.check(draft, "da")).toFixed(1)} µs`);
    loads.push(
      `${(
        median(() => {
          engine.load(policy);
        }) / 1000
      ).toFixed(2)} ms`,
    );
  }
  console.log(`| ${name} | ${[...columns, ...loads].join(" | ")} |`);
}

// Other engines

/** The average time of many calls, by the engine's own clock, in milliseconds. */
async function inside(foreign: Foreign, setUp: string, call: string): Promise<number> {
  const script = `${engineScript("js")}${setUp}
    var begun = Date.now(), count = 0;
    while (Date.now() - begun < 1000) { ${call}; count += 1; }
    print(String((Date.now() - begun) / count));`;
  return Number((await foreign.run(script))[0]);
}

/** The median time of a whole process that runs a script, in milliseconds. */
async function process(foreign: Foreign, script: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const start = performance.now();
    await foreign.run(script);
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[times.length >> 1] ?? NaN;
}

/** A cold send event, as in classic Outlook: the engine starts, loads launch.js, and judges one mail. */
async function cold(foreign: Foreign): Promise<number> {
  const names = bareWorld("Office", "handlers", "get", "item");
  const event = `${names}
    var handlers = {}, get = function (value) { return { getAsync: function (done) { done({ status: "succeeded", value: value }); } }; };
    var item = { itemType: "message", subject: get(${literal(ordinary.subject)}), to: get([]), cc: get([]), bcc: get([]), from: get({ emailAddress: "a@kommune.example" }) };
    var Office = { actions: { associate: function (name, handler) { handlers[name] = handler; } },
      context: { displayLanguage: "da-DK", requirements: { isSetSupported: function () { return true; } }, mailbox: { item: item } } };
    ${built("launch.js")}
    handlers.onMessageSend({ completed: function (options) { print(String(options.allowEvent)); } });`;
  return (await process(foreign, event)) - (await process(foreign, names));
}

console.log(
  "\n| other engines, JavaScript | load of the engine and its policy | check, clean | check, stopped | launch.js from nothing to the answer |\n| --- | --- | --- | --- | --- |",
);
for (const foreign of FOREIGN) {
  const load = await inside(
    foreign,
    "",
    `shell.engine("js", sendvagtEngine(), ${literal(packed("addin/policy.example.json"))})`,
  );
  const checks: number[] = [];
  for (const draft of [clean, ordinary]) {
    checks.push(
      await inside(foreign, `var draft = JSON.parse(${literal(JSON.stringify(draft))});`, 'judge.check(draft, "da")'),
    );
  }
  const cells = [load, ...checks, await cold(foreign)].map((time) => `${time.toFixed(2)} ms`);
  console.log(`| ${foreign.name} | ${cells.join(" | ")} |`);
}
