// Canaries are put into drafts, and a watch detects them wherever they appear outside the pane. Its report names the
// canary and the place, and never repeats the content.

import type { BrowserContext, Frame, Page, Request } from "@playwright/test";

/** The canaries in the spellings that a draft may have. All are made up. */
const CANARIES: Readonly<Record<string, readonly string[]>> = {
  "number, certain": ["030405-7891", "0304057891", "030405 7891"],
  "number, possible": ["1312092317", "131209-2317", "131209 2317"],
  "word of the subject": ["Gulspurveunge"],
  "word of the body": ["Dompapfamilie"],
  "local part": ["kanarie.fuglesen"],
  "display name": ["Regnspove Kanariefugl"],
};

/** A draft that contains them all. */
export const SUBJECT = "Gulspurveunge 030405-7891";
export const BODY = "<p>Dompapfamilie</p>";
export const PERSON = "Regnspove Kanariefugl <kanarie.fuglesen@region.example>";
export const MISTYPED = "Regnspove Kanariefugl <kanarie.fuglesen@regoin.example>";

/** The encodings in which a text may leave. */
function written(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  // Inside a longer text base64 has three alignments; the characters that depend on the neighbours are omitted.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .slice(before === 0 ? 0 : before + 1)
      .replace(/.{0,2}=*$/, ""),
  );
  const utf16 = Buffer.from(text, "utf16le");
  return [
    text,
    encodeURIComponent(text),
    text.replaceAll(" ", "+"),
    bytes.toString("hex"),
    utf16.toString("hex"),
    ...base64,
    utf16.toString("latin1"),
  ].map((form) => form.toLowerCase());
}

const FORMS = Object.entries(CANARIES).map(([name, texts]) => [name, texts.flatMap(written)] as const);

export const SINKS = [
  "console",
  "request",
  "local storage",
  "session storage",
  "cookie",
  "IndexedDB",
  "cache",
  "file system",
  "address, title or name of the window",
  "roaming settings",
  "document of the launch runtime",
  "dialog and bar",
  "message to the host",
] as const;
export type Sink = (typeof SINKS)[number];

interface Seen {
  sink: Sink;
  text: string;
}

declare global {
  interface Window {
    canarySeen(sink: Sink, text: string): void;
  }
}

/** The messages to the host that change the draft on behalf of the user. */
const WRITES: ReadonlySet<string> = new Set([
  "subject.setAsync",
  "body.prependAsync",
  "body.setAsync",
  "recipients.setAsync",
  "recipients.addAsync",
]);
const DISPATCH: Readonly<Record<number, string>> = {
  17: "subject.setAsync",
  23: "body.prependAsync",
  38: "body.setAsync",
  21: "recipients.setAsync",
  22: "recipients.addAsync",
};

export class Watch {
  private readonly page: Page;
  private readonly seen: Seen[] = [];
  private readonly reading: Promise<void>[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  /** Watches everything that the page and its frames do from now on. */
  static async over(page: Page): Promise<Watch> {
    const watch = new Watch(page);
    const context: BrowserContext = page.context();
    context.on("console", (message) => watch.add("console", `${message.text()} ${message.location().url}`));
    context.on("weberror", (error) => watch.add("console", `${String(error.error())} ${error.error().stack ?? ""}`));
    context.on("request", (request) => {
      watch.reading.push(watch.request(request));
    });
    page.on("websocket", (socket) => {
      watch.add("request", socket.url());
      socket.on("framesent", ({ payload }) => watch.add("request", payload.toString()));
    });
    await context.exposeBinding("canarySeen", (_, sink: Sink, text: string) => watch.add(sink, text));
    await context.addInitScript(observe);
    return watch;
  }

  /** The number of leaks by sink and canary. Empty if nothing has left. */
  async found(): Promise<Record<string, number>> {
    for (const frame of this.page.frames()) {
      await this.kept(frame);
    }
    const host = await this.page.evaluate(() => ({
      roaming: JSON.stringify(window.simulator.roamingSettings),
      shown:
        JSON.stringify([window.simulator.dialog, window.simulator.notifications]) +
        [...document.querySelectorAll("[role=dialog], [role=alert], [role=status]")].map((one) => one.outerHTML).join(),
      trace: window.simulator.trace
        .filter(({ direction }) => direction === "from-add-in")
        .map(({ dispatchId, data }) => ({ dispatchId, data: JSON.stringify(data) })),
    }));
    this.add("roaming settings", host.roaming);
    this.add("dialog and bar", host.shown);
    for (const { dispatchId, data } of host.trace) {
      if (!WRITES.has(DISPATCH[dispatchId ?? 0] ?? "")) {
        this.add("message to the host", data);
      }
    }
    await Promise.all(this.reading);
    const found: Record<string, number> = {};
    for (const { sink, text } of this.seen) {
      const low = text.toLowerCase();
      for (const [name, forms] of FORMS) {
        if (forms.some((form) => low.includes(form))) {
          found[`${sink}: ${name}`] = (found[`${sink}: ${name}`] ?? 0) + 1;
        }
      }
    }
    return found;
  }

  /** How often each sink was examined: a watch that examines nothing proves nothing. */
  looks(): Record<string, number> {
    return Object.fromEntries(SINKS.map((sink) => [sink, this.seen.filter((seen) => seen.sink === sink).length]));
  }

  private add(sink: Sink, text: string): void {
    this.seen.push({ sink, text });
  }

  private async request(request: Request): Promise<void> {
    const body = request.postDataBuffer();
    const headers = await request.allHeaders().catch(() => request.headers());
    this.add(
      "request",
      `${request.method()} ${request.url()} ${JSON.stringify(headers)} ${body === null ? "" : `${body.toString("utf8")} ${body.toString("latin1")}`}`,
    );
  }

  /**
   * What a frame has stored. A frame that is loading is asked again; the frame of an event disappears with the event.
   */
  private async kept(frame: Frame, tries = 5): Promise<void> {
    try {
      for (const { sink, text } of await frame.evaluate(readKept)) {
        this.add(sink, text);
      }
    } catch (error) {
      if (frame.isDetached()) {
        return;
      }
      if (tries === 0) {
        throw error;
      }
      await frame.waitForLoadState("load").catch(() => undefined);
      await this.kept(frame, tries - 1);
    }
  }
}

/** Runs in every frame before its scripts: reports what is written and may be gone before the end. */
function observe(): void {
  const seen = (sink: Sink, text: string): void => {
    try {
      window.canarySeen(sink, text);
    } catch {
      // The binding exists once the frame has an address.
    }
  };
  const launch = location.pathname === "/launch.html";
  new MutationObserver(() => {
    if (launch) {
      seen("document of the launch runtime", document.documentElement.outerHTML);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const setItem = Object.getOwnPropertyDescriptor(Storage.prototype, "setItem")?.value as (
    key: string,
    value: string,
  ) => void;
  Storage.prototype.setItem = function (key: string, value: string): void {
    seen(this === window.localStorage ? "local storage" : "session storage", `${key} ${value}`);
    setItem.call(this, key, value);
  };
}

/** Runs in a frame: everything that it has stored, by sink. */
async function readKept(): Promise<{ sink: Sink; text: string }[]> {
  const kept: { sink: Sink; text: string }[] = [
    { sink: "local storage", text: JSON.stringify(Object.entries(localStorage)) },
    { sink: "session storage", text: JSON.stringify(Object.entries(sessionStorage)) },
    { sink: "cookie", text: document.cookie },
    {
      sink: "address, title or name of the window",
      text: [location.href, document.title, window.name, JSON.stringify(history.state)].join(" "),
    },
  ];
  for (const { name } of await indexedDB.databases()) {
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const opened = indexedDB.open(name ?? "");
      opened.onerror = () => reject(new Error("a database cannot be opened"));
      opened.onsuccess = () => {
        const names = [...opened.result.objectStoreNames];
        if (names.length === 0) {
          resolve([]);
          return;
        }
        const transaction = opened.result.transaction(names);
        const asked = names.map((store) => transaction.objectStore(store).getAll());
        transaction.oncomplete = () => {
          opened.result.close();
          resolve(asked.map(({ result }) => result as unknown));
        };
      };
    });
    kept.push({ sink: "IndexedDB", text: `${name ?? ""} ${JSON.stringify(rows)}` });
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.push({ sink: "cache", text: `${request.url} ${(await (await cache.match(request))?.text()) ?? ""}` });
    }
  }
  const folder = await navigator.storage.getDirectory().catch(() => undefined);
  const entries = folder as unknown as { entries?(): AsyncIterable<[string, FileSystemHandle]> } | undefined;
  for await (const [name, handle] of entries?.entries?.() ?? []) {
    const text = handle.kind === "file" ? await (await (handle as FileSystemFileHandle).getFile()).text() : "";
    kept.push({ sink: "file system", text: `${name} ${text}` });
  }
  return kept;
}
