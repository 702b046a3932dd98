import assert from "node:assert/strict";
import { test } from "node:test";

import type { Draft } from "../contract";
import { readContent } from "../judge/content";
import { engineThatWants, packOf, sourceOf, verdict } from "../judge/fake-engine";
import { FakeOffice } from "../office/fake-office";
import { handlers } from "./handlers";

const SENDS = () => JSON.stringify(verdict("send"));

void test("what is wanted is asked of the engine with the recipients known, and judged with the rest", () => {
  const fake = new FakeOffice();
  let asked: Draft | undefined;
  const engine = engineThatWants("body", SENDS);
  engine.wanted = (draft) => {
    asked = structuredClone(draft);
    return "body";
  };
  handlers({ pack: () => packOf("ask"), engines: sourceOf(engine), content: readContent }).onMessageSend({
    completed: () => undefined,
  });
  fake.flush();
  assert.deepEqual([asked?.recipients?.length, asked?.body], [1, undefined]);
  assert.deepEqual(
    engine.drafts.map(({ body }) => body?.content),
    ["<p>Hej</p>"],
    "it is judged once",
  );
});

void test("no text is read while a mail is written", () => {
  const compose = ["onMessageCompose", "onMessageRecipientsChanged", "onAppointmentAttendeesChanged"] as const;
  for (const name of compose) {
    const fake = new FakeOffice();
    const engines = sourceOf(engineThatWants("body attachments", SENDS));
    handlers({ pack: () => packOf("ask"), engines, content: readContent })[name]({ completed: () => undefined });
    fake.flush();
    assert.ok(fake.names().length > 0);
    assert.ok(!fake.names().some((call) => call.startsWith("body.") || call === "getAttachmentsAsync"), name);
  }
});
