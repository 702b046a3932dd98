import type { Both } from "../judge/language";
import { viewTexts, type ViewTexts } from "../ui/texts";

/** The pane's own texts, with those of the view. How many things there are to fix, the engine says. */
export interface PaneTexts extends ViewTexts {
  title: string;
  checking: string;
  undo: string;
  done: string;
  doneHeading: string;
  answerHeading: string;
  more: (count: number) => string;
  stillThere: string;
  lapsed: string;
  withdrawn: string;
  undone: string;
  notUndone: string;
  changed: string;
  failed: string;
  objected: string;
  objectedMore: string;
  notKept: string;
  numbers: (count: number) => string;
  sendSecure: string;
  moved: (count: number) => string;
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
  done: "Rettet, men ikke sendt endnu. Tryk på Send.",
  doneHeading: "Det blev rettet",
  answerHeading: "Dit svar",
  more: (count) => (count === 1 ? "Rettet. Der er stadig én ting." : `Rettet. Der er stadig ${String(count)} ting.`),
  stillThere: "Der står stadig et CPR-nummer i det nye emne. Intet er rettet.",
  lapsed: "Emnet er ændret. Dit svar gælder ikke længere.",
  withdrawn: "Dit svar er fortrudt.",
  undone: "Rettelsen er fortrudt.",
  notUndone: "Det kan ikke fortrydes: Der er ændret noget siden. Alt er, som det var.",
  changed: "Der er ændret noget i mellemtiden. Intet er rettet. Prøv igen.",
  failed: "Det kunne ikke rettes. Alt er, som det var.",
  objected: "Noteret. Tryk på Send.",
  objectedMore: "Noteret.",
  notKept: "Dit svar kunne ikke gemmes. Prøv igen.",
  numbers: (count) => (count === 1 ? "Nummeret, der blev slettet:" : "Numrene, der blev slettet:"),
  sendSecure: "Skal modtageren have det, så send det som sikker post.",
  moved: (count) => (count === 1 ? "Nummeret står nu øverst i mailen." : "Numrene står nu øverst i mailen."),
  copy: "Kopiér",
  copyReport: "Kopiér teksten",
  report: "Tekst til it-support",
  copied: "Kopieret.",
  notCopied: "Teksten er markeret. Kopiér den selv.",
  contact: (whom) => `Spørg: ${whom}`,
  help: "Læs mere om sikker post",
  unread: "Sendvagt kunne ikke læse emne og modtagere. De er ikke tjekket.",
  noEngine: "Sendvagt kunne ikke køre. Intet er tjekket.",
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
  done: "Fixed, but not sent yet. Press Send.",
  doneHeading: "What was fixed",
  answerHeading: "Your answer",
  more: (count) => (count === 1 ? "Fixed. There is still 1 thing." : `Fixed. There are still ${String(count)} things.`),
  stillThere: "There is still a CPR number in the new subject. Nothing was fixed.",
  lapsed: "The subject has changed. Your answer no longer holds.",
  withdrawn: "Your answer was withdrawn.",
  undone: "The fix was undone.",
  notUndone: "It cannot be undone: something has changed since. Everything is as it was.",
  changed: "Something has changed in the meantime. Nothing was fixed. Please look again.",
  failed: "It could not be fixed. Everything is as it was.",
  objected: "Noted. Press Send.",
  objectedMore: "Noted.",
  notKept: "Your answer could not be kept. Please try again.",
  numbers: (count) => (count === 1 ? "The number that was deleted:" : "The numbers that were deleted:"),
  sendSecure: "If the recipient needs it, send it as secure mail.",
  moved: (count) =>
    count === 1 ? "The number is now at the top of the mail." : "The numbers are now at the top of the mail.",
  copy: "Copy",
  copyReport: "Copy the text",
  report: "Text for IT support",
  copied: "Copied.",
  notCopied: "The text is selected. Copy it yourself.",
  contact: (whom) => `Ask: ${whom}`,
  help: "Read more about secure mail",
  unread: "Sendvagt could not read subject and recipients. They are not checked.",
  noEngine: "Sendvagt could not run. Nothing is checked.",
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
