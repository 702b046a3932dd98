// The launch script of the runtimes that are browsers: Outlook on the web, new Outlook, Outlook on Mac and on mobile.

import { browserEngine, translatedEngine } from "../engine/browser";
import type { Engine } from "../engine/engine";
import { associate, onReady } from "../office";
import { pack } from "../judge/pack";
import type { EngineSource, EngineThen } from "../judge/check";
import { handlers } from "./handlers";

const packed = pack();

/** Begins to fetch an engine at once, and hands what came to all who ask. */
function fetching(start: (then: EngineThen) => void): (then: EngineThen) => void {
  let come: { engine: Engine | undefined } | undefined;
  const waiting: EngineThen[] = [];
  const give: EngineThen = (engine) => {
    come ??= { engine };
    for (const then of waiting.splice(0)) {
      then(come.engine);
    }
  };
  try {
    start(give);
  } catch {
    give(undefined);
  }
  return (then) => {
    if (come === undefined) {
      waiting.push(then);
    } else {
      then(come.engine);
    }
  };
}

/** The handlers know what to do without a pack; without its policy there is no engine. */
const fetchingWith = (start: (packed: string, then: EngineThen) => void) =>
  fetching((then) => {
    if (packed === undefined) {
      then(undefined);
    } else {
      start(packed.packed, then);
    }
  });

let current = fetchingWith(browserEngine);

const engines: EngineSource = {
  engine: (then) => {
    current(then);
  },
  another: (then) => {
    // The one before it is not asked again: an engine that broke down once may answer wrongly.
    current = fetchingWith(translatedEngine);
    current(then);
  },
};

associate(handlers({ pack: () => packed, engines }));

// Office.js does not deliver any event before this was called.
onReady(() => undefined);
