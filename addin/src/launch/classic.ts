// The whole launch script of classic Outlook, which runs it in a bare engine: no document, no fetch, no Office.onReady.
// The build puts the translated engine before it in the same file.

import { inClassic } from "./in-classic";

inClassic();
