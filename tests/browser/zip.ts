// What the workshop packs, beside what the program packs of the same.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, inflateRawSync } from "node:zlib";

import { expect } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const PROGRAM = process.env["SENDVAGT_PROGRAM"] ?? join(ROOT, "target/debug/sendvagt");

/** The files of a zip, by their names. */
export function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    files.set(zip.toString("utf8", at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** A zip of these files, not compressed. */
export function zipped(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(content)];
    // From the version that is needed to the length of the name: the same in both headers.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    common.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    entries.push(entry, name);
    const local = [Buffer.from("PK\x03\x04", "latin1"), common, name, bytes];
    locals.push(...local);
    at += local.reduce((size, part) => size + part.length, 0);
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length / 2, 8);
  end.writeUInt16LE(entries.length / 2, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Packs both sites in an empty folder with the program, and expects the bytes of the workshop's zip. */
export function expectAsPacked(zip: Map<string, Buffer>, origin: string, folder: string): void {
  for (const name of ["policy.json", "sendvagt-state.json"]) {
    writeFileSync(join(folder, name), zip.get(name) ?? "");
  }
  const from = ["--origin", origin, "--policy", "policy.json", "--addin", join(ROOT, "dist/template")];
  for (const more of [
    ["--out", "site"],
    ["--out", "site-paused", "--pass-through"],
  ]) {
    const run = spawnSync(PROGRAM, ["package", ...from, ...more], { cwd: folder, encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("nothing to do in the admin center");
  }
  expect([...zip.keys()].sort()).toEqual(filesBelow(folder).sort());
  for (const [path, bytes] of zip) {
    expect(bytes.equals(readFileSync(join(folder, path))), path).toBe(true);
  }
}
