// How long the built engines take. Compare the columns of one run: machines differ, and are busy.

import { execFileSync } from "node:child_process";

import type { Draft, Recipient } from "../../addin/src/contract.js";
import { packed, translated, wasm } from "./engines.js";

const root = new URL("../../", import.meta.url);

/** The packed form of a policy, by the program that packs it. */
function pack(policy: object): string {
  const run = ["run", "--quiet", "--locked", "--features", "cli", "--", "policy", "pack", "-"];
  const pack = execFileSync("cargo", run, { cwd: root, input: JSON.stringify(policy), encoding: "utf8", maxBuffer: 2 ** 26 });
  return (JSON.parse(pack) as { packed: string }).packed;
}

const large = {
  organisation: { domains: ["kommune.example"] },
  secureMail: { tags: ["sikker"], domains: Array.from({ length: 2000 }, (_, index) => `kommune-${String(index * 7919)}.example`) },
  retiredMailboxes: Array.from({ length: 5000 }, (_, index) => ({ address: `gammel-${String(index)}@kommune.example`, replacement: "ny@kommune.example" })),
};

const to = (address: string): Recipient => ({ field: "to", address, name: "Navn Navnesen" });
const ordinary: Draft = {
  subject: `[sikker] Vedr. 010203-1234, underretning om ${"barnets trivsel og skolegang ".repeat(2)}`.slice(0, 100),
  from: "a@kommune.example",
  recipients: Array.from({ length: 5 }, (_, index) => to(`modtager${String(index)}@region.example`)),
};
/** All of the addresses at one place are known, those at the other are each at a domain of their own that nobody knows. */
const many = (domain: (index: number) => string): Draft => ({
  subject: "Referat",
  recipients: Array.from({ length: 500 }, (_, index) => to(`modtager${String(index)}@${domain(index)}`)),
});

const cases: [string, string, Draft][] = [
  ["100 characters, 5 recipients, the example policy, a CPR number", packed(), ordinary],
  ["the same without the number", packed(), { ...ordinary, subject: ordinary.subject.replace("010203-1234", "en borgers") }],
  ["500 recipients at known domains, 5,000 retired mailboxes, 2,000 secure domains", pack(large), many((index) => `kommune-${String((index % 2000) * 7919)}.example`)],
  ["500 recipients at 500 unknown domains, the same policy", pack(large), many((index) => `firma-${String(index * 104729)}.example`)],
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

console.log("| case | WebAssembly | JavaScript | load, WebAssembly | load, JavaScript |\n| --- | --- | --- | --- | --- |");
for (const [name, policy, draft] of cases) {
  const columns: string[] = [];
  const loads: string[] = [];
  for (const make of [wasm, () => Promise.resolve(translated())]) {
    const engine = await make();
    engine.load(policy);
    engine.check(draft, "da");
    columns.push(`${median(() => engine.check(draft, "da")).toFixed(1)} µs`);
    loads.push(`${(median(() => { engine.load(policy); }) / 1000).toFixed(2)} ms`);
  }
  console.log(`| ${name} | ${[...columns, ...loads].join(" | ")} |`);
}
