// The whole launch script of classic Outlook, which runs it in a bare engine: no document, no fetch, no Office.onReady.
// The build puts the translated engine before it in the same file.

import type { EngineSource } from "../engine/source";
import { translated } from "../engine/translated";
import { pack, type Pack } from "../judge/pack";
import { associate } from "../office";
import { handlers } from "./handlers";

let packed: Pack | undefined;

/** Read in the first event and not at load: after an error at load Outlook calls the add-in unavailable. */
function packOnce(): Pack | undefined {
  packed ??= pack();
  return packed;
}

const engines: EngineSource = {
  // A new engine for each event: Outlook ends this runtime after most events anyway, and an engine that has failed once
  // may give wrong answers.
  first: (then) => {
    const read = packOnce();
    then(read && translated(read.packed));
  },
};

associate(handlers({ pack: packOnce, engines }));
