// Runs a script in JavaScriptCore, which Bun contains. The script may remove Bun's other globals; they are restored at
// the end.

import { readFileSync } from "node:fs";

const script = readFileSync(process.argv[2], "utf8");
const host = Object.getOwnPropertyDescriptors(globalThis);
const world = globalThis;
const lines = [];
world.print = (line) => {
  lines.push(`${line}\n`);
};
try {
  (0, eval)(script);
} finally {
  Object.defineProperties(world, host);
  process.stdout.write(lines.join(""));
}
