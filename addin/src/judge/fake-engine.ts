// Verdicts, packs and engines for the unit tests.

import type { Decision, Draft, Failure, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import type { EngineSource } from "../engine/source";
import type { Pack } from "./pack";

/** A verdict whose texts name their origin. */
export function verdict(decision: Decision, words: string = decision): Verdict {
  const base = { decision, secure: decision !== "send", findings: [], status: `${words} status` };
  if (decision === "send") {
    return base;
  }
  const alert = {
    text: `${words} text`,
    markdown: `${words} markdown`,
    button: `${words} button`,
    bar: `${words} bar`,
    mark: words === "ask" || words === "stop" ? `${words} mark` : "unchecked",
  };
  return decision === "stop"
    ? { ...base, alert }
    : { ...base, alert: { ...alert, again: { text: `${words} again`, stuck: `${words} stuck` } } };
}

/** A pack whose failure verdicts all have the same decision. */
export function packOf(onFailure: Decision, secureMail: Pack["policy"]["secureMail"] = {}): Pack {
  const failures = (language: string): Record<Failure, Verdict> => ({
    office: verdict(onFailure, `${language} office`),
    engine: verdict(onFailure, `${language} engine`),
    slow: verdict(onFailure, `${language} slow`),
  });
  return {
    version: "0.1.0",
    policy: { secureMail },
    packed: "packed",
    failures: { da: failures("da"), en: failures("en") },
  };
}

export interface FakeEngine extends Engine {
  readonly drafts: Draft[];
}

/** An engine that answers depending on the draft, and records a copy of each draft. */
export function engineThat(answer: (draft: Draft) => string): FakeEngine {
  const drafts: Draft[] = [];
  return {
    kind: "js",
    drafts,
    decide: (draft) => {
      drafts.push(structuredClone(draft));
      return JSON.parse(answer(draft)) as unknown;
    },
    check: answer,
    wanted: () => "",
    conversation: ({ recipients = [] }) => recipients.map(({ address }) => address.length).join(" "),
    load: () => true,
    mend: () => "",
  };
}

/** An engine that asks for the body and the attachments, and answers depending on the draft. */
export function engineThatWants(wanted: string, answer: (draft: Draft) => string): FakeEngine {
  return { ...engineThat(answer), wanted: () => wanted };
}

export function engineWith(decision: Decision): FakeEngine {
  return engineThat(() => JSON.stringify(verdict(decision)));
}

/** The ways in which an engine can fail. */
export const BROKEN: Record<string, () => Engine | undefined> = {
  missing: () => undefined,
  throwing: () =>
    engineThat(() => {
      throw new Error("a trap");
    }),
  silent: () => engineThat(() => ""),
  garbled: () => engineThat(() => "{"),
  undecided: () => engineThat(() => JSON.stringify({ ...verdict("stop"), decision: "perhaps" })),
  wordless: () => engineThat(() => JSON.stringify({ ...verdict("stop"), alert: undefined })),
  empty: () => engineThat(() => JSON.stringify({ ...verdict("stop"), alert: { ...verdict("stop").alert, text: "" } })),
};

export function sourceOf(engine: Engine | undefined, fallback?: Engine): EngineSource {
  const source: EngineSource = {
    first: (then) => then(engine),
  };
  return fallback === undefined
    ? source
    : {
        ...source,
        fallback: (then) => then(fallback),
      };
}
