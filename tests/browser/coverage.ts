// The line coverage of the shell by the tests in Node and in Chromium, by module. Fails below a minimum.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { CoverageReport } from "monocart-coverage-reports";

const [least, node, chromium, outputDir] = process.argv.slice(2);
if (least === undefined || node === undefined || chromium === undefined || outputDir === undefined) {
  throw new Error("usage: coverage.ts MINIMUM NODE CHROMIUM REPORT");
}

/** The modules that are shipped: not tests, their fakes of Office and the engine, or types. */
function isShell(path: string): boolean {
  return (
    /(^|\/)addin\/src\/.*\.ts$/.test(path) && !/\.test\.ts$|\/fake-[a-z]+\.ts$|\.d\.ts$|\/src\/contract\.ts$/.test(path)
  );
}

/** Has the script a source map? Some tests replace the built script by one without. */
function isMapped({ source }: { source: string }): boolean {
  return source.includes("//# sourceMappingURL=");
}

const report = new CoverageReport({
  name: "The shell",
  outputDir,
  clean: true,
  reports: [["console-details", { metrics: ["lines"] }], "lcovonly"],
  entryFilter: ({ url }) => url.includes("/addin/src/") || url.startsWith("https://localhost:3000/"),
  sourceFilter: isShell,
  sourcePath: (path) => path.slice(Math.max(0, path.indexOf("addin/src/"))),
  all: { dir: ["addin/src"], filter: isShell },
});
await report.addFromDir(node);
for (const file of readdirSync(chromium)) {
  const entries = (JSON.parse(readFileSync(join(chromium, file), "utf8")) as { source: string }[]).filter(isMapped);
  if (entries.length > 0) {
    await report.add(entries);
  }
}
const results = await report.generate();
const lines = Number(results?.summary.lines.pct);
if (!(lines >= Number(least))) {
  console.error(`the tests run ${String(lines)} % of the shell's lines, less than ${least} %`);
  process.exitCode = 1;
}
