// The made-up municipality of the simulator. All addresses use the reserved top-level domain `.example`.

export type PersonKind = "other" | "list" | "user" | "external";

export interface Person {
  readonly name: string;
  readonly address: string;
  readonly kind: PersonKind;
}

/** The mails in the inbox, to reply to and to forward. The CPR numbers in their subjects are made up. */
export interface Received {
  readonly id: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly subject: string;
  readonly html: string;
  /** How many days ago it came, and when. */
  readonly daysAgo: number;
  readonly clock: string;
}

export const OWN_DOMAINS: readonly string[] = ["kommune.example"];

const user = (name: string, address: string): Person => ({ name, address, kind: "user" });
const external = (name: string, address: string): Person => ({ name, address, kind: "external" });
const list = (name: string, address: string): Person => ({ name, address, kind: "list" });

export const ME = user("Mette Sommer", "mette.sommer@kommune.example");
export const SECURE_MAILBOX = user("Sikker post", "sikkerpost@kommune.example");
export const OWN_MAILBOXES: readonly Person[] = [ME, SECURE_MAILBOX];

/** Filled in on a new mail of the demo, so that a subject and Send are all that is left to do. */
export const EXAMPLE_RECIPIENT = external("Akutafdelingen", "akut@region.example");

// Some of them are wrong on purpose, as in every address book that has been in use for years: two mailboxes that the
// example policy calls retired, and two addresses that someone once misspelt. Two are called Anne Holm.
export const PEOPLE: readonly Person[] = [
  user("Bo Lind", "bo.lind@kommune.example"),
  user("Familieafdelingen", "familie@kommune.example"),
  user("Jobcenter", "jobcenter@kommune.example"),
  user("Refusion", "refusion@kommune.example"),
  user("Mellemkommunal afregning", "mellemkommunal@kommune.example"),
  list("Alle sagsbehandlere", "sagsbehandlere@kommune.example"),
  user("Anne Holm", "anne.holm@kommune.example"),
  external("Anne Holm", "anne@dahl-advokater.example"),
  EXAMPLE_RECIPIENT,
  external("akut@regoin.example", "akut@regoin.example"),
  external("Nabokommunen, Familie", "familie@nabokommune.example"),
  external("Nabokommunen, Familieafdelingen", "familieafdelingen@nabokommune.example"),
  external("Vagthavende", "vagt@politi.example"),
  external("vagt@poliit.example", "vagt@poliit.example"),
  external("Advokat Dahl", "kontakt@dahl-advokater.example"),
  external("Karl Holm", "karl.holm@privatmail.example"),
];

export const INBOX: readonly Received[] = [
  {
    id: "in-1",
    from: EXAMPLE_RECIPIENT,
    to: [user("Familieafdelingen", "familie@kommune.example"), ME],
    cc: [user("Bo Lind", "bo.lind@kommune.example")],
    subject: "Vedr. 010203-1234, underretning",
    html: "<p>Kære kommune</p><p>Se venligst den vedhæftede underretning.</p>",
    daysAgo: 0,
    clock: "08:12",
  },
  {
    id: "in-2",
    from: user("Bo Lind", "bo.lind@kommune.example"),
    to: [ME],
    cc: [],
    subject: "Mødet på torsdag",
    html: "<p>Hej Mette</p><p>Kan vi flytte mødet til kl. 13?</p>",
    daysAgo: 0,
    clock: "07:46",
  },
  {
    id: "in-3",
    from: external("Nabokommunen, Familie", "familie@nabokommune.example"),
    to: [ME],
    cc: [],
    subject: "Handleplan, sag 2026-4711",
    html: "<p>Hej Mette</p><p>Tak for snakken. Vi sender jeres del af handleplanen i næste uge.</p><p>Venlig hilsen<br>Ida Krogh</p>",
    daysAgo: 1,
    clock: "14:31",
  },
  {
    id: "in-4",
    from: user("Servicedesk", "servicedesk@kommune.example"),
    to: [list("Alle sagsbehandlere", "sagsbehandlere@kommune.example")],
    cc: [],
    subject: "Driftsvindue lørdag kl. 6-8",
    html: "<p>Fagsystemerne er lukket, mens vi opdaterer dem.</p><p>Venlig hilsen<br>Servicedesk, tlf. 12 34 56 78</p>",
    daysAgo: 1,
    clock: "09:05",
  },
  {
    id: "in-5",
    from: user("Jobcenter", "jobcenter@kommune.example"),
    to: [ME],
    cc: [],
    subject: "Rundvisning for nye kolleger",
    html: "<p>Hej Mette</p><p>Må vi komme forbi tirsdag formiddag? Vi er seks.</p>",
    daysAgo: 2,
    clock: "11:20",
  },
  {
    id: "in-6",
    from: external("Kursuscentret", "kurser@kursuscenter.example"),
    to: [ME],
    cc: [user("Bo Lind", "bo.lind@kommune.example")],
    subject: "Jeres temadag i maj",
    html: "<p>Hej Mette</p><p>Vi har plads den 12. maj. Hvor mange bliver I?</p><p>Venlig hilsen<br>Kursuscentret</p>",
    daysAgo: 3,
    clock: "10:02",
  },
];

/**
 * The person with this address: from the address book, or otherwise a colleague or an outsider, depending on the
 * domain.
 */
export function personOf(address: string, name = ""): Person {
  const known = [...OWN_MAILBOXES, ...PEOPLE].find((person) => person.address.toLowerCase() === address.toLowerCase());
  if (known !== undefined) {
    return name === "" ? known : { ...known, name };
  }
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return { name: name === "" ? address : name, address, kind: OWN_DOMAINS.includes(domain) ? "user" : "external" };
}

/** People in the address book whose name or address contains `typed`. */
export function suggest(typed: string): readonly Person[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    return [];
  }
  return [...PEOPLE, ...OWN_MAILBOXES]
    .filter((person) => `${person.name} ${person.address}`.toLowerCase().includes(wanted))
    .slice(0, 6);
}
