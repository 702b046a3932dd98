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
}

export const OWN_DOMAINS: readonly string[] = ["kommune.example"];

const user = (name: string, address: string): Person => ({ name, address, kind: "user" });
const external = (name: string, address: string): Person => ({ name, address, kind: "external" });
const list = (name: string, address: string): Person => ({ name, address, kind: "list" });

export const ME = user("Mette Sommer", "mette.sommer@kommune.example");
export const SECURE_MAILBOX = user("Sikker post", "sikkerpost@kommune.example");
export const OWN_MAILBOXES: readonly Person[] = [ME, SECURE_MAILBOX];

export const PEOPLE: readonly Person[] = [
  user("Bo Lind", "bo.lind@kommune.example"),
  user("Familieafdelingen", "familie@kommune.example"),
  user("Jobcenter", "jobcenter@kommune.example"),
  list("Alle sagsbehandlere", "sagsbehandlere@kommune.example"),
  external("Akutafdelingen", "akut@region.example"),
  external("Advokat Dahl", "kontakt@dahl-advokater.example"),
  external("Karl Holm", "karl.holm@privatmail.example"),
];

export const INBOX: readonly Received[] = [
  {
    id: "in-1",
    from: external("Akutafdelingen", "akut@region.example"),
    to: [user("Familieafdelingen", "familie@kommune.example"), ME],
    cc: [user("Bo Lind", "bo.lind@kommune.example")],
    subject: "Vedr. 010203-1234, underretning",
    html: "<p>Kære kommune</p><p>Se venligst den vedhæftede underretning.</p>",
  },
  {
    id: "in-2",
    from: user("Bo Lind", "bo.lind@kommune.example"),
    to: [ME],
    cc: [],
    subject: "Mødet på torsdag",
    html: "<p>Hej Mette</p><p>Kan vi flytte mødet til kl. 13?</p>",
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
