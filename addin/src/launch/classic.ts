// The one script of classic Outlook on Windows. Its runtime has no page and is started anew for each event; nothing
// of the engine runs before it is asked for, so that loading cannot fail.

import { translated } from "../engine/translated";
import type { Engine } from "../engine/engine";
import { associate } from "../office";
import { pack, type Pack } from "../pack";
import { handlers } from "./handlers";

function engine(found: Pack, done: (engine: Engine | undefined) => void): void {
  let made: Engine | undefined;
  try {
    made = translated(found.packed);
  } catch {
    made = undefined;
  }
  done(made);
}

const all = handlers({ pack, engine, second: undefined });
for (const name of Object.keys(all)) {
  const handler = all[name];
  if (handler !== undefined) {
    associate(name, handler);
  }
}
