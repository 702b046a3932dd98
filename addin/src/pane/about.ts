import type { Engine } from "../engine/engine";
import type { Pack } from "../judge/pack";
import * as office from "../office";
import type { PaneTexts } from "./texts";

const SETS = ["1.16", "1.15", "1.14", "1.13", "1.12", "1.11", "1.10", "1.9", "1.8", "1.7", "1.6", "1.5"];

/** What IT may ask a user to read out. It contains nothing personal. */
export function about(pack: Pack | undefined, engine: Engine | undefined, texts: PaneTexts): [string, string][] {
  return [
    [texts.version, pack?.version ?? ""],
    [texts.policy, pack?.policy.organisation?.name ?? ""],
    [texts.fingerprint, pack === undefined ? "" : fingerprint(pack.packed)],
    [texts.client, office.version()],
    [texts.sets, SETS.find((set) => office.supports(set)) ?? ""],
    [texts.engine, texts.engines[engine?.kind ?? "none"]],
    [texts.selfTest, engine !== undefined && selfTest(engine) ? texts.selfTestGood : texts.selfTestBad],
  ];
}

/** Eight hexadecimal digits that change with the policy (FNV-1a): for comparison by phone, not for security. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Made-up subjects, and whether each contains a CPR number. */
const EXAMPLES: [string, boolean][] = [
  ["Vedr. 010203-1234", true],
  ["Vedr. 310203-1234", false],
  ["Referat", false],
];

function selfTest(engine: Engine): boolean {
  try {
    return EXAMPLES.every(([subject, holds]) => engine.check({ subject }, "da").includes('"cpr-in-subject"') === holds);
  } catch {
    return false;
  }
}
