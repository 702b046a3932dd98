import type { Both } from "../judge/language";

/** The practice's own texts. What a rule says comes from the engine, what a scene says from its file. */
export interface PracticeTexts {
  title: string;
  back: string;
  intro: string;
  course: (name: string) => string;
  count: (done: number, all: number) => string;
  begin: string;
  goOn: string;
  scenes: string;
  done: (day: string) => string;
  guide: string;
  restart: string;
  restartSure: string;
  restartYes: string;
  restartNo: string;
  restarted: string;
  place: (number: number, all: number) => string;
  from: string;
  own: (address: string) => string;
  to: string;
  toHint: string;
  bcc: string;
  attachments: string;
  label: string;
  labels: { none: string; secure: string };
  subject: string;
  body: string;
  send: string;
  notSent: (count: number) => string;
  asked: (count: number) => string;
  anyway: string;
  anywaySaid: string;
  fixed: string;
  fixedMore: string;
  solution: string;
  solutionShown: string;
  missing: string;
  needSubject: string;
  needSecure: string;
  needRecipient: (address: string) => string;
  sent: string;
  learnt: string;
  next: string;
  finish: string;
  leave: string;
  notKept: string;
  noEngine: string;
  certificate: string;
  certificateTitle: string;
  name: string;
  nameHint: string;
  certified: string;
  certifiedScenes: (count: number, all: number) => string;
  print: string;
  printElsewhere: string;
}

/** Danish takes an apostrophe after s, x and z. */
function genitive(name: string): string {
  return /[sxz]$/i.test(name) ? `${name}’` : `${name}s`;
}

const da: PracticeTexts = {
  title: "Øv dig i sikker post",
  back: "Tilbage til mailen",
  intro:
    "Her øver du dig på opdigtede mails. Intet bliver sendt. Det tager cirka 20 minutter, og du kan stoppe undervejs.",
  course: (name) => (name === "" ? "Organisationens eget kursus" : `${genitive(name)} kursus i sikker post`),
  count: (done, all) => `Du har løst ${String(done)} af ${String(all)} opgaver.`,
  begin: "Begynd",
  goOn: "Fortsæt",
  scenes: "Opgaver",
  done: (day) => `løst ${day}`,
  guide: "Vejledning til udskrift",
  restart: "Start forfra",
  restartSure: "Vil du begynde forfra? Dine løste opgaver bliver slettet.",
  restartYes: "Ja, start forfra",
  restartNo: "Nej",
  restarted: "Du er startet forfra.",
  place: (number, all) => `Opgave ${String(number)} af ${String(all)}`,
  from: "Fra",
  own: (address) => `${address} (dig)`,
  to: "Til",
  toHint: "Adskil modtagere med semikolon.",
  bcc: "Bcc",
  attachments: "Bilag (filnavne)",
  label: "Følsomhed",
  labels: { none: "Ingen", secure: "Fortroligt (sikker post)" },
  subject: "Emne",
  body: "Tekst",
  send: "Send",
  notSent: (count) =>
    count === 1
      ? "Mailen er ikke sendt. Der er én ting at rette."
      : `Mailen er ikke sendt. Der er ${String(count)} ting at rette.`,
  asked: (count) =>
    count === 1
      ? "Sendvagt spørger, før mailen bliver sendt. Der er én ting at tjekke."
      : `Sendvagt spørger, før mailen bliver sendt. Der er ${String(count)} ting at tjekke.`,
  anyway: "Send alligevel",
  anywaySaid: "I Outlook ville mailen nu være sendt. Ret den, før du går videre.",
  fixed: "Rettet. Tryk på Send.",
  fixedMore: "Rettet. Der er mere at rette.",
  solution: "Vis en løsning",
  solutionShown: "Her er en mail, der er i orden. Se, hvad der er ændret, og tryk på Send.",
  missing: "Sendvagt har ingen bemærkninger, men opgaven er ikke løst endnu.",
  needSubject: "Mailen har ikke noget emne.",
  needSecure: "Mailen bliver ikke sendt som sikker post.",
  needRecipient: (address) => `Mailen skal til ${address}.`,
  sent: "Godt. Den mail kan sendes.",
  learnt: "Husk",
  next: "Næste opgave",
  finish: "Se dit kursusbevis",
  leave: "Alle opgaver",
  notKept:
    "Outlook kunne ikke gemme, hvor langt du er nået. Du kan roligt øve videre. Lukker du ruden, skal du måske begynde forfra.",
  noEngine: "Sendvagt kunne ikke starte. Luk ruden, og prøv igen. Kontakt it-support, hvis det bliver ved.",
  certificate: "Kursusbevis",
  certificateTitle: "Kursusbevis: sikker post",
  name: "Navn",
  nameHint: "Skriv selv dit navn. Det bliver ikke gemt.",
  certified: "har gennemført øvelserne i sikker post.",
  certifiedScenes: (count, all) => `Løste opgaver: ${String(count)} af ${String(all)}`,
  print: "Udskriv",
  printElsewhere: "Åbn kursusbeviset i et nyt vindue",
};

const en: PracticeTexts = {
  title: "Practise secure mail",
  back: "Back to the mail",
  intro: "Here you practise on made-up mails. Nothing is sent. It takes about 20 minutes, and you can stop on the way.",
  course: (name) => (name === "" ? "The organisation's own course" : `The course of ${name} on secure mail`),
  count: (done, all) => `${String(done)} of ${String(all)} tasks are done.`,
  begin: "Begin",
  goOn: "Continue",
  scenes: "Tasks",
  done: (day) => `done ${day}`,
  guide: "Guide to print",
  restart: "Start over",
  restartSure: "Start over? Your progress will be deleted.",
  restartYes: "Yes, start over",
  restartNo: "No",
  restarted: "You have started over.",
  place: (number, all) => `Task ${String(number)} of ${String(all)}`,
  from: "From",
  own: (address) => `${address} (you)`,
  to: "To",
  toHint: "Separate recipients with semicolons.",
  bcc: "Bcc",
  attachments: "Attachments (file names)",
  label: "Sensitivity",
  labels: { none: "None", secure: "Confidential (secure mail)" },
  subject: "Subject",
  body: "Text",
  send: "Send",
  notSent: (count) =>
    count === 1
      ? "The mail is not sent. There is 1 thing to fix."
      : `The mail is not sent. There are ${String(count)} things to fix.`,
  asked: (count) =>
    count === 1
      ? "Sendvagt asks before the mail is sent. There is 1 thing to check."
      : `Sendvagt asks before the mail is sent. There are ${String(count)} things to check.`,
  anyway: "Send anyway",
  anywaySaid: "In Outlook the mail would now have been sent. Fix it before you continue.",
  fixed: "Fixed. Press Send.",
  fixedMore: "Fixed. There is more.",
  solution: "Show a solution",
  solutionShown: "Here is a mail that is in order. See what has changed, and press Send.",
  missing: "Sendvagt has no objections, but the task is not solved yet.",
  needSubject: "The mail has no subject.",
  needSecure: "The mail is not sent as secure mail.",
  needRecipient: (address) => `The mail must go to ${address}.`,
  sent: "Good. That mail can be sent.",
  learnt: "Remember",
  next: "Next task",
  finish: "See your certificate",
  leave: "All tasks",
  notKept:
    "Outlook could not save your progress. You can keep practising. If you close the pane, you may have to start again.",
  noEngine: "Sendvagt could not start. Close the pane and try again. Contact IT if this continues.",
  certificate: "Certificate",
  certificateTitle: "Course certificate: secure mail",
  name: "Name",
  nameHint: "Enter your name yourself. It is not saved.",
  certified: "has completed the exercises on secure mail.",
  certifiedScenes: (count, all) => `Tasks done: ${String(count)} of ${String(all)}`,
  print: "Print",
  printElsewhere: "Open the certificate in a new window",
};

export const practiceTexts: Both<PracticeTexts> = { da, en };
