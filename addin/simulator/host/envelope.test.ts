import assert from "node:assert/strict";
import { test } from "node:test";

import { AnswerCode, readRequest, writeAnswer, writeEvent } from "./envelope";

const request = (change: object = {}): string =>
  JSON.stringify({
    _messageType: 0,
    _actionName: "ExecuteMethod",
    _conversationId: "c1",
    _correlationId: 7,
    _origin: "https://a",
    _data: { x: 1 },
    _actionType: 0,
    _serializerVersion: 1,
    ...change,
  });

void test("reads an invoke as office.js writes it", () =>
  assert.deepEqual(readRequest(request()), {
    action: "ExecuteMethod",
    kind: "invoke",
    conversation: "c1",
    correlation: 7,
    data: { x: 1 },
  }));

void test("distinguishes the three kinds of request", () => {
  const kinds = [0, 1, 2].map((_actionType) => readRequest(request({ _actionType }))?.kind);
  assert.deepEqual(kinds, ["invoke", "register", "unregister"]);
});

void test("ignores what is not a request", () => {
  const others: unknown[] = [
    undefined,
    { _messageType: 0 },
    "",
    "not json",
    "null",
    "[]",
    "7",
    request({ _messageType: 1 }),
    request({ _actionType: 3 }),
    request({ _actionName: 4 }),
    request({ _conversationId: null }),
    request({ _correlationId: "7" }),
  ];
  for (const other of others) {
    assert.equal(readRequest(other), undefined, JSON.stringify(other));
  }
});

void test("an answer repeats the request's name, conversation and number", () => {
  const asked = readRequest(request());
  assert.ok(asked);
  assert.deepEqual(JSON.parse(writeAnswer(asked, "https://host", { ok: true }, AnswerCode.accessDenied)), {
    _messageType: 1,
    _actionName: "ExecuteMethod",
    _conversationId: "c1",
    _correlationId: 7,
    _origin: "https://host",
    _data: { ok: true },
    _errorCode: -5,
    _responseType: 0,
    _serializerVersion: 1,
  });
});

void test("an event is marked as one", () => {
  const event = JSON.parse(writeEvent("appCommandInvoked", "c1", "https://host", ["id", "f", "{}"])) as Record<
    string,
    unknown
  >;
  assert.equal(event["_responseType"], 1);
  assert.equal(event["_actionName"], "appCommandInvoked");
  assert.deepEqual(event["_data"], ["id", "f", "{}"]);
});
