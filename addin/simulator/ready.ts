// "Prøv selv": mails that are ready to send, one for each thing that Sendvagt does. One row is one entry of the list on
// the page and one test. All CPR numbers are made up; the addresses are those of `people.ts` and the example policy.

import type { Language } from "./host/context";
import type { ComposeRequest } from "./mailbox";
import { EXAMPLE_RECIPIENT, SECURE_MAILBOX } from "./people";

type Texts = Readonly<Record<Language, string>>;

export interface ReadyMail {
  readonly id: string;
  /** What Sendvagt decides under the example policy: lets the mail go, asks, or stops it. */
  readonly decision: "send" | "ask" | "stop";
  readonly title: Texts;
  /** What to do and what to watch for. */
  readonly watch: Texts;
  /** Left out if the mail is a reply: it takes both from the mail that it answers. */
  readonly subject?: Texts;
  readonly body?: Texts;
  /** The sender, the recipients, and what it answers. */
  readonly mail: Omit<ComposeRequest, "subject" | "body">;
}

const FROM_SECURE = { from: SECURE_MAILBOX.address };
const TO_REGION = { to: [EXAMPLE_RECIPIENT.address] };

export const READY_MAILS: readonly ReadyMail[] = [
  {
    id: "secure",
    decision: "stop",
    title: { da: "CPR-nummer i sikker mail", en: "CPR number in secure mail" },
    watch: {
      da: "Tryk på Send. Mailen er sikker, men emnet er ikke beskyttet som selve mailen. Sendvagt stopper den og kan flytte nummeret ned i mailen.",
      en: "Press Send. The mail is secure, but its subject is not protected like the mail itself. Sendvagt stops it and can move the number into the mail.",
    },
    subject: { da: "Genoptræning, 030461-4321", en: "Rehabilitation, 030461-4321" },
    body: {
      da: "<p>Kære afdeling</p><p>Borgeren er klar til genoptræning fra mandag.</p>",
      en: "<p>Dear colleagues,</p><p>The patient is ready for rehabilitation from Monday.</p>",
    },
    mail: { ...FROM_SECURE, ...TO_REGION },
  },
  {
    id: "ordinary",
    decision: "stop",
    title: { da: "CPR-nummer i almindelig mail", en: "CPR number in ordinary mail" },
    watch: {
      da: "Tryk på Send, og vælg »Vis og ret«. Sendvagt stopper mailen og kan slette nummeret i emnet.",
      en: "Press Send and choose “Show and fix”. Sendvagt stops the mail and can delete the number from the subject.",
    },
    subject: { da: "Statusudtalelse vedr. 120815-4321", en: "Statement about 120815-4321" },
    body: {
      da: "<p>Kære afdeling</p><p>Hvornår kan vi vente jeres udtalelse?</p>",
      en: "<p>Dear colleagues,</p><p>When can we expect your statement?</p>",
    },
    mail: TO_REGION,
  },
  {
    id: "possible",
    decision: "ask",
    title: { da: "Måske et CPR-nummer", en: "Perhaps a CPR number" },
    watch: {
      da: "Tryk på Send. Det kan være et CPR-nummer eller et andet nummer. Sendvagt spørger, og du kan sende mailen alligevel.",
      en: "Press Send. It may be a CPR number or another number. Sendvagt asks, and you can send the mail anyway.",
    },
    subject: { da: "Vedr. 0102031235", en: "About 0102031235" },
    body: { da: "<p>Hej</p><p>Har I set på den?</p>", en: "<p>Hello,</p><p>Have you looked at it?</p>" },
    mail: TO_REGION,
  },
  {
    id: "date",
    decision: "send",
    title: { da: "En dato og et klokkeslæt", en: "A date and a time" },
    watch: {
      da: "Tryk på Send. Tallene kan ligne et CPR-nummer, men er en dato og et klokkeslæt. Sendvagt blander sig ikke, og mailen bliver sendt.",
      en: "Press Send. The digits can look like a CPR number but are a date and a time. Sendvagt stays silent, and the mail is sent.",
    },
    subject: { da: "Møde 28.02.27 kl. 1500", en: "Meeting 28.02.27 at 1500" },
    body: { da: "<p>Hej</p><p>Passer tidspunktet?</p>", en: "<p>Hello,</p><p>Does that time suit you?</p>" },
    mail: TO_REGION,
  },
  {
    id: "retired",
    decision: "stop",
    title: { da: "Nedlagt postkasse", en: "Retired mailbox" },
    watch: {
      da: "Tryk på Send. Ingen læser den postkasse længere. Sendvagt stopper mailen og kan sætte den nye adresse ind.",
      en: "Press Send. Nobody reads that mailbox any more. Sendvagt stops the mail and can put in the new address.",
    },
    subject: { da: "Refusion for 3. kvartal", en: "Reimbursement for the third quarter" },
    body: { da: "<p>Hej</p><p>Hermed opgørelsen.</p>", en: "<p>Hello,</p><p>Here is the statement of account.</p>" },
    mail: { to: ["mellemkommunal@kommune.example"] },
  },
  {
    id: "unreached",
    decision: "stop",
    title: { da: "Modtager uden sikker post", en: "Recipient without secure mail" },
    watch: {
      da: "Tryk på Send. Mailen er sikker post, men advokaten kan ikke modtage sikker post. Sendvagt stopper den.",
      en: "Press Send. The mail is secure, but the lawyer cannot receive secure mail. Sendvagt stops it.",
    },
    subject: { da: "Aktindsigt, sag 2026-4711", en: "Access to documents, case 2026-4711" },
    body: {
      da: "<p>Kære advokat</p><p>Hermed de akter, I har bedt om.</p>",
      en: "<p>Dear counsel,</p><p>Here are the documents that you asked for.</p>",
    },
    mail: { ...FROM_SECURE, to: ["kontakt@dahl-advokater.example"] },
  },
  {
    id: "private",
    decision: "stop",
    title: { da: "Privat mailadresse", en: "Private mailbox" },
    watch: {
      da: "Tryk på Send. Borgeren kan ikke få sikker post på en privat mailadresse. Sendvagt stopper mailen.",
      en: "Press Send. Secure mail does not reach a private mailbox. Sendvagt stops the mail.",
    },
    subject: { da: "Svar på din ansøgning", en: "The answer to your application" },
    body: {
      da: "<p>Kære Karl Holm</p><p>Her er vores svar på din ansøgning.</p>",
      en: "<p>Dear Karl Holm,</p><p>Here is our answer to your application.</p>",
    },
    mail: { ...FROM_SECURE, to: ["karl.holm@privatmail.example"] },
  },
  {
    id: "misspelt",
    decision: "ask",
    title: { da: "Forkert stavet adresse", en: "Misspelt address" },
    watch: {
      da: "Tryk på Send. To bogstaver er byttet om i adressen. Sendvagt spørger og kan rette den.",
      en: "Press Send. Two letters of the address are swapped. Sendvagt asks and can correct it.",
    },
    subject: { da: "Referat af mødet", en: "Minutes of the meeting" },
    body: { da: "<p>Hej</p><p>Her er referatet.</p>", en: "<p>Hello,</p><p>Here are the minutes.</p>" },
    mail: { to: ["akut@regoin.example"] },
  },
  {
    id: "twin",
    decision: "ask",
    title: { da: "To med samme navn", en: "Two of one name" },
    watch: {
      da: "Tryk på Send. Den ene Anne Holm er kollega, den anden er hos en advokat. Sendvagt spørger, om det er den rigtige.",
      en: "Press Send. One Anne Holm is a colleague, the other is at a law firm. Sendvagt asks whether it is the right one.",
    },
    subject: { da: "Udkast til afgørelse", en: "Draft of the decision" },
    body: {
      da: "<p>Hej Anne</p><p>Vil du læse udkastet?</p>",
      en: "<p>Hello Anne,</p><p>Will you read the draft?</p>",
    },
    mail: { to: ["anne.holm@kommune.example", "anne@dahl-advokater.example"] },
  },
  {
    id: "visible",
    decision: "ask",
    title: { da: "Borgere, der ser hinanden", en: "Citizens who see each other" },
    watch: {
      da: "Tryk på Send, og vælg »Vis og ret«. De fem kan se hinandens adresser. Sendvagt spørger og kan flytte dem til Bcc.",
      en: "Press Send and choose “Show and fix”. The five can see each other's addresses. Sendvagt asks and can move them to Bcc.",
    },
    subject: { da: "Invitation til forældregruppe", en: "Invitation to a parents' group" },
    body: {
      da: "<p>Hej</p><p>Vi mødes første gang den 12. maj kl. 17.</p>",
      en: "<p>Hello,</p><p>We meet for the first time on 12 May at 5 pm.</p>",
    },
    mail: { to: ["anna", "bo", "carl", "dorte", "erik"].map((name) => `${name}@privatmail.example`) },
  },
  {
    id: "reply",
    decision: "stop",
    title: { da: "Svar med et gammelt nummer", en: "Reply with an old number" },
    watch: {
      da: "Nummeret stod i emnet på den mail, du svarer på, og følger med i dit svar. Sendvagt viser det med det samme. Tryk på Send.",
      en: "The number was in the subject of the mail that you answer and comes with your reply. Sendvagt shows it at once. Press Send.",
    },
    mail: { respond: { to: "in-1", how: "reply" } },
  },
];

/** The content of the draft that `ready` opens. */
export function draftOf(ready: ReadyMail, language: Language): ComposeRequest {
  const { mail, subject, body } = ready;
  return {
    ...mail,
    ...(subject !== undefined && { subject: subject[language] }),
    ...(body !== undefined && { body: body[language] }),
  };
}
