import assert from "node:assert/strict";
import { test } from "node:test";

import { readCompleted } from "./completed";

const stop = { allowEvent: false, errorMessage: "m" };

void test("a mail that may go needs nothing more", () =>
  assert.deepEqual(readCompleted({ allowEvent: true }, "1.12"), {
    options: { allowEvent: true, promptUser: false },
    violations: [],
    ignored: [],
  }));

void test("a client that supports all documented options reads them all", () => {
  const given = {
    ...stop,
    errorMessageMarkdown: "**m**",
    cancelLabel: "Ret emnet",
    commandId: "pane",
    contextData: "{}",
    sendModeOverride: "promptUser",
  };
  const { options, violations, ignored } = readCompleted(given, "1.15");
  assert.deepEqual(options, {
    allowEvent: false,
    errorMessage: "m",
    errorMessageMarkdown: "**m**",
    cancelLabel: "Ret emnet",
    commandId: "pane",
    contextData: "{}",
    promptUser: true,
  });
  assert.deepEqual([violations, ignored], [[], []]);
});

const older: { mailbox: string; ignored: string[] }[] = [
  { mailbox: "1.12", ignored: ["errorMessageMarkdown", "cancelLabel", "commandId", "contextData", "sendModeOverride"] },
  { mailbox: "1.14", ignored: ["errorMessageMarkdown"] },
  { mailbox: "1.15", ignored: [] },
];
for (const { mailbox, ignored } of older) {
  void test(`a client with Mailbox ${mailbox} ignores unknown options without a violation`, () => {
    const given = {
      ...stop,
      errorMessageMarkdown: "m",
      cancelLabel: "l",
      commandId: "c",
      contextData: "d",
      sendModeOverride: "promptUser",
    };
    const reading = readCompleted(given, mailbox);
    assert.deepEqual([reading.ignored, reading.violations], [ignored, []]);
  });
}

const faults: { name: string; given: unknown; says: RegExp }[] = [
  { name: "a misspelt option", given: { ...stop, errorMesage: "x" }, says: /no option "errorMesage"/ },
  {
    name: "an option named as a property every object has",
    given: { ...stop, toString: "x" },
    says: /no option "toString"/,
  },
  { name: "a message of 501", given: { allowEvent: false, errorMessage: "x".repeat(501) }, says: /501.*500/ },
  {
    name: "a Markdown message of 501",
    given: { ...stop, errorMessageMarkdown: "x".repeat(501) },
    says: /errorMessageMarkdown is 501/,
  },
  { name: "a label of 21", given: { ...stop, cancelLabel: "x".repeat(21) }, says: /cancelLabel is 21/ },
  {
    name: "contextData that is an object",
    given: { ...stop, commandId: "c", contextData: {} },
    says: /contextData must be a string/,
  },
  { name: "contextData without commandId", given: { ...stop, contextData: "{}" }, says: /without commandId/ },
  { name: "an override that tightens", given: { ...stop, sendModeOverride: "block" }, says: /only "promptUser"/ },
  { name: "no allowEvent", given: { errorMessage: "m" }, says: /without allowEvent/ },
  { name: "allowEvent as a string", given: { allowEvent: "false" }, says: /allowEvent must be a boolean/ },
  { name: "nothing at all", given: undefined, says: /without allowEvent/ },
  { name: "a bare boolean", given: true, says: /takes an object/ },
  { name: "Markdown alone", given: { allowEvent: false, errorMessageMarkdown: "m" }, says: /needs errorMessage/ },
];
for (const { name, given, says } of faults) {
  void test(`${name} is a violation`, () => {
    const { options, violations } = readCompleted(given, "1.16");
    assert.match(violations.join("\n"), says);
    assert.equal(options.allowEvent, false);
  });
}

void test("exactly 500 and exactly 20 are allowed", () => {
  const { violations } = readCompleted(
    { allowEvent: false, errorMessage: "æ".repeat(500), cancelLabel: "ø".repeat(20), commandId: "c" },
    "1.16",
  );
  assert.deepEqual(violations, []);
});

void test("a message that is too long is cut, so that the dialog shows what Outlook could show", () =>
  assert.equal(
    readCompleted({ allowEvent: false, errorMessage: "x".repeat(600) }, "1.16").options.errorMessage?.length,
    500,
  ));
