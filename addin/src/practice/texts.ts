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

const da: PracticeTexts = {
  title: "Øv dig i sikker post",
  back: "Tilbage til mailen",
  intro:
    "Her øver du dig på opdigtede mails. Intet bliver sendt. Det tager cirka ti minutter, og du kan stoppe undervejs.",
  course: (name) => (name === "" ? "Organisationens eget kursus" : `${name}: eget kursus i sikker post`),
  count: (done, all) => `${String(done)} af ${String(all)} opgaver er øvet.`,
  begin: "Begynd",
  goOn: "Fortsæt",
  scenes: "Opgaver",
  done: (day) => `øvet ${day}`,
  guide: "Vejledning til udskrift",
  restart: "Start forfra",
  restartSure: "Skal det, du har øvet, glemmes?",
  restartYes: "Ja, start forfra",
  restartNo: "Nej",
  restarted: "Du er startet forfra.",
  place: (number, all) => `Opgave ${String(number)} af ${String(all)}`,
  from: "Fra",
  own: (address) => `${address} (dig)`,
  to: "Til",
  toHint: "Skil flere modtagere med semikolon.",
  label: "Følsomhed",
  labels: { none: "Ingen", secure: "Fortroligt (sikker post)" },
  subject: "Emne",
  body: "Tekst",
  send: "Send",
  notSent: (count) =>
    count === 1
      ? "Mailen er ikke sendt. Én ting skal ses efter."
      : `Mailen er ikke sendt. ${String(count)} ting skal ses efter.`,
  asked: (count) =>
    count === 1
      ? "Sendvagt spørger, før mailen bliver sendt. Én ting skal ses efter."
      : `Sendvagt spørger, før mailen bliver sendt. ${String(count)} ting skal ses efter.`,
  anyway: "Send alligevel",
  anywaySaid: "I Outlook ville mailen nu blive sendt. Her øver du dig: ret den først.",
  fixed: "Det er rettet. Tryk Send.",
  fixedMore: "Det er rettet. Der er mere, der skal ses efter.",
  solution: "Vis en løsning",
  solutionShown: "Her er en mail, der er i orden. Se, hvad der er ændret, og tryk Send.",
  missing: "Sendvagt har intet at bemærke, men opgaven er ikke løst endnu.",
  needSubject: "Mailen har ikke noget emne.",
  needSecure: "Mailen er ikke sikker post.",
  needRecipient: (address) => `Mailen skal til ${address}.`,
  sent: "Godt. Mailen er i orden og ville blive sendt.",
  learnt: "Husk",
  next: "Næste opgave",
  finish: "Se dit bevis",
  leave: "Alle opgaver",
  notKept:
    "Outlook kunne ikke gemme, hvor langt du er nået. Du kan roligt øve videre. Lukker du vinduet, skal du måske begynde forfra.",
  noEngine: "Sendvagt kunne ikke starte. Luk vinduet, og prøv igen. Kontakt it, hvis det bliver ved.",
  certificate: "Bevis",
  certificateTitle: "Bevis for øvelse i sikker post",
  name: "Navn",
  nameHint: "Skriv selv dit navn. Det bliver ikke gemt.",
  certified: "har øvet sig i at sende sikker post.",
  certifiedScenes: (count, all) => `Øvede opgaver: ${String(count)} af ${String(all)}`,
  print: "Udskriv",
  printElsewhere: "Åbn beviset i et nyt vindue",
};

const en: PracticeTexts = {
  title: "Practise secure mail",
  back: "Back to the mail",
  intro:
    "Here you practise on made-up mails. Nothing is sent. It takes about ten minutes, and you can stop on the way.",
  course: (name) => (name === "" ? "The organisation's own course" : `${name}: own course on secure mail`),
  count: (done, all) => `${String(done)} of ${String(all)} tasks are done.`,
  begin: "Begin",
  goOn: "Go on",
  scenes: "Tasks",
  done: (day) => `done ${day}`,
  guide: "Guide to print",
  restart: "Start over",
  restartSure: "Is what you have done to be forgotten?",
  restartYes: "Yes, start over",
  restartNo: "No",
  restarted: "You have started over.",
  place: (number, all) => `Task ${String(number)} of ${String(all)}`,
  from: "From",
  own: (address) => `${address} (you)`,
  to: "To",
  toHint: "Put a semicolon between recipients.",
  label: "Sensitivity",
  labels: { none: "None", secure: "Confidential (secure mail)" },
  subject: "Subject",
  body: "Text",
  send: "Send",
  notSent: (count) =>
    count === 1
      ? "The mail is not sent. One thing needs a look."
      : `The mail is not sent. ${String(count)} things need a look.`,
  asked: (count) =>
    count === 1
      ? "Sendvagt asks before the mail is sent. One thing needs a look."
      : `Sendvagt asks before the mail is sent. ${String(count)} things need a look.`,
  anyway: "Send anyway",
  anywaySaid: "In Outlook the mail would now be sent. Here you practise: mend it first.",
  fixed: "It is mended. Press Send.",
  fixedMore: "It is mended. There is more that needs a look.",
  solution: "Show a solution",
  solutionShown: "Here is a mail that is in order. See what has changed, and press Send.",
  missing: "Sendvagt has nothing to remark, but the task is not solved yet.",
  needSubject: "The mail has no subject.",
  needSecure: "The mail is not secure mail.",
  needRecipient: (address) => `The mail is to go to ${address}.`,
  sent: "Good. The mail is in order and would be sent.",
  learnt: "Remember",
  next: "Next task",
  finish: "See your certificate",
  leave: "All tasks",
  notKept:
    "Outlook could not keep how far you have come. You can go on practising. If you close the window, you may have to begin again.",
  noEngine: "Sendvagt could not start. Close the window and try again. Contact IT if it goes on.",
  certificate: "Certificate",
  certificateTitle: "Certificate of practice in secure mail",
  name: "Name",
  nameHint: "Write your name yourself. It is not kept.",
  certified: "has practised sending secure mail.",
  certifiedScenes: (count, all) => `Tasks done: ${String(count)} of ${String(all)}`,
  print: "Print",
  printElsewhere: "Open the certificate in a new window",
};

export const practiceTexts: Both<PracticeTexts> = { da, en };
