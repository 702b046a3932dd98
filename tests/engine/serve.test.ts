// `cargo xtask serve`: the add-in for a real Outlook, over TLS. A separate home folder keeps the machine's certificates
// out.

import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { rootCertificates } from "node:tls";
import { fileURLToPath } from "node:url";

import { ADDIN, inside, outlookSite, simulatorSite, withLocalOffice, withPort } from "../../xtask/serve/site";
import { built } from "./engines";

const root = fileURLToPath(new URL("../../", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "sendvagt-home-"));
const certificates = join(home, ".office-addin-dev-certs");
const running: ChildProcess[] = [];

after(() => {
  for (const { pid } of running) {
    if (pid !== undefined) {
      // The whole process group: cargo does not forward the signal.
      process.kill(-pid);
    }
  }
  rmSync(home, { recursive: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Starts the command; returns its output until it is ready, or until it ends. */
function serve(...args: string[]): Promise<{ said: string; code: number | null | undefined }> {
  // Rust's own folders stay in the real home folder.
  const env = {
    CARGO_HOME: join(homedir(), ".cargo"),
    RUSTUP_HOME: join(homedir(), ".rustup"),
    ...process.env,
    HOME: home,
    USERPROFILE: home,
  };
  const child = spawn(
    "cargo",
    ["run", "--quiet", "--locked", "--package", "xtask", "--", "serve", "--no-open", ...args],
    { cwd: root, env, detached: true },
  );
  return new Promise((resolve) => {
    let said = "";
    const hear = (data: Buffer) => {
      said += data.toString();
      if (said.includes("Ctrl+C")) {
        running.push(child);
        resolve({ said, code: undefined });
      }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => resolve({ said, code }));
  });
}

function got(
  port: number,
  path: string,
  ca: string,
): Promise<{ status: number | undefined; kind: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: "localhost", port, path, ca }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (data: string) => {
        body += data;
      });
      response.on("end", () => resolve({ status: response.statusCode, kind: response.headers["content-type"], body }));
    })
      .on("error", reject)
      .end();
  });
}

void suite("serve --https", () => {
  void test("answers over TLS with a certificate that it generates, as Outlook needs it", async () => {
    const port = await freePort();
    const { said } = await serve("--https", "--port", String(port));
    assert.match(said, new RegExp(`https://localhost:${String(port)}/manifest.xml`));
    const ca = readFileSync(join(certificates, "ca.crt"), "utf8");
    const page = await got(port, "/launch.html", ca);
    assert.deepEqual([page.status, page.kind], [200, "text/html; charset=utf-8"]);
    assert.equal(page.body, built("launch.html"), "with office.js from Microsoft's address");
    assert.equal((await got(port, "/launch.js", ca)).body, built("launch.js"));
    const manifest = (await got(port, "/manifest.xml", ca)).body;
    assert.equal(
      manifest,
      built("manifest.xml").replaceAll("https://localhost:3000", `https://localhost:${String(port)}`),
    );
    assert.equal((await got(port, "/simulator/", ca)).status, 404);
    if (process.platform !== "win32") {
      assert.equal(statSync(join(certificates, "localhost.key")).mode & 0o077, 0, "only its owner can read the key");
    }
    await assert.rejects(got(port, "/launch.html", rootCertificates[0] ?? ""), "no other authority signs it");
  });

  void test("keeps a valid certificate, and accepts one that is given", async () => {
    const port = await freePort();
    const before = readFileSync(join(certificates, "localhost.crt"), "utf8");
    const [cert, key] = [join(home, "own.crt"), join(home, "own.key")];
    writeFileSync(cert, before);
    writeFileSync(key, readFileSync(join(certificates, "localhost.key")));
    await serve("--https", "--port", String(port), "--cert", cert, "--key", key);
    assert.equal((await got(port, "/launch.js", readFileSync(join(certificates, "ca.crt"), "utf8"))).status, 200);
    assert.equal(readFileSync(join(certificates, "localhost.crt"), "utf8"), before);
  });

  void test("reports a port in use, and files that are not a certificate", async () => {
    const port = await freePort();
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, "localhost", resolve));
    const refused = await serve("--https", "--port", String(port));
    taken.close();
    assert.equal(refused.code, 1);
    assert.match(refused.said, new RegExp(`port ${String(port)} is in use; end the program that has it`));
    const garbage = join(home, "garbage");
    writeFileSync(garbage, "no certificate");
    const unread = await serve("--https", "--port", String(port), "--cert", garbage, "--key", garbage);
    assert.equal(unread.code, 1);
    assert.match(unread.said, /are not a certificate and its key/);
    const missing = await serve("--https", "--port", String(port), "--cert", join(home, "none"), "--key", garbage);
    assert.match(missing.said, /none cannot be read/);
  });
});

void suite("what is served", () => {
  void test("a path cannot leave its folder", () => {
    assert.equal(inside(root, "Cargo.toml"), join(root, "Cargo.toml"));
    for (const path of [
      "../Cargo.toml",
      "src/../Cargo.toml",
      "/etc/hostname",
      "",
      ".",
      "src",
      "none.txt",
      "src\\lib.rs",
    ]) {
      assert.equal(inside(root, path), undefined, path);
    }
    for (const path of [
      "/../../Cargo.toml",
      "/%5C..%5C..%5CCargo.toml",
      "/office-js/../../../../Cargo.toml",
      "/simulator/../../manifest.xml",
    ]) {
      assert.equal(simulatorSite(path).status, 404, path);
      assert.equal(outlookSite(3000)(path).status, 404, path);
    }
  });

  void test("the simulator, and the add-in with office.js from the package", () => {
    assert.deepEqual(simulatorSite("/"), { status: 302, headers: { Location: "/simulator/" }, body: "" });
    assert.match(String(simulatorSite("/simulator/").body), /<title>Prøvepost<\/title>/);
    assert.deepEqual(simulatorSite("/engine.wasm").headers, {
      "Content-Type": "application/wasm",
      "Cache-Control": "no-store",
      "Allow-CSP-From": "*",
    });
    assert.equal(simulatorSite("/pane.html").body, withLocalOffice(built("pane.html")));
    assert.equal(simulatorSite("/office-js/office.js").status, 200);
    assert.equal(
      simulatorSite("/office-js/EN-US/Outlook_Strings.js").status,
      200,
      "in the case that office.js asks for",
    );
    assert.equal(simulatorSite("/office-js/none.js").status, 404);
  });

  void test("a page gets the local office.js", () => {
    assert.equal(
      withLocalOffice('<p></p><script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>'),
      '<p></p><script src="/simulator/microsoft-ajax.js"></script><script src="/office-js/office.js"></script>',
    );
    assert.equal(withLocalOffice("<p></p>"), "<p></p>");
  });

  void test("the manifest names the port that it is served at", () => {
    const manifest = '<Url DefaultValue="https://localhost:3000/launch.html"/>';
    assert.equal(withPort(manifest, 3000), manifest);
    assert.equal(withPort(manifest, 3443), '<Url DefaultValue="https://localhost:3443/launch.html"/>');
    assert.equal(outlookSite(3000)("/manifest.xml").body, readFileSync(join(ADDIN, "manifest.xml"), "utf8"));
  });
});

void test("serve reports that the port is in use and which one it takes", async () => {
  const port = await freePort();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
  const { said } = await serve("--port", String(port));
  taken.close();
  assert.match(said, new RegExp(`Port ${String(port)} is in use, so it is \\d+ this time`));
});
