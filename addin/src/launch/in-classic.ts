import type { EngineSource } from "../engine/source";
import { translated } from "../engine/translated";
import type { ReadContent } from "../judge/content";
import { pack, type Pack } from "../judge/pack";
import { associate } from "../office";
import { handlers } from "./handlers";

/** Starts in the bare engine of classic Outlook. */
export function inClassic(content?: ReadContent): void {
  let packed: Pack | undefined;
  // Read in the first event and not at load: after an error at load Outlook calls the add-in unavailable.
  const packOnce = () => {
    packed ??= pack();
    return packed;
  };
  const engines: EngineSource = {
    // A new engine for each event: Outlook ends this runtime after most events anyway, and an engine that has failed once
    // may give wrong answers.
    first: (then) => {
      const read = packOnce();
      then(read && translated(read.packed));
    },
  };
  associate(handlers({ pack: packOnce, engines, ...(content === undefined ? {} : { content }) }));
}
