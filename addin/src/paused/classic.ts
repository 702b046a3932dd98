// The launch script of a paused site in classic Outlook's bare engine.

import { associate } from "../office";
import { passing } from "./handlers";

associate(passing);
