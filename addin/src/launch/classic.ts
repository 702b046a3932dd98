// The whole launch script of classic Outlook, which runs it in a bare engine: no document, no fetch, no Office.onReady.
// The build puts the translated engine before it in the same file.

import { translated } from "../engine/translated";
import { associate } from "../office";
import { pack, type Pack } from "../judge/pack";
import type { EngineSource } from "../judge/check";
import { handlers } from "./handlers";

let packed: Pack | undefined;

/** Read in the first event, not at load: an error at load makes Outlook call the add-in unavailable. */
function packOnce(): Pack | undefined {
  packed ??= pack();
  return packed;
}

const engines: EngineSource = {
  // A new one for each event: Outlook ends this runtime after most events anyway, and an engine that broke down once
  // may answer wrongly.
  engine: (then) => {
    const read = packOnce();
    then(read && translated(read.packed));
  },
};

associate(handlers({ pack: packOnce, engines }));
