import assert from "node:assert/strict";
import { test } from "node:test";

import { CLIENTS, type ClientId } from "../clients";
import { Item, type ItemKind, type Recipient } from "../item/item";
import { ME, personOf } from "../people";
import type { QuirkId } from "../quirks";
import { legacyAddress, readField, readSender, writtenField, type Surroundings } from "./addressing";

const around = (client: ClientId, ...quirks: QuirkId[]): Surroundings => ({
  client: CLIENTS[client],
  has: (quirk) => quirks.includes(quirk),
});
const person = (address: string): Recipient => ({ ...personOf(address), resolved: true });
const BO = person("bo.lind@kommune.example");
const ANNA = person("anna@region.example");
const GROUP = person("sagsbehandlere@kommune.example");
const TYPED: Recipient = { name: "Jens", address: "", kind: "other", resolved: false };

const item = (to: readonly Recipient[], kind: ItemKind = "message"): Item =>
  new Item({ kind, composeType: "newMail", from: ME, recipients: { to } });
const many = (count: number): Recipient[] => Array.from({ length: count }, (_, n) => person(`n${String(n)}@x.example`));

const reads: [name: string, item: Item, around: Surroundings, expected: (string | undefined)[]][] = [
  ["what is not resolved is missing", item([BO, TYPED]), around("web"), [BO.address]],
  [
    "a colleague's old address",
    item([BO, ANNA]),
    around("web", "legacy-recipients"),
    [legacyAddress(BO.address), ANNA.address],
  ],
  [
    "a group without an address",
    item([GROUP, ANNA]),
    around("web", "groups-without-address"),
    [undefined, ANNA.address],
  ],
  [
    "the organizer is first",
    item([BO], "appointment"),
    around("classic", "organizer-attends"),
    [ME.address, BO.address],
  ],
  [
    "and there once",
    item([BO, person(ME.address)], "appointment"),
    around("classic", "organizer-attends"),
    [BO.address, ME.address],
  ],
  ["a mail has no organizer", item([BO]), around("classic", "organizer-attends"), [BO.address]],
  [
    "nor has a new meeting on the web",
    item([BO], "appointment"),
    around("web", "organizer-attends-edited"),
    [BO.address],
  ],
];
for (const [name, read, surroundings, expected] of reads) {
  void test(`read: ${name}`, () =>
    assert.deepEqual(
      readField(read, "to", surroundings).map(({ address }) => address),
      expected,
    ));
}

const lengths: [client: ClientId, there: number, read: number][] = [
  ["web", 1001, 1000],
  ["classic2602", 1001, 1000],
  ["classic", 501, 500],
  ["phone", 101, 100],
  ["mac", 1001, 1001],
];
for (const [client, there, read] of lengths) {
  void test(`${client} reads ${String(read)} of ${String(there)}`, () =>
    assert.equal(readField(item(many(there)), "to", around(client, "few-recipients-read")).length, read));
}

void test("the sender has a type, or none", () => {
  assert.equal(readSender(item([]), around("web")).recipientType, 2);
  assert.equal("recipientType" in readSender(item([]), around("web", "from-without-type")), false);
  assert.equal(readSender(item([]), around("web", "legacy-from")).address, legacyAddress(ME.address));
});

void test("what is read can be written back", () => {
  const quirky = around("web", "legacy-recipients");
  assert.deepEqual(writtenField([], readField(item([BO, ANNA]), "to", quirky), quirky), [BO, ANNA]);
});

const writes: [
  name: string,
  before: number,
  given: { name: string; address?: string }[],
  Surroundings,
  string | number,
][] = [
  ["no address, classic", 0, [{ name: "Gruppe" }], around("classic", "groups-without-address"), "no-address"],
  [
    "an empty address, classic",
    0,
    [{ name: "Gruppe", address: "" }],
    around("classic", "groups-without-address"),
    "no-address",
  ],
  ["no address, web", 0, [{ name: "Gruppe" }], around("web", "groups-without-address"), 1],
  ["up to the limit", 499, [{ name: "A", address: "a@x.example" }], around("classic", "few-recipients-written"), 500],
  [
    "past the limit",
    500,
    [{ name: "A", address: "a@x.example" }],
    around("classic", "few-recipients-written"),
    "too-many",
  ],
  ["no limit", 500, [{ name: "A", address: "a@x.example" }], around("mac", "few-recipients-written"), 501],
];
for (const [name, before, given, surroundings, expected] of writes) {
  void test(`written: ${name}`, () => {
    const after = writtenField(many(before), given, surroundings);
    assert.equal(typeof after === "string" ? after : after.length, expected);
  });
}
