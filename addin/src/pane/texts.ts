import type { Both } from "../judge/language";
import { viewTexts, type ViewTexts } from "../ui/texts";

/** The pane's own texts, with those of the view. */
export interface PaneTexts extends ViewTexts {
  title: string;
  checking: string;
  clean: string;
  found: (count: number) => string;
  checkAgain: string;
  undo: string;
  done: string;
  undone: string;
  notUndone: string;
  changed: string;
  failed: string;
  unread: string;
  noEngine: string;
  practise: string;
  about: string;
  version: string;
  policy: string;
  fingerprint: string;
  client: string;
  sets: string;
  engine: string;
  engines: Record<"wasm" | "js" | "none", string>;
  selfTest: string;
  selfTestGood: string;
  selfTestBad: string;
}

const da: PaneTexts = {
  ...viewTexts.da,
  title: "Sendvagt",
  checking: "Mailen bliver kontrolleret …",
  clean: "Alt er i orden. Mailen kan sendes.",
  found: (count) => (count === 1 ? "Én ting skal ses efter." : `${String(count)} ting skal ses efter.`),
  checkAgain: "Tjek igen",
  undo: "Fortryd",
  done: "Det er rettet.",
  undone: "Rettelsen er fortrudt.",
  notUndone: "Mailen er ændret siden. Ikke alt kunne fortrydes.",
  changed: "Mailen er ændret i mellemtiden. Intet er rettet. Se efter igen.",
  failed: "Det lykkedes ikke at rette mailen. Den er, som den var.",
  unread: "Mailen kunne ikke læses. Den er ikke kontrolleret.",
  noEngine: "Sendvagt kunne ikke starte. Mailen er ikke kontrolleret.",
  practise: "Øv dig",
  about: "Om Sendvagt",
  version: "Version",
  policy: "Regler for",
  fingerprint: "Reglernes kendetegn",
  client: "Outlook",
  sets: "Mailbox op til",
  engine: "Motor",
  engines: { wasm: "WebAssembly", js: "JavaScript", none: "ingen" },
  selfTest: "Selvtest",
  selfTestGood: "bestået",
  selfTestBad: "ikke bestået",
};

const en: PaneTexts = {
  ...viewTexts.en,
  title: "Sendvagt",
  checking: "The mail is being checked …",
  clean: "All is well. The mail can be sent.",
  found: (count) => (count === 1 ? "One thing needs a look." : `${String(count)} things need a look.`),
  checkAgain: "Check again",
  undo: "Undo",
  done: "It is mended.",
  undone: "The change is undone.",
  notUndone: "The mail has changed since. Not all could be undone.",
  changed: "The mail has changed in the meantime. Nothing was mended. Please look again.",
  failed: "The mail could not be mended. It is as it was.",
  unread: "The mail could not be read. It is not checked.",
  noEngine: "Sendvagt could not start. The mail is not checked.",
  practise: "Practise",
  about: "About Sendvagt",
  version: "Version",
  policy: "Rules of",
  fingerprint: "Fingerprint of the rules",
  client: "Outlook",
  sets: "Mailbox up to",
  engine: "Engine",
  engines: { wasm: "WebAssembly", js: "JavaScript", none: "none" },
  selfTest: "Self-test",
  selfTestGood: "passed",
  selfTestBad: "not passed",
};

export const paneTexts: Both<PaneTexts> = { da, en };
