// The certificate for https://localhost: that of Microsoft's office-addin-dev-certs, or one that the user names.

import { X509Certificate } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";

import devCerts from "office-addin-dev-certs";
import paths from "office-addin-dev-certs/lib/defaults.js";

/** An error whose message is written for the user and needs no stack trace. */
export class UserError extends Error {}

export interface Files {
  cert: string;
  key: string;
}

const UNTRUSTED = `This machine does not trust the certificate, and Outlook shows nothing from an address that is not trusted.
  cargo xtask serve --https --trust
has Microsoft's office-addin-dev-certs add "${paths.certificateName}" to the authorities that your user trusts, for
30 days. Whoever can read ${paths.certificateDirectory} can then pretend to be any site to your user; take it back with
  npx office-addin-dev-certs uninstall`;

const LINUX = `A browser on Linux has authorities of its own: add ${paths.caCertificatePath} to them in its settings while you test,
and remove it afterwards.`;

/**
 * The developer certificate, generated if it is missing or about to expire, and what the user must know about trusting
 * it.
 */
export async function developerCertificate(trust: boolean): Promise<{ files: Files; notice: string | undefined }> {
  if (trust) {
    // Microsoft's tool asks the system, which may ask the user.
    await devCerts.ensureCertificatesAreInstalled().catch((error: unknown) => {
      throw new UserError(`the certificate cannot be trusted: ${messageOf(error)}`);
    });
  }
  const files = { cert: paths.localhostCertificatePath, key: paths.localhostKeyPath };
  if (!isValid(files.cert)) {
    await generate(files.key);
  }
  // The package's script for Linux always says yes; and a browser there has a store of its own.
  if (process.platform === "linux") {
    return { files, notice: LINUX };
  }
  const { status } = devCerts.getCaCertificateStatus();
  return { files, notice: status === devCerts.CertificateStatus.Installed ? undefined : UNTRUSTED };
}

/** A certificate that expires within a day is replaced: it would expire while it is in use. */
function isValid(file: string): boolean {
  const day = 24 * 60 * 60 * 1000;
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo) - Date.now() > day;
  } catch {
    return false;
  }
}

async function generate(key: string): Promise<void> {
  try {
    devCerts.deleteCertificateFiles(paths.certificateDirectory);
    await devCerts.generateCertificates();
    // The package leaves the key readable for everybody.
    chmodSync(key, 0o600);
  } catch (error) {
    throw new UserError(
      `no certificate can be generated in ${paths.certificateDirectory}: ${messageOf(error)}\nName one of your own with --cert and --key.`,
    );
  }
}

/** Reads a certificate and its key. */
export function readFiles({ cert, key }: Files): { cert: Buffer; key: Buffer } {
  return { cert: read(cert), key: read(key) };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
