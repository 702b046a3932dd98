// The environment of a browser test: no server and no network. Allowed requests are answered from a file or a text;
// every other request is blocked and recorded.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import type { BrowserContext, Route } from "@playwright/test";

export const HOST_ORIGIN = "https://outlook.office.com";
export const ADDIN_ORIGIN = "https://localhost:3000";
const OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/";
export const MICROSOFT_AJAX = "https://ajax.aspnetcdn.com/ajax/3.5/MicrosoftAjax.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The built simulator. */
export const SIMULATOR = join(ROOT, "dist/simulator");
const OFFICE_JS_FILES = join(ROOT, "node_modules/@microsoft/office-js/dist");
/** The built add-in, or the one with source maps, for coverage. */
export const BUILT_ADDIN = process.env["SENDVAGT_ADDIN"] ?? join(ROOT, "dist/addin");

/** Files by path below the add-in's origin, e.g. `launch.html`; or a folder that is served unchanged. */
export type AddinFiles = Readonly<Record<string, string>> | string;

export const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

export interface NetworkOptions {
  readonly addin: AddinFiles;
  /** Replaces files of the add-in, e.g. to damage them; `null` blocks the request. */
  readonly instead?: Readonly<Record<string, string | Buffer | null>>;
  /** Headers added to every file of the add-in. */
  readonly headers?: Readonly<Record<string, string>>;
}

export class Network {
  /** Requests that nothing answers; there should be none. */
  readonly unexpected: string[] = [];
  /** All requested addresses, in order. */
  readonly requests: string[] = [];
  private readonly options: NetworkOptions;

  constructor(options: NetworkOptions) {
    this.options = options;
    if (!existsSync(join(SIMULATOR, "simulator.js"))) {
      throw new Error("dist/simulator is not built. Run `cargo xtask build` first.");
    }
    if (options.addin === BUILT_ADDIN && !existsSync(join(BUILT_ADDIN, "manifest.xml"))) {
      throw new Error("dist/addin is not built. Run `cargo xtask build` first.");
    }
  }

  async attach(context: BrowserContext): Promise<void> {
    await context.route("**/*", (route) => this.answer(route));
  }

  private async answer(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    this.requests.push(url.href);
    if (url.origin === ADDIN_ORIGIN) {
      return this.answerAddin(route, url);
    }
    const file = hostFile(url);
    if (file !== undefined) {
      return fulfil(route, readFileSync(file), file, { "access-control-allow-origin": "*" });
    }
    this.unexpected.push(url.href);
    return route.abort();
  }

  private answerAddin(route: Route, url: URL): Promise<void> {
    const path = url.pathname.slice(1);
    const { instead = {}, addin } = this.options;
    const replacement = instead[path];
    if (replacement === null) {
      return route.abort();
    }
    const body = replacement ?? (typeof addin === "string" ? readBuilt(path) : addin[path]);
    if (body === undefined) {
      this.unexpected.push(url.href);
      return route.fulfill({ status: 404 });
    }
    // The simulator reads the manifest across origins, in place of an administrator's upload; and it may forbid
    // WebAssembly to a frame.
    return fulfil(route, body, path, {
      "access-control-allow-origin": "*",
      "allow-csp-from": "*",
      ...this.options.headers,
    });
  }
}

function fulfil(route: Route, body: string | Buffer, path: string, headers: Record<string, string>): Promise<void> {
  return route.fulfill({
    body,
    headers: { "content-type": TYPES[extname(path)] ?? "application/octet-stream", ...headers },
  });
}

function hostFile(url: URL): string | undefined {
  const address = url.origin + url.pathname;
  if (address === MICROSOFT_AJAX) {
    return process.env["SENDVAGT_MICROSOFT_AJAX"] ?? join(SIMULATOR, "microsoft-ajax.js");
  }
  if (address.startsWith(OFFICE_JS)) {
    return officeJsFile(address.slice(OFFICE_JS.length));
  }
  if (!address.startsWith(`${HOST_ORIGIN}/mail/`)) {
    return undefined;
  }
  const name = url.pathname.slice("/mail/".length);
  return existing(join(SIMULATOR, name === "" ? "index.html" : name));
}

function readBuilt(path: string): Buffer | undefined {
  const file = existing(join(BUILT_ADDIN, decodeURIComponent(path)));
  return file === undefined ? undefined : readFileSync(file);
}

export function existing(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

// The npm package has its names in lower case, office.js requests them as on its server.
let officeJsNames: Map<string, string> | undefined;
export function officeJsFile(path: string): string | undefined {
  officeJsNames ??= new Map(
    readdirSync(OFFICE_JS_FILES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [relative(OFFICE_JS_FILES, file).replaceAll("\\", "/").toLowerCase(), file];
      }),
  );
  return officeJsNames.get(path.replaceAll("\\", "/").toLowerCase());
}
