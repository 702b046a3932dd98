// What an add-in reads of the recipients and the sender, and what becomes of recipients that it writes.

import type { Client } from "../clients";
import type { Item, Recipient, RecipientField } from "../item/item";
import { OWN_DOMAINS, personOf, type Person, type PersonKind } from "../people";
import type { QuirkId } from "../quirks";

export interface Surroundings {
  readonly client: Client;
  readonly has: (quirk: QuirkId) => boolean;
}

/** A recipient as office.js passes it on: from the host without `recipientType` if that is undefined. */
export interface Address {
  readonly name: string;
  readonly address?: string;
  readonly recipientType?: number;
  readonly appointmentResponse?: number;
}

/** As an add-in gives it. */
export interface Given {
  readonly name?: unknown;
  readonly address?: unknown;
}

/** Why recipients could not be written. */
export type Refusal = "no-address" | "too-many";

const KINDS: Readonly<Record<PersonKind, number>> = { other: 0, list: 1, user: 2, external: 3 };
const LEGACY = "/o=Kommune/ou=Exchange Administrative Group/cn=Recipients/cn=";

/** The address that Exchange used before it used those of the Internet. */
export function legacyAddress(address: string): string {
  return LEGACY + address.slice(0, address.lastIndexOf("@"));
}

function readLegacy(address: string): string {
  return address.startsWith(LEGACY) ? `${address.slice(LEGACY.length)}@${OWN_DOMAINS[0] ?? ""}` : address;
}

/** A field as `getAsync` gives it: only what is resolved. */
export function readField(item: Item, field: RecipientField, around: Surroundings): Address[] {
  const { client, has } = around;
  const people: Person[] = item.recipients(field).filter(({ resolved }) => resolved);
  if (field === "to" && listsOrganizer(item, around) && !people.some(({ address }) => address === item.from.address)) {
    people.unshift(item.from);
  }
  const most = has("few-recipients-read") ? client.mostRecipients : people.length;
  return people.slice(0, most).map((person) => readRecipient(person, item, around));
}

function listsOrganizer(item: Item, { has }: Surroundings): boolean {
  return item.kind === "appointment" && (has("organizer-attends") || (item.saved && has("organizer-attends-edited")));
}

function readRecipient({ name, address, kind }: Person, item: Item, { has }: Surroundings): Address {
  const isLegacy = kind === "user" && has("legacy-recipients");
  const type = KINDS[isLegacy ? "external" : kind];
  const isGroup = kind === "list" && has("groups-without-address");
  return {
    name,
    ...(!isGroup && { address: isLegacy ? legacyAddress(address) : address }),
    ...(!(item.kind === "appointment" && has("attendees-without-type")) && { recipientType: type }),
    appointmentResponse: 0,
  };
}

export function readSender({ from }: Item, { has }: Surroundings): Address {
  return {
    name: from.name,
    address: has("legacy-from") ? legacyAddress(from.address) : from.address,
    ...(!has("from-without-type") && { recipientType: KINDS[from.kind] }),
  };
}

/** The field after `setAsync`, or with `before` after `addAsync`. */
export function writtenField(
  before: readonly Recipient[],
  given: readonly Given[],
  { client, has }: Surroundings,
): readonly Recipient[] | Refusal {
  if (client.classic === true && has("groups-without-address") && given.some(({ address }) => isMissing(address))) {
    return "no-address";
  }
  const after = [...before, ...given.map(writtenRecipient)];
  return has("few-recipients-written") && after.length > client.mostRecipients ? "too-many" : after;
}

function isMissing(address: unknown): boolean {
  return typeof address !== "string" || address === "";
}

function writtenRecipient({ address, name }: Given): Recipient {
  const said = isMissing(address) ? name : address;
  const typed = readLegacy(typeof said === "string" ? said : "");
  const isNamed = typeof name === "string" && name !== said;
  return { ...personOf(typed, isNamed ? name : ""), resolved: typed.includes("@") };
}
