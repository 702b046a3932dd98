import assert from "node:assert/strict";
import { test } from "node:test";

import { CLIENTS, type ClientId } from "../clients";
import type { SendMode } from "../manifest/manifest";
import { alertFor, type Situation } from "./policy";

const stop = { allowEvent: false, promptUser: false, errorMessage: "m" };
const blocked = (change: object = {}): Situation => ({ kind: "blocked", completed: { ...stop, ...change } });

// A button is written `id` or `id:label`.
const buttons = (situation: Situation, mode: SendMode, client: ClientId = "web"): string =>
  (alertFor(situation, mode, CLIENTS[client])?.buttons ?? [])
    .map(({ id, label }) => (label === undefined ? id : `${id}:${label}`))
    .join(" ");

const byMode: [name: string, situation: Situation, prompt: string, soft: string, block: string][] = [
  ["blocked", blocked(), "send-anyway dont-send", "dont-send", "dont-send"],
  [
    "blocked, override",
    blocked({ promptUser: true }),
    "send-anyway dont-send",
    "send-anyway dont-send",
    "send-anyway dont-send",
  ],
  ["unavailable", { kind: "unavailable" }, "send-anyway try-later", "send-anyway try-later", "dont-send"],
  ["not associated", { kind: "not-associated" }, "send-anyway dont-send", "dont-send", "dont-send"],
  ["slow", { kind: "slow" }, "send-anyway dont-send", "dont-send", "dont-send"],
  ["offline", { kind: "offline" }, "", "dont-send", "dont-send"],
  ["timed out", { kind: "timed-out" }, "send-anyway dont-send", "dont-send", "dont-send"],
];
for (const [name, situation, prompt, soft, block] of byMode) {
  void test(`${name}: the buttons of the three send modes`, () =>
    assert.deepEqual(
      [buttons(situation, "PromptUser"), buttons(situation, "SoftBlock"), buttons(situation, "Block")],
      [prompt, soft, block],
    ));
}

const action = blocked({ cancelLabel: "Ret emnet", commandId: "pane", contextData: "{}" });
const byClient: [client: ClientId, expected: string][] = [
  ["web", "take-action:Ret emnet dont-send"],
  ["new", "take-action:Ret emnet dont-send"],
  ["classic2602", "take-action:Ret emnet dont-send"],
  ["classic", "take-action:Ret emnet dont-send"],
  ["ltsc2024", "dont-send:Ret emnet"],
  ["mac", "dont-send:Ret emnet"],
  ["old", "dont-send"],
];
for (const [client, expected] of byClient) {
  void test(`an action on ${client}`, () => assert.equal(buttons(action, "SoftBlock", client), expected));
}

void test("a label without a command does nothing on the clients with a separate button", () =>
  assert.equal(buttons(blocked({ cancelLabel: "Ret emnet" }), "SoftBlock"), "dont-send"));

void test("a mail that may go raises no dialog", () =>
  assert.equal(alertFor(blocked({ allowEvent: true }), "Block", CLIENTS.web), null));

void test("Markdown needs a client with 1.15 or later", () => {
  const both = blocked({ errorMessageMarkdown: "**m**" });
  const shown = (["web", "classic", "mac", "old"] as const).map(
    (id) => alertFor(both, "SoftBlock", CLIENTS[id])?.markdown,
  );
  assert.deepEqual(shown, ["**m**", "**m**", undefined, undefined]);
});

void test("closing the dialog opens the pane on one client only", () => {
  const closing = (["web", "ltsc2024", "mac"] as const).map(
    (id) => alertFor(action, "SoftBlock", CLIENTS[id])?.closingTakesAction,
  );
  assert.deepEqual(closing, [false, true, false]);
});
