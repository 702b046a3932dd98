// The names that the shell and the manifest must share.

import { readFileSync } from "node:fs";

import { handlers } from "../src/launch/handlers";
import { BAR_ICON, PANE_COMMAND } from "../src/office/manifest-ids";
import type { Surroundings } from "./faults";

export const NAMES: Pick<Surroundings, "version" | "handlers" | "commands" | "icons"> = {
  version: projectVersion(),
  handlers: Object.keys(handlers({ pack: () => undefined, engines: { first: () => undefined } })),
  commands: Object.values(PANE_COMMAND),
  icons: [BAR_ICON],
};

function projectVersion(): string {
  const cargo = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
  return /^version = "(.*)"$/m.exec(cargo)?.[1] ?? "";
}
