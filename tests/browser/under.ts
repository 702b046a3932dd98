import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The built scripts with another policy, which the program packs. With rules on the text or the attachments it is the larger set. */
export function under(policy: Record<string, unknown> & { rules?: Record<string, string>; patterns?: unknown[] }): {
  instead: Record<string, string>;
} {
  const run = ["run", "--quiet", "--locked", "--", "policy", "pack", "-"];
  const pack = execFileSync("cargo", run, { cwd: ROOT, input: JSON.stringify(policy), encoding: "utf8" }).trim();
  const isOn = (rule: string) => (policy.rules?.[rule] ?? "off") !== "off";
  const reads = ["cpr-in-body", "cpr-in-attachment-name"].some(isOn) || (policy.patterns ?? []).length > 0;
  const packed = (name: string): string => {
    const script = readFileSync(`${ROOT}dist/addin/${name}`, "utf8");
    const [literal] = /"\{\\"version(?:[^"\\]|\\.)*"/.exec(script) ?? [];
    if (literal === undefined) {
      throw new Error(`${name} contains no pack`);
    }
    return script.replace(literal, () => JSON.stringify(pack));
  };
  const launch = packed(reads ? "launch-web-content.js" : "launch-web.js");
  return { instead: { "launch-web.js": launch, ...(reads ? { "pane.js": packed("pane.js") } : {}) } };
}

/** A policy with the rules on text and attachments. */
export const CONTENT = {
  organisation: { name: "Eksempel Kommune", domains: ["kommune.example"] },
  secureMail: { tags: ["sikker"] },
  rules: { "cpr-in-body": "stop", "cpr-in-attachment-name": "stop", "name-twin": "off", "visible-recipients": "off" },
};
