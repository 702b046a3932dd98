// `cargo xtask serve --https`: TLS before the server of the add-in, with the certificate of Microsoft's
// office-addin-dev-certs or with one that is given. Every byte goes on to the server as it came.
//
//   node xtask/https.mjs --port <port> --to <port> [--cert <file> --key <file>] [--trust]
//
// It ends when its standard input does: the program that started it is gone then.

import { chmodSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { createServer } from "node:tls";
import { X509Certificate } from "node:crypto";
import { parseArgs } from "node:util";

import certificates from "office-addin-dev-certs";
import places from "office-addin-dev-certs/lib/defaults.js";

/** A certificate that ends within a day is made anew: it would end while it is in use. */
const DAY = 24 * 60 * 60 * 1000;

const { values: given } = parseArgs({
  options: {
    port: { type: "string" },
    to: { type: "string" },
    cert: { type: "string" },
    key: { type: "string" },
    trust: { type: "boolean" },
  },
});

class Told extends Error {}

/** Is there a certificate that lasts? */
function lasts(file) {
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo) - Date.now() > DAY;
  } catch {
    return false;
  }
}

/** The files of the developer certificate, made when they are missing or about to end. Nothing is trusted by that. */
async function developerCertificate() {
  const { localhostCertificatePath: cert, localhostKeyPath: key, certificateDirectory: folder } = places;
  if (!lasts(cert)) {
    try {
      certificates.deleteCertificateFiles(folder);
      await certificates.generateCertificates();
      // The package leaves the key readable for everybody.
      chmodSync(key, 0o600);
    } catch (error) {
      throw new Told(
        `no certificate can be made in ${folder}: ${error.message}\nName one of your own with --cert and --key.`,
      );
    }
  }
  return { cert, key };
}

function trust() {
  // Microsoft's tool asks the system, which may ask the user.
  return certificates.ensureCertificatesAreInstalled().catch((error) => {
    throw new Told(`the certificate cannot be trusted: ${error.message}`);
  });
}

/** Does this machine trust the developer certificate? Undefined where the package cannot tell. */
function trusted() {
  // Its script for Linux says yes in every case; and a browser there has a store of its own.
  return process.platform === "linux"
    ? undefined
    : certificates.getCaCertificateStatus().status === certificates.CertificateStatus.Installed;
}

const UNTRUSTED = `This machine does not trust the certificate, and Outlook shows nothing from an address that is not trusted.
  cargo xtask serve --https --trust
has Microsoft's office-addin-dev-certs add "${places.certificateName}" to the authorities that your user trusts, for
30 days. Whoever can read ${places.certificateDirectory} can then pretend to be any site to your user; take it back with
  npx office-addin-dev-certs uninstall`;

const BROWSER = `A browser on Linux has authorities of its own: add ${places.caCertificatePath} to them in its settings while you test,
and take it away again.`;

async function credentials() {
  if (given.cert !== undefined && given.key !== undefined) {
    return { files: { cert: given.cert, key: given.key }, notice: undefined };
  }
  if (given.trust) {
    await trust();
  }
  const files = await developerCertificate();
  const known = trusted();
  return { files, notice: known === true ? undefined : known === false ? UNTRUSTED : BROWSER };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Told(`${file} cannot be read: ${error.message}`);
  }
}

function secured(files) {
  const options = { cert: read(files.cert), key: read(files.key) };
  try {
    return createServer(options, (socket) => {
      const onward = connect(Number(given.to), "127.0.0.1");
      const end = () => {
        socket.destroy();
        onward.destroy();
      };
      socket.on("error", end).on("close", end);
      onward.on("error", end).on("close", end);
      socket.pipe(onward).pipe(socket);
    });
  } catch (error) {
    throw new Told(`${files.cert} and ${files.key} are no certificate and its key: ${error.message}`);
  }
}

async function main() {
  const { files, notice } = await credentials();
  const server = secured(files);
  const port = Number(given.port);
  await new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        new Told(
          taken
            ? `port ${given.port} is in use; end the program that has it, or name another port with --port`
            : error.message,
        ),
      );
    });
    // A client that is no longer interested, or that does not trust the certificate, is none of our troubles.
    server.on("tlsClientError", () => undefined);
    server.listen({ port, host: "localhost" }, resolve);
  });
  console.log(`Sendvagt for Outlook itself: https://localhost:${String(server.address().port)}/manifest.xml`);
  console.log("docs/develop.md tells how to install it in each client. Press Ctrl+C to stop.");
  if (notice !== undefined) {
    console.log(`\n${notice}`);
  }
  process.stdin.resume();
  process.stdin.on("end", () => {
    process.exit(0);
  });
}

main().catch((error) => {
  console.error(error instanceof Told ? error.message : error);
  process.exit(1);
});
