import { browserSource, type EngineFiles } from "../engine/browser";
import type { ReadContent } from "../judge/content";
import { pack } from "../judge/pack";
import { associate, onReady } from "../office";
import { handlers } from "./handlers";

/** Starts in a runtime that is a browser. */
export function inBrowser(files: EngineFiles, content?: ReadContent): void {
  const packed = pack();
  const engines = browserSource(packed?.packed, files);
  associate(handlers({ pack: () => packed, engines, ...(content === undefined ? {} : { content }) }));
  // Office.js delivers no event before this was called.
  onReady(() => undefined);
}
