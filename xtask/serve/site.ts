// What is served at each path: the simulator with the add-in in it, or the add-in alone for a real Outlook.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const ADDIN = join(ROOT, "dist/addin");
export const SIMULATOR = join(ROOT, "dist/simulator");
const OFFICE_JS = join(ROOT, "node_modules/@microsoft/office-js/dist");

const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const MANIFEST_ORIGIN = "https://localhost:3000";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "text/xml; charset=utf-8",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

export interface Response {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Answers a path, which begins with a slash and has no query. */
export type Site = (path: string) => Response;

const NOT_FOUND: Response = { status: 404, headers: {}, body: "There is no such file." };

/** The simulator and the add-in in it, with office.js from the npm package instead of Microsoft's network. */
export const simulatorSite: Site = (path) => {
  if (path === "/") {
    return { status: 302, headers: { Location: "/simulator/" }, body: "" };
  }
  // office.js asks for some of its files with backslashes.
  const [, first = "", ...rest] = path.replace(/%5C|\\/g, "/").split("/");
  const below = rest.join("/");
  if (first === "simulator") {
    return fileResponse(inside(SIMULATOR, below === "" ? "index.html" : below));
  }
  if (first === "office-js") {
    return fileResponse(inAnyCase(OFFICE_JS, rest));
  }
  return fileResponse(inside(ADDIN, [first, ...rest].join("/")), (file, bytes) =>
    file.endsWith(".html") ? withLocalOffice(bytes.toString()) : bytes,
  );
};

/** The add-in as it is built. On a port other than the manifest's the manifest names that port. */
export function outlookSite(port: number): Site {
  return (path) => {
    if (path === "/") {
      return { status: 200, headers: {}, body: "Sendvagt is served here. Install /manifest.xml in Outlook." };
    }
    return fileResponse(inside(ADDIN, path.slice(1)), (file, bytes) =>
      file === join(ADDIN, "manifest.xml") ? withPort(bytes.toString(), port) : bytes,
    );
  };
}

function fileResponse(
  file: string | undefined,
  change: (file: string, bytes: Buffer) => string | Buffer = (_, bytes) => bytes,
): Response {
  const type = file && TYPES[extname(file).toLowerCase()];
  if (file === undefined || type === undefined) {
    return NOT_FOUND;
  }
  return {
    status: 200,
    headers: {
      "Content-Type": type,
      "Cache-Control": "no-store",
      // Lets the simulator forbid WebAssembly to the add-in, to show what happens then.
      "Allow-CSP-From": "*",
    },
    body: change(file, readFileSync(file)),
  };
}

/** The file below a folder; undefined if it does not exist or if the path leads out of the folder. */
export function inside(folder: string, below: string): string | undefined {
  const isPlain = below.split("/").every((part) => part !== "" && !/^\.\.?$|[\\:]/.test(part));
  const file = join(folder, below);
  return isPlain && isFile(file) ? file : undefined;
}

/** office.js asks for some of its files in another case than the package has. */
function inAnyCase(folder: string, parts: string[]): string | undefined {
  let path = folder;
  for (const part of parts) {
    const name = isFile(path) ? undefined : readdirSync(path).find((one) => one.toLowerCase() === part.toLowerCase());
    if (name === undefined) {
      return undefined;
    }
    path = join(path, name);
  }
  return isFile(path) ? path : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Replaces Microsoft's office.js, and puts a stand-in for the one file that the npm package lacks before it. */
export function withLocalOffice(page: string): string {
  const at = page.indexOf(OFFICE_CDN);
  const tag = at < 0 ? -1 : page.lastIndexOf("<script", at);
  if (tag < 0) {
    return page;
  }
  const standIn = '<script src="/simulator/microsoft-ajax.js"></script>';
  return page.slice(0, tag) + standIn + page.slice(tag).replace(OFFICE_CDN, "/office-js/office.js");
}

export function withPort(manifest: string, port: number): string {
  return manifest.replaceAll(MANIFEST_ORIGIN, `https://localhost:${String(port)}`);
}
