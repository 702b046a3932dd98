// How long a user waits at Send: from raising the event to its completion, for Sendvagt and for an add-in whose handler
// does nothing. Both take turns in one run, so that other load on the machine affects both. The difference is what
// Sendvagt costs.
//
// The files come from a server on this machine and may be cached, like those of an installed add-in.

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

import { chromium, type Browser, type Page } from "@playwright/test";

import type { Simulator } from "../../addin/simulator/api";
import { BUILT_ADDIN, existing, officeJsFile, SIMULATOR, TYPES, type AddinFiles } from "./network";
import config from "./playwright.config";
import { tinyAddin } from "./tiny-addin";

const SENDS = Number(process.env["SENDVAGT_SENDS"] ?? 60);
/** Sends before the first one that counts: Chromium has compiled the scripts by then, as on a user's second mail. */
const BEFORE = 8;

const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const LOCAL_OFFICE = '<script src="/simulator/microsoft-ajax.js"></script><script src="/office-js/office.js"';

/** It has the same events as Sendvagt, so that its runtime is equally warm. */
const NOTHING = tinyAddin({
  onSend: "event.completed({ allowEvent: true });",
  handlers: {
    OnNewMessageCompose: "event.completed();",
    OnMessageCompose: "event.completed();",
    OnMessageRecipientsChanged: "event.completed();",
  },
});

/** The two mails that are sent, by their outcome. */
const MAILS = {
  clean: "Referat fra mødet",
  stopped: "Vedr. 010203-1234, underretning",
} as const;
const TO = ["Bo <bo@kommune.example>", "Akut <akut@region.example>", "Ida <ida@nabokommune.example>"];

type Runtime = Simulator["settings"]["runtime"];

// The server

function content(addin: AddinFiles, path: string): string | Buffer | undefined {
  if (path.startsWith("/simulator/")) {
    const file = existing(join(SIMULATOR, path.slice("/simulator/".length) || "index.html"));
    return file === undefined ? undefined : readFileSync(file);
  }
  if (path.startsWith("/office-js/")) {
    const file = officeJsFile(path.slice("/office-js/".length));
    return file === undefined ? undefined : readFileSync(file);
  }
  const name = path.slice(1);
  const file = typeof addin === "string" ? existing(join(addin, name)) : undefined;
  const text = typeof addin === "string" ? file && readFileSync(file) : addin[name];
  return text !== undefined && name.endsWith(".html")
    ? text.toString().replace(new RegExp(`<script\\s+src="${OFFICE_CDN}"`), LOCAL_OFFICE)
    : text;
}

async function serving(addin: AddinFiles): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const body = content(addin, path);
    const headers = {
      "content-type": TYPES[extname(path) || ".html"] ?? "application/octet-stream",
      "cache-control": "max-age=3600",
    };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://localhost:${String((server.address() as AddressInfo).port)}` };
}

// One send

async function opened(browser: Browser, address: string, runtime: Runtime): Promise<Page> {
  const page = await browser.newPage({ locale: "da-DK" });
  await page.goto(`${address}/simulator/?start=empty`);
  await page.evaluate(async (kind) => {
    await window.simulator.ready;
    window.simulator.settings.runtime = kind;
  }, runtime);
  return page;
}

/** Milliseconds from the event to its completion. */
async function sent(page: Page, subject: string): Promise<number> {
  await page.bringToFront();
  return page.evaluate(
    async ([text, to]) => {
      const { simulator } = window;
      simulator.compose({ to, subject: text });
      await simulator.idle();
      await simulator.send();
      const event = simulator.events.filter(({ type }) => type === "OnMessageSend").at(-1);
      if (event?.outcome !== "completed" || event.endedAt === undefined) {
        throw new Error(`the event ended as ${String(event?.outcome)}`);
      }
      const time = event.endedAt - event.raisedAt;
      if (simulator.dialog !== undefined) {
        simulator.press("closed");
      }
      if (simulator.draft !== undefined) {
        simulator.discard();
      }
      await simulator.idle();
      return time;
    },
    [subject, TO] as const,
  );
}

// The table

/** A quantile of the sorted times. */
function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

const AIMS: Record<Runtime, number> = { warm: 3, fresh: 60 };

async function measured(
  browser: Browser,
  addresses: { own: string; nothing: string },
  runtime: Runtime,
  subject: string,
): Promise<string[]> {
  const pages = {
    own: await opened(browser, addresses.own, runtime),
    nothing: await opened(browser, addresses.nothing, runtime),
  };
  const times = { own: [] as number[], nothing: [] as number[] };
  for (let send = 0; send < BEFORE + SENDS; send += 1) {
    // The order alternates: the second one suffers from the work that the first one left.
    const turns = send % 2 === 0 ? (["own", "nothing"] as const) : (["nothing", "own"] as const);
    for (const who of turns) {
      const time = await sent(pages[who], subject);
      if (send >= BEFORE) {
        times[who].push(time);
      }
    }
  }
  await pages.own.close();
  await pages.nothing.close();
  const difference = quantile(times.own, 0.5) - quantile(times.nothing, 0.5);
  const cells = [times.nothing, times.own].flatMap((list) => [quantile(list, 0.5), quantile(list, 0.95)]);
  return [...cells, difference].map((value) => value.toFixed(1)).concat(String(AIMS[runtime]));
}

const executablePath = config.use?.launchOptions?.executablePath;
const flags = [
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(config.use?.launchOptions?.args ?? []), ...flags],
});
const [own, nothing] = await Promise.all([serving(BUILT_ADDIN), serving(NOTHING)]);
console.log(
  `Milliseconds from the event to its completion, ${String(SENDS)} sends each, Chromium ${browser.version()}.\n`,
);
console.log(
  "| runtime | mail | nothing: median | p95 | Sendvagt: median | p95 | difference | aim |\n| --- | --- | --- | --- | --- | --- | --- | --- |",
);
for (const runtime of ["warm", "fresh"] as const) {
  for (const [name, subject] of Object.entries(MAILS)) {
    const cells = await measured(browser, { own: own.address, nothing: nothing.address }, runtime, subject);
    console.log(`| ${runtime === "warm" ? "warm" : "cold"} | ${name} | ${cells.join(" | ")} |`);
  }
}
await browser.close();
own.server.close();
nothing.server.close();
