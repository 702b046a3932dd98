import type { Both } from "../judge/language";

/** The view's own texts. What a rule says comes from the engine. */
export interface ViewTexts {
  secure: string;
  ordinary: string;
  subject: string;
  emptySubject: string;
  recipient: (address: string) => string;
  becomes: string;
  unjudged: (count: number) => string;
}

export const viewTexts: Both<ViewTexts> = {
  da: {
    secure: "Sikker post",
    ordinary: "Almindelig mail",
    subject: "Emne",
    emptySubject: "Emnet er tomt.",
    recipient: (address) => `Modtager: ${address}`,
    becomes: "Emnet bliver:",
    unjudged: (count) =>
      count === 1 ? "Én modtager kunne ikke kontrolleres." : `${String(count)} modtagere kunne ikke kontrolleres.`,
  },
  en: {
    secure: "Secure mail",
    ordinary: "Ordinary mail",
    subject: "Subject",
    emptySubject: "The subject is empty.",
    recipient: (address) => `Recipient: ${address}`,
    becomes: "The subject becomes:",
    unjudged: (count) =>
      count === 1 ? "One recipient could not be checked." : `${String(count)} recipients could not be checked.`,
  },
};
