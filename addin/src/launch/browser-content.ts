// The same as browser.ts for a policy that asks for more of a mail than subject and recipients.

import { readContent } from "../judge/content";
import { inBrowser } from "./in-browser";

inBrowser({ wasm: "engine-content.wasm", script: "engine-content.js" }, readContent);
