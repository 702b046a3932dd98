// How fast the workshop reads old mail, beside the program with one thread, and how much memory its worker takes. Both take
// turns in one run, so that other load on the machine affects both.
//
// `cargo xtask bench old-mail` makes the traces and the release build of the program. All numbers and names are made up.

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, type Page } from "@playwright/test";

import config from "./playwright.config";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = new URL("../../dist/sendvagt-workshop.html", import.meta.url).href;
const RUNS = Number(process.env["SENDVAGT_RUNS"] ?? 5);
/** The sizes between which the memory must stay, in MB. */
const SIZES = [50, 1000];

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error("usage: old-mail.ts FOLDER");
}

interface Heard {
  milliseconds: number;
  memory: number;
  said: string;
}

/** Times the program, in seconds. */
function program(trace: string): number {
  const began = performance.now();
  const out = ["--findings", join(String(folder), "findings.csv"), "--report", join(String(folder), "report.html")];
  const run = spawnSync(join(ROOT, "target/release/sendvagt"), ["audit", "--threads", "1", ...out, trace]);
  if (run.status !== 0 && run.status !== 1) {
    throw new Error(`the program failed: ${String(run.stderr)}`);
  }
  return (performance.now() - began) / 1000;
}

/** Presses the button, and waits for the report. */
async function pressed(page: Page): Promise<Heard> {
  return page.evaluate(async () => {
    const { heard } = window as unknown as { heard: { memory: number; saidDa?: string }[] };
    heard.length = 0;
    const began = performance.now();
    document.querySelector<HTMLButtonElement>("#old-mail-start")?.click();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const said = heard.at(-1)?.saidDa;
      if (said !== undefined) {
        const memory = Math.max(...heard.map((one) => one.memory));
        return { milliseconds: performance.now() - began, memory, said };
      }
    }
  });
}

async function opened(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${PAGE}#old-mail`);
  await page.locator("#old-mail-start").waitFor();
}

const browser = await chromium.launch(config.use?.launchOptions ?? {});
const page = await browser.newPage();
// As text: what compiles this file would give the class a name, with a function that the page lacks.
await page.addInitScript(`
  const Own = Worker;
  window.heard = [];
  window.Worker = class extends Own {
    constructor(url) {
      super(url);
      this.addEventListener("message", ({ data }) => window.heard.push(data));
    }
  };
`);

console.log("| trace | size | program, one thread | workshop | workshop's speed of the program's |");
console.log("| --- | --- | --- | --- | --- |");
for (const name of ["plain.csv", "working-day.csv"]) {
  const trace = join(folder, name);
  await opened(page);
  await page.locator("#old-mail-files").setInputFiles(trace);
  let [own, its] = [Infinity, Infinity];
  for (let run = 0; run < RUNS; run++) {
    own = Math.min(own, program(trace));
    its = Math.min(its, (await pressed(page)).milliseconds / 1000);
  }
  const megabytes = (statSync(trace).size / 1e6).toFixed(0);
  console.log(
    `| ${name} | ${megabytes} MB | ${own.toFixed(2)} s | ${its.toFixed(2)} s | ${((100 * own) / its).toFixed(0)} % |`,
  );
}

console.log("\n| input | peak of the worker's memory | said |\n| --- | --- | --- |");
for (const megabytes of SIZES) {
  await opened(page);
  await page.evaluate((megabytes) => {
    const lines =
      "Referat af mødet den 3. november 2025 kl. 14.30, sag 25/012345\nSvar på jeres brev\n".repeat(5000) +
      "Vedr. 010203-1234\n";
    const part = new Blob([lines]);
    const parts = Array.from({ length: Math.ceil((megabytes * 1e6) / part.size) }, () => part);
    const data = new DataTransfer();
    data.items.add(new File(parts, "emner.txt"));
    document
      .querySelector(".dropzone")
      ?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, megabytes);
  const { memory, said } = await pressed(page);
  console.log(`| ${String(megabytes)} MB | ${(memory / 1e6).toFixed(1)} MB | ${said} |`);
}
await browser.close();
