// In the runtimes that have a browser.

import { associate, onReady } from "../office";
import { passing } from "./handlers";

associate(passing);
// Office.js does not deliver any event before this was called.
onReady(() => undefined);
