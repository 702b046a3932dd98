import type { Both } from "../judge/language";
import { viewTexts, type ViewTexts } from "../ui/texts";

/** The pane's own texts, with those of the view. How many things there are to fix, the engine says. */
export interface PaneTexts extends ViewTexts {
  title: string;
  checking: string;
  undo: string;
  done: string;
  doneHeading: string;
  more: string;
  undone: string;
  notUndone: string;
  changed: string;
  failed: string;
  objected: string;
  notKept: string;
  numbers: (count: number) => string;
  copy: string;
  copyReport: string;
  report: string;
  copied: string;
  notCopied: string;
  contact: (whom: string) => string;
  help: string;
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
  checking: "Tjekker …",
  undo: "Fortryd",
  done: "Rettet.",
  doneHeading: "Det er rettet",
  more: "Der er mere.",
  undone: "Rettelsen er taget tilbage.",
  notUndone: "Der er ændret noget siden. Ikke alt kunne tages tilbage.",
  changed: "Der er ændret noget i mellemtiden. Intet er rettet. Kig på det igen.",
  failed: "Det kunne ikke rettes. Alt er, som det var.",
  objected: "Noteret: Det er ikke et CPR-nummer. Tryk på Send igen.",
  notKept: "Dit svar kunne ikke gemmes. Prøv igen.",
  numbers: (count) => (count === 1 ? "Nummeret, der stod i emnet:" : "Numrene, der stod i emnet:"),
  copy: "Kopiér",
  copyReport: "Kopiér teksten",
  report: "Tekst til supporten",
  copied: "Kopieret.",
  notCopied: "Marker teksten, og kopiér den selv.",
  contact: (whom) => `Spørg: ${whom}`,
  help: "Læs mere om sikker post",
  unread: "Sendvagt kunne ikke læse emne og modtagere. De er ikke tjekket.",
  noEngine: "Sendvagt kunne ikke starte. Intet er tjekket.",
  practise: "Øv dig på opdigtede mails",
  about: "Om Sendvagt",
  version: "Version",
  policy: "Organisation",
  fingerprint: "Regelsæt-id",
  client: "Outlook",
  sets: "Outlook-API",
  engine: "Kører som",
  engines: { wasm: "WebAssembly", js: "JavaScript", none: "intet" },
  selfTest: "Selvtest",
  selfTestGood: "bestået",
  selfTestBad: "ikke bestået",
};

const en: PaneTexts = {
  ...viewTexts.en,
  title: "Sendvagt",
  checking: "Checking …",
  undo: "Undo",
  done: "Fixed.",
  doneHeading: "What was fixed",
  more: "There is more.",
  undone: "The fix was undone.",
  notUndone: "Something has changed since. Not everything could be undone.",
  changed: "Something has changed in the meantime. Nothing was fixed. Please look again.",
  failed: "It could not be fixed. Everything is as it was.",
  objected: "Noted: it is not a CPR number. Press Send again.",
  notKept: "Your answer could not be kept. Please try again.",
  numbers: (count) => (count === 1 ? "The number that was in the subject:" : "The numbers that were in the subject:"),
  copy: "Copy",
  copyReport: "Copy the text",
  report: "Text for the support",
  copied: "Copied.",
  notCopied: "Select the text and copy it yourself.",
  contact: (whom) => `Ask: ${whom}`,
  help: "Read more about secure mail",
  unread: "Sendvagt could not read subject and recipients. They are not checked.",
  noEngine: "Sendvagt could not start. Nothing is checked.",
  practise: "Practise on made-up mails",
  about: "About Sendvagt",
  version: "Version",
  policy: "Organisation",
  fingerprint: "Policy id",
  client: "Outlook",
  sets: "Outlook API",
  engine: "Runs as",
  engines: { wasm: "WebAssembly", js: "JavaScript", none: "nothing" },
  selfTest: "Self-test",
  selfTestGood: "passed",
  selfTestBad: "failed",
};

export const paneTexts: Both<PaneTexts> = { da, en };
