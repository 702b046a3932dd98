// `cargo xtask demo` and `serve`: the simulator with the add-in in it, or with --https the add-in alone for a real
// Outlook. Both are served on this machine only. `cargo xtask serve --help` explains the options.
//
// The server ends when its standard input does: the program that started it is gone then.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";

import { developerCertificate, messageOf, readFiles, UserError, type Files } from "./certificates";
import { ADDIN, outlookSite, SIMULATOR, simulatorSite, type Site } from "./site";

/** How many ports are tried, from the one that is asked for. */
const TRIES = 20;

const OPENERS: Partial<Record<NodeJS.Platform, [program: string, args: string[]]>> = {
  darwin: ["open", []],
  win32: ["cmd", ["/C", "start"]],
};

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "3000" },
    "no-open": { type: "boolean", default: false },
    https: { type: "boolean", default: false },
    trust: { type: "boolean", default: false },
    cert: { type: "string" },
    key: { type: "string" },
  },
});

function listener(site: Site): RequestListener {
  return (request, response) => {
    const { status, headers, body } = site((request.url ?? "/").split(/[?#]/)[0] ?? "/");
    response.writeHead(status, headers).end(body);
  };
}

/** Resolves to the port; undefined if it is in use. */
function listen(server: Server, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        resolve(undefined);
      } else {
        reject(new UserError(error.message));
      }
    });
    server.listen({ port, host }, () => resolve((server.address() as AddressInfo).port));
  });
}

async function serveSimulator(first: number): Promise<void> {
  for (let port = first; port < first + TRIES && port <= 65_535; port += 1) {
    const taken = await listen(createHttp(listener(simulatorSite)), port, "127.0.0.1");
    if (taken !== undefined) {
      const address = `http://localhost:${String(taken)}/`;
      if (taken !== first) {
        console.log(`Port ${String(first)} is in use, so it is ${String(taken)} this time.`);
      }
      console.log(`Sendvagt in its simulator: ${address}\nPress Ctrl+C to stop.`);
      if (!options["no-open"] && process.stdout.isTTY) {
        openBrowser(address);
      }
      return;
    }
  }
  throw new UserError(
    `no port from ${String(first)} to ${String(first + TRIES - 1)} is free; name another one with --port`,
  );
}

async function serveOutlook(port: number): Promise<void> {
  const { cert, key } = options;
  const { files, notice } =
    cert !== undefined && key !== undefined
      ? { files: { cert, key }, notice: undefined }
      : await developerCertificate(options.trust);
  const taken = await listen(secureServer(files, listener(outlookSite(port))), port, "localhost");
  if (taken === undefined) {
    throw new UserError(
      `port ${String(port)} is in use; end the program that has it, or name another port with --port`,
    );
  }
  console.log(`Sendvagt for Outlook itself: https://localhost:${String(port)}/manifest.xml`);
  console.log("docs/develop.md explains how to install it in each client. Press Ctrl+C to stop.");
  if (notice !== undefined) {
    console.log(`\n${notice}`);
  }
}

function secureServer(files: Files, listener: RequestListener): Server {
  const contents = readFiles(files);
  try {
    return createHttps(contents, listener);
  } catch (error) {
    throw new UserError(`${files.cert} and ${files.key} are not a certificate and its key: ${messageOf(error)}`);
  }
}

/** The address has been printed, so a machine without a browser needs nothing. */
function openBrowser(address: string): void {
  const [program, args] = OPENERS[process.platform] ?? ["xdg-open", []];
  const hasDisplay = "DISPLAY" in process.env || "WAYLAND_DISPLAY" in process.env;
  if (program !== "xdg-open" || hasDisplay) {
    const failed = () => console.log("No browser could be opened; open the address yourself.");
    spawn(program, [...args, address], { stdio: "ignore" })
      .on("error", failed)
      .on("exit", (code) => code !== 0 && failed());
  }
}

async function main(): Promise<void> {
  for (const folder of [ADDIN, SIMULATOR]) {
    if (!existsSync(folder)) {
      throw new UserError(`${folder} does not exist; run \`cargo xtask build\` first`);
    }
  }
  const port = Number(options.port);
  await (options.https ? serveOutlook(port) : serveSimulator(port));
  process.stdin.resume().on("end", () => process.exit(0));
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});
