import type { Both } from "../judge/language";
import type { Left } from "../ui/change";
import { viewTexts, type ViewTexts } from "../ui/texts";

/** The pane's own texts, with those of the view. How many things there are to fix, the engine says. */
export interface PaneTexts extends ViewTexts {
  title: string;
  checking: string;
  undo: string;
  done: string;
  added: string;
  inBcc: string;
  /** After the body was written anew. */
  rewritten: string;
  doneHeading: string;
  answerHeading: string;
  more: (count: number) => string;
  stillThere: string;
  lapsed: string;
  withdrawn: string;
  undone: string;
  /** The fix is undone, but the line in the body stays. */
  lineLeft: (count: number, secured: boolean) => string;
  notUndone: string;
  changed: string;
  failed: string;
  asItWas: string;
  /** What a fix that failed leaves behind. */
  leftBehind: Record<Left, (count: number) => string>;
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
  newHere: string;
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
  added: "Den nye adresse er tilføjet. Fjern nu selv den gamle.",
  inBcc: "De eksterne modtagere står nu i Bcc. Se efter, at alle modtagere stadig er med.",
  rewritten: "Teksten er ændret. Se efter, at resten og billederne stadig er med.",
  doneHeading: "Det blev rettet",
  answerHeading: "Dit svar",
  more: (count) => (count === 1 ? "Rettet. Der er stadig én ting." : `Rettet. Der er stadig ${String(count)} ting.`),
  stillThere: "Der står stadig et CPR-nummer i det nye emne. Intet er rettet.",
  lapsed: "Emnet er ændret. Dit svar gælder ikke længere.",
  withdrawn: "Dit svar er fortrudt.",
  undone: "Rettelsen er fortrudt.",
  lineLeft: (count, secured) =>
    [
      count === 1 ? "Nummeret er tilbage i emnet." : "Numrene er tilbage i emnet.",
      count === 1
        ? "Linjen med nummeret står stadig øverst i mailen."
        : "Linjen med numrene står stadig øverst i mailen.",
      secured ? "Derfor er mailen stadig sikker post." : "",
      "Slet selv linjen, hvis den ikke skal med.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  notUndone: "Det kan ikke fortrydes: Der er ændret noget siden. Alt er, som det var.",
  changed: "Der er ændret noget i mellemtiden. Intet er rettet. Prøv igen.",
  failed: "Det kunne ikke rettes.",
  asItWas: "Alt er, som det var.",
  leftBehind: {
    numbers: (count) => (count === 1 ? "Nummeret er måske væk fra emnet." : "Numrene er måske væk fra emnet."),
    line: (count) =>
      count === 1
        ? "Outlook svarede ikke. Se efter, om nummeret står øverst i mailen, og slet det dér."
        : "Outlook svarede ikke. Se efter, om numrene står øverst i mailen, og slet dem dér.",
    label: () => "Mailen er stadig mærket som sikker post.",
    recipients: () => "Se efter, om alle modtagere står i de rigtige felter.",
    text: () => "Outlook svarede ikke. Se efter, hvad der står i teksten.",
  },
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
  newHere: "Er sikker post nyt for dig?",
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
  added: "The new address has been added. Now remove the old one yourself.",
  inBcc: "The outside recipients are in Bcc now. Check that every recipient is still there.",
  rewritten: "The text has been changed. Check that the rest and the pictures are still there.",
  doneHeading: "What was fixed",
  answerHeading: "Your answer",
  more: (count) => (count === 1 ? "Fixed. There is still 1 thing." : `Fixed. There are still ${String(count)} things.`),
  stillThere: "There is still a CPR number in the new subject. Nothing was fixed.",
  lapsed: "The subject has changed. Your answer no longer holds.",
  withdrawn: "Your answer was withdrawn.",
  undone: "The fix was undone.",
  lineLeft: (count, secured) =>
    [
      count === 1 ? "The number is back in the subject." : "The numbers are back in the subject.",
      count === 1
        ? "The line with the number is still at the top of the mail."
        : "The line with the numbers is still at the top of the mail.",
      secured ? "So the mail is still secure mail." : "",
      "Delete the line yourself if it should not be there.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  notUndone: "It cannot be undone: something has changed since. Everything is as it was.",
  changed: "Something has changed in the meantime. Nothing was fixed. Please look again.",
  failed: "It could not be fixed.",
  asItWas: "Everything is as it was.",
  leftBehind: {
    numbers: (count) =>
      count === 1 ? "The number may be gone from the subject." : "The numbers may be gone from the subject.",
    line: (count) =>
      count === 1
        ? "Outlook did not answer. See whether the number is at the top of the mail, and delete it there."
        : "Outlook did not answer. See whether the numbers are at the top of the mail, and delete them there.",
    label: () => "The mail is still labelled as secure mail.",
    recipients: () => "Check that every recipient is in the right field.",
    text: () => "Outlook did not answer. See what is in the text now.",
  },
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
  newHere: "New to secure mail?",
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
