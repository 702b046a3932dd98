import type { Both } from "../judge/language";

/** The view's own texts. What a rule says comes from the engine. */
export interface ViewTexts {
  secure: string;
  ordinary: string;
  invitation: string;
  /** It is not known whether it is secure mail. */
  inDoubt: string;
  subject: string;
  emptySubject: string;
  /** For screen readers, around what is highlighted. */
  markBegins: string;
  markEnds: string;
  /** A masked number as it is read aloud. */
  masked: (digits: string) => string;
  newSubject: string;
  why: string;
  decidedBy: (organisation: string) => string;
  aboutRule: string;
  unjudged: (count: number) => string;
}

export const viewTexts: Both<ViewTexts> = {
  da: {
    secure: "Sikker post",
    ordinary: "Almindelig mail",
    invitation: "Mødeindkaldelse",
    inDoubt: "Måske sikker post: Det kunne Sendvagt ikke se.",
    subject: "Emne",
    emptySubject: "Emnet er tomt.",
    markBegins: "fundet: ",
    markEnds: " slut",
    masked: (digits) => `${digits} og fire skjulte cifre`,
    newSubject: "Nyt emne (ret det, hvis du vil)",
    why: "Hvorfor?",
    decidedBy: (organisation) => `${organisation} har besluttet reglen.`,
    aboutRule: "Læs om reglen",
    unjudged: (count) =>
      count === 1 ? "Én modtager kunne ikke tjekkes." : `${String(count)} modtagere kunne ikke tjekkes.`,
  },
  en: {
    secure: "Secure mail",
    ordinary: "Ordinary mail",
    invitation: "Meeting invitation",
    inDoubt: "Perhaps secure mail: Sendvagt could not see.",
    subject: "Subject",
    emptySubject: "The subject is empty.",
    markBegins: "found: ",
    markEnds: " end",
    masked: (digits) => `${digits} and four hidden digits`,
    newSubject: "New subject (change it if you like)",
    why: "Why?",
    decidedBy: (organisation) => `${organisation} has decided this rule.`,
    aboutRule: "Read about the rule",
    unjudged: (count) =>
      count === 1 ? "1 recipient could not be checked." : `${String(count)} recipients could not be checked.`,
  },
};
