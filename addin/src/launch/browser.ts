// The script of every runtime with a page: Outlook on the web, new Outlook, Outlook on Mac.

import { browserEngine, translatedEngine } from "../engine/browser";
import type { Engine } from "../engine/engine";
import { associate, ready } from "../office";
import { pack, type Pack } from "../pack";
import { handlers } from "./handlers";

type Done = (engine: Engine | undefined) => void;

// The engine is fetched while office.js still starts. Who asks before it is there waits for it.
let found: { engine: Engine | undefined } | undefined;
const waiting: Done[] = [];
const packed = pack()?.packed;
if (packed !== undefined) {
  browserEngine(packed, (engine) => {
    found = { engine };
    waiting.splice(0).forEach((done) => { done(engine); });
  });
}

function engine(_: Pack, done: Done): void {
  if (found === undefined) {
    waiting.push(done);
  } else {
    done(found.engine);
  }
}

function second(from: Pack, done: Done): void {
  translatedEngine(from.packed, done);
}

const all = handlers({ pack, engine, second });
for (const name of Object.keys(all)) {
  const handler = all[name];
  if (handler !== undefined) {
    associate(name, handler);
  }
}
// office.js takes events only from a page that has asked whether it is ready.
ready(() => undefined);
