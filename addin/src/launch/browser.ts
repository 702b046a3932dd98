// The launch script of the runtimes that are browsers: Outlook on the web, new Outlook, Outlook on Mac and on mobile.

import { browserSource } from "../engine/browser";
import { pack } from "../judge/pack";
import { associate, onReady } from "../office";
import { handlers } from "./handlers";

/** The engine that only decides: nothing else is asked for at a send. */
const SEND = { wasm: "engine-send.wasm", script: "engine-send.js" };

const packed = pack();

associate(handlers({ pack: () => packed, engines: browserSource(packed?.packed, SEND) }));

// Office.js delivers no event before this was called.
onReady(() => undefined);
