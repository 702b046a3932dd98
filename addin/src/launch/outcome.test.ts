import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { verdict } from "../judge/fake-engine";
import { outcome, type Abilities } from "./outcome";

const OLD: Abilities = { button: false, markdown: false };
const BUTTON: Abilities = { button: true, markdown: false };
const NEW: Abilities = { button: true, markdown: true };
const CONTEXT = '{"from":"send"}';
const STOP = { allowEvent: false, errorMessage: "stop text" };
const ASK = { allowEvent: false, errorMessage: "ask text" };
const stopButton = { commandId: "SendvagtPaneMessage", cancelLabel: "stop button", contextData: CONTEXT };
const askButton = {
  commandId: "SendvagtPaneMessage",
  cancelLabel: "ask button",
  contextData: CONTEXT,
  sendModeOverride: "promptUser",
};

void suite("a verdict in Outlook's terms", () => {
  const rows = [
    { name: "send, old client", decision: "send", abilities: OLD, expected: { completion: { allowEvent: true } } },
    { name: "send, new client", decision: "send", abilities: NEW, expected: { completion: { allowEvent: true } } },
    { name: "stop, old client", decision: "stop", abilities: OLD, expected: { completion: STOP } },
    { name: "stop, button", decision: "stop", abilities: BUTTON, expected: { completion: { ...STOP, ...stopButton } } },
    {
      name: "stop, Markdown",
      decision: "stop",
      abilities: NEW,
      expected: { completion: { ...STOP, errorMessageMarkdown: "stop markdown", ...stopButton } },
    },
    {
      name: "ask, old client",
      decision: "ask",
      abilities: OLD,
      expected: {
        completion: { allowEvent: false, errorMessage: "ask again" },
        mark: "ask mark",
        stuck: "ask stuck",
      },
    },
    { name: "ask, button", decision: "ask", abilities: BUTTON, expected: { completion: { ...ASK, ...askButton } } },
    {
      name: "ask, Markdown",
      decision: "ask",
      abilities: NEW,
      expected: { completion: { ...ASK, errorMessageMarkdown: "ask markdown", ...askButton } },
    },
  ] as const;
  for (const { name, decision, abilities, expected } of rows) {
    void test(name, () => assert.deepEqual(outcome(verdict(decision), "message", abilities, undefined), expected));
  }

  void test("an appointment has a task pane of its own", () =>
    assert.equal(
      outcome(verdict("stop"), "appointment", NEW, undefined).completion.commandId,
      "SendvagtPaneAppointment",
    ));

  void test("on an old client the second send of a draft passes after a question", () =>
    assert.deepEqual(outcome(verdict("ask"), "message", OLD, "ask mark"), { completion: { allowEvent: true } }));

  void test("the mark of another question does not let a mail pass", () => {
    assert.equal(outcome(verdict("ask"), "message", OLD, "other").completion.allowEvent, false);
    assert.equal(outcome(verdict("stop"), "message", OLD, "ask mark").completion.allowEvent, false);
  });

  void test("a mark does not let a mail pass on a client with Send anyway", () =>
    assert.equal(outcome(verdict("ask"), "message", BUTTON, "ask mark").completion.allowEvent, false));

  void test("a verdict without an alert holds the mail back", () => {
    assert.deepEqual(outcome({ decision: "stop" }, "message", NEW, undefined), {
      completion: { allowEvent: false },
    });
  });
});
