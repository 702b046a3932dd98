// The launch script of a paused site in the runtimes that are browsers.

import { associate, onReady } from "../office";
import { passing } from "./handlers";

associate(passing);
// Office.js delivers no event before this was called.
onReady(() => undefined);
