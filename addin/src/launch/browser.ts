// The launch script of the runtimes that are browsers: Outlook on the web, new Outlook, Outlook on Mac and on mobile.

import { inBrowser } from "./in-browser";

/** The engine that only decides: nothing else is asked for at a send. */
inBrowser({ wasm: "engine-send.wasm", script: "engine-send.js" });
