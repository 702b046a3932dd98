// The site that IT packs, served by nginx with the packed headers: the environment in which the add-in finally runs.
// The CPR number is made up.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { get } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import certificates from "office-addin-dev-certs";

import { expect, test, type Mail } from "./fixture";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The program and the web server, which `cargo xtask test` sets. */
const PROGRAM = process.env["SENDVAGT_PROGRAM"] ?? join(ROOT, "target/debug/sendvagt");
const NGINX = process.env["SENDVAGT_NGINX"] ?? "/usr/sbin/nginx";
const EXAMPLE = join(ROOT, "addin/policy.example.json");
const HELD = "Vedr. 010203-1234, underretning";

/** A folder with a packed site, served by nginx. */
class Site {
  readonly folder = mkdtempSync(join(tmpdir(), "sendvagt-packed-"));
  origin = "";
  private nginx: ChildProcess | undefined;
  log = "";

  path(name: string): string {
    return join(this.folder, name);
  }

  async start(): Promise<void> {
    // nginx runs as another user.
    chmodSync(this.folder, 0o755);
    const port = await freePort();
    this.origin = `https://localhost:${String(port)}/sendvagt`;
    await certificates.generateCertificates(
      this.path("ca.crt"),
      this.path("localhost.crt"),
      this.path("localhost.key"),
      2,
      ["localhost"],
    );
    this.pack();
    writeFileSync(this.path("nginx-test.conf"), configuration(this.folder, port));
    writeFileSync(
      this.path("sendvagt-headers.conf"),
      'add_header Strict-Transport-Security "max-age=31536000" always;',
    );
    this.nginx = spawn(NGINX, ["-p", this.folder, "-e", "stderr", "-c", this.path("nginx-test.conf")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.nginx.stderr?.on("data", (text) => (this.log += String(text)));
    await this.answering();
  }

  stop(): void {
    this.nginx?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs the program; returns its exit status and output. */
  run(...arguments_: string[]): { status: number | null; out: string } {
    const { status, stdout, stderr } = spawnSync(PROGRAM, arguments_, { cwd: this.folder, encoding: "utf8" });
    return { status, out: stdout + stderr };
  }

  pack(...more: string[]): void {
    this.packPolicy(EXAMPLE, ...more);
  }

  packPolicy(policy: string, ...more: string[]): void {
    const { status, out } = this.run(
      "package",
      "--origin",
      this.origin,
      "--policy",
      policy,
      "--out",
      "site",
      "--addin",
      join(ROOT, "dist/template"),
      ...(existsSync(this.path("sendvagt-state.json")) ? [] : ["--new"]),
      ...more,
    );
    expect(status, out).toBe(0);
  }

  verify(): { status: number | null; out: string } {
    return this.run("verify", "--origin", this.origin, "--ca", "ca.crt");
  }

  /** The paths in the list of packed files. */
  listed(): string[] {
    const list = JSON.parse(readFileSync(this.path("site/integrity.json"), "utf8")) as {
      files: Record<string, unknown>;
    };
    return Object.keys(list.files);
  }

  /** What nginx answers for a file of the site. */
  head(path: string): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
    return new Promise((done, fail) => {
      get(`${this.origin}/${path}`, { rejectUnauthorized: false }, (answer) => {
        answer.resume();
        done({ status: answer.statusCode, headers: answer.headers });
      }).on("error", fail);
    });
  }

  private async answering(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const status = await new Promise((done) => {
        get(`${this.origin}/launch.html`, { rejectUnauthorized: false }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        }).on("error", () => done(undefined));
      });
      if (status === 200) {
        return;
      }
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`nginx does not serve the site: ${this.log.slice(-400)}`);
  }
}

/** A plain configuration of nginx: the packed file is the only part of Sendvagt in it. */
function configuration(folder: string, port: number): string {
  mkdirSync(join(folder, "tmp"));
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/tmp; proxy_temp_path ${folder}/tmp; fastcgi_temp_path ${folder}/tmp; uwsgi_temp_path ${folder}/tmp; scgi_temp_path ${folder}/tmp;
  server {
    listen 127.0.0.1:${String(port)} ssl;
    ssl_certificate ${folder}/localhost.crt;
    ssl_certificate_key ${folder}/localhost.key;
    root ${folder}/site/www;
    include ${folder}/site/nginx.conf;
  }
}
`;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

const site = new Site();

test.describe.configure({ mode: "serial" });
test.use({ ignoreHTTPSErrors: true });
test.beforeAll(() => site.start());
test.afterAll(() => site.stop());

/** Opens the simulator with the packed manifest. Only requests for the packed site go to nginx. */
async function open(mail: Mail): Promise<string[]> {
  const asked: string[] = [];
  const context = mail.page.context();
  await context.route("https://localhost:3000/manifest.xml", (route) =>
    route.fulfill({
      path: site.path("site/manifest.xml"),
      contentType: "application/xml",
      headers: { "access-control-allow-origin": "*" },
    }),
  );
  await context.route(`${site.origin}/**`, async (route) => {
    asked.push(new URL(route.request().url()).pathname.replace("/sendvagt/", ""));
    // The test fetches it for the browser, unchanged: Chromium blocks requests from other hosts to this machine.
    return route.fulfill({ response: await route.fetch() });
  });
  await mail.open();
  return asked;
}

test("nginx serves what was packed, headers included", () => {
  const { status, out } = site.verify();
  expect(status, out).toBe(0);
  expect(out).toContain("as packed, headers included");
});

test("nginx keeps no error for good, warns of nothing, and adds the host's own headers", async () => {
  const missing = await site.head("assets/none.js");
  expect(missing.status).toBe(404);
  expect(missing.headers["cache-control"]).toBeUndefined();
  expect(missing.headers["x-content-type-options"]).toBe("nosniff");
  const found = await site.head("launch.js");
  expect(found.status).toBe(200);
  expect(found.headers["cache-control"]).toBe("no-cache");
  expect(found.headers["strict-transport-security"]).toBe("max-age=31536000");
  expect((await site.head("")).headers["content-type"], "the folder answers with its first page").toContain(
    "text/html",
  );
  expect(site.log).not.toContain("[warn]");
});

test("differences are reported, file by file", () => {
  const page = site.path("site/www/sendvagt/pane.html");
  copyFileSync(page, site.path("kept"));
  writeFileSync(page, "changed");
  rmSync(site.path("site/www/sendvagt/icons/icon-16.png"));
  const { status, out } = site.verify();
  expect(status).toBe(1);
  expect(out).toContain("pane.html: its content differs");
  expect(out).toContain("icons/icon-16.png: the host answers 404");
  site.pack();
  expect(site.verify().status).toBe(0);
});

test("an untrusted certificate is reported", () => {
  const { status, out } = site.run("verify", "--origin", site.origin);
  expect(status).toBe(2);
  expect(out).toContain("its certificate is not trusted here");
  expect(out.trim().split("\n")).toHaveLength(1);
});

test("a mail is stopped, fixed in the pane and sent, with only the packed files", async ({ mail, network }) => {
  const asked = await open(mail);
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await mail.send()).toBe("dialog");
  await mail.press("Vis og ret");
  const pane = await mail.pane();
  await pane
    .getByRole("button", { name: /Slet nummeret i emnet/ })
    .first()
    .click();
  await expect(mail.page.locator("#subject")).not.toHaveValue(/1234/);
  expect(await mail.send()).toBe("sent");

  expect(
    asked.filter((path) => !site.listed().includes(path)),
    "files that were not packed",
  ).toEqual([]);
  expect(asked.some((path) => path.startsWith("assets/engine.") && path.endsWith(".wasm"))).toBe(true);
  // From the origin before packing only the manifest is requested, in place of the upload.
  expect(network.requests.filter((url) => url.startsWith("https://localhost:3000/"))).toEqual([]);
});

test("practice opens from the pane, with only the packed files", async ({ mail }) => {
  const asked = await open(mail);
  await mail.compose({ to: ["akut@region.example"], subject: "Referat" });
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await pane.getByRole("button", { name: /Øv dig/ }).click();
  await expect(pane.getByRole("heading", { level: 1 })).toHaveText(/Øv dig/);
  await expect(
    pane
      .getByRole("button", { name: /Underretning/ })
      .or(pane.getByRole("link", { name: /Underretning/ }))
      .first(),
  ).toBeVisible();
  expect(
    asked.filter((path) => !site.listed().includes(path)),
    "files that were not packed",
  ).toEqual([]);
});

test("each sender has the policy of the own organisation", async ({ mail }) => {
  const neighbour = {
    senders: ["nabo.example", "sikkerpost@kommune.example"],
    organisation: { name: "Nabo Kommune", contact: "Nabo-it, tlf. 87 65 43 21", help: null },
    mode: "advise",
  };
  const example = JSON.parse(readFileSync(EXAMPLE, "utf8")) as object;
  writeFileSync(site.path("house.json"), JSON.stringify({ ...example, parts: [neighbour] }));
  site.packPolicy(site.path("house.json"));
  await open(mail);
  for (const [from, button, contact] of [
    ["anna@kommune.example", undefined, "Servicedesk"],
    ["bo@nabo.example", "Send alligevel", "Nabo-it, tlf. 87 65 43 21"],
    ["sikkerpost@kommune.example", "Send alligevel", "Nabo-it, tlf. 87 65 43 21"],
  ] as const) {
    await mail.compose({ from, to: ["akut@region.example"], subject: HELD });
    expect(await mail.send(), from).toBe("dialog");
    const again = mail.page.getByRole("button", { name: "Send alligevel" });
    await expect(again, from).toHaveCount(button === undefined ? 0 : 1);
    await mail.press("Vis og ret");
    const pane = await mail.pane();
    await expect(pane.locator("#contact"), from).toContainText(contact);
    await expect(pane.locator("#help"), from).toBeVisible({ visible: button === undefined });
  }
  site.pack();
});

test("a paused site lets all mail pass, and the pane says so", async ({ mail }) => {
  site.pack("--pass-through");
  expect(site.verify().status).toBe(0);
  const asked = await open(mail);
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await mail.send()).toBe("sent");
  expect(asked.some((path) => path.includes("engine"))).toBe(false);
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await expect(pane.getByRole("heading", { name: "Sendvagt er sat på pause" })).toBeVisible();
  site.pack();
});
