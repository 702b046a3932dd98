import assert from "node:assert/strict";
import { test } from "node:test";

import { CLIENTS, type ClientId } from "./clients";
import { QUIRK_IDS, QUIRKS, Quirks } from "./quirks";

const playing = (client: ClientId): Quirks => new Quirks(() => CLIENTS[client]);

void test("only what is documented for the client is on", () => {
  for (const { id } of Object.values(CLIENTS)) {
    const documented = QUIRK_IDS.filter((quirk) => QUIRKS[quirk].clients[id] === "documented");
    assert.deepEqual(playing(id).list, documented, id);
  }
});

const rows: [client: ClientId, quirk: (typeof QUIRK_IDS)[number], on: boolean][] = [
  ["classic", "organizer-attends", true],
  ["web", "organizer-attends", false],
  ["web", "organizer-attends-edited", true],
  ["mac", "attendees-without-type", true],
  ["mac", "few-recipients-read", false],
  ["classic2602", "few-recipients-read", true],
  ["phone", "one-bar", true],
  ["web", "prefix-stays", false],
];
for (const [client, quirk, on] of rows) {
  void test(`${client}: ${quirk}`, () => assert.equal(playing(client).has(quirk), on));
}

void test("a switch holds for every client, until it is reset", () => {
  let client: ClientId = "web";
  const quirks = new Quirks(() => CLIENTS[client]);
  quirks.set("one-bar", true);
  quirks.set("from-without-type", false);
  client = "mac";
  assert.deepEqual([quirks.has("one-bar"), quirks.has("from-without-type")], [true, false]);
  quirks.reset();
  assert.deepEqual([quirks.has("one-bar"), quirks.has("from-without-type")], [false, true]);
});
