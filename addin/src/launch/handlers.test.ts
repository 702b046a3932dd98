import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, mock, suite, test } from "node:test";

import type { Decision } from "../contract";
import type { Engine } from "../engine/engine";
import type { EngineSource } from "../engine/source";
import { CHECK_LIMIT, OBJECTION_LIMIT } from "../judge/check";
import { BROKEN, engineThat, engineWith, packOf, sourceOf, verdict, type FakeEngine } from "../judge/fake-engine";
import type { Pack } from "../judge/pack";
import * as office from "../office";
import { FakeOffice, FAULTS, type Behaviour, type Setting } from "../office/fake-office";
import { handlers, MARK_LIMIT, type Handlers } from "./handlers";
import type { Completion } from "./outcome";

const DECISIONS: readonly Decision[] = ["send", "ask", "stop"];

/** No outcome may take longer, in milliseconds, whatever fails. */
const PROMISE = 3000;

/** Late in the evening of 1 February, by the user's own clock. */
const NOW = new Date(2026, 1, 1, 23, 30);

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW }));

afterEach(() => {
  // Calls without an answer occupy their slots until their time is up.
  mock.timers.tick(20 * office.CALL_LIMIT);
  mock.timers.reset();
});

interface Run {
  fake: FakeOffice;
  completions: (Completion | undefined)[];
}

interface Given {
  setting?: Setting;
  pack?: Pack | undefined;
  engines: EngineSource;
  handler?: keyof Handlers;
}

function begin({ setting, engines, handler = "onMessageSend", ...given }: Given): Run {
  const fake = new FakeOffice(setting);
  const completions: Run["completions"] = [];
  const pack = "pack" in given ? given.pack : packOf("ask");
  const completed = (options?: Completion) => {
    completions.push(options);
  };
  handlers({ pack: () => pack, engines })[handler]({ completed });
  return { fake, completions };
}

/** Runs until nothing more can happen, and checks the time limit on the way. */
function finish({ fake, completions }: Run): Completion | undefined {
  for (let time = 0; time < PROMISE; time += 100) {
    fake.flush();
    mock.timers.tick(100);
  }
  assert.equal(completions.length, 1, "completed once, in time");
  fake.flush();
  fake.flushLate();
  mock.timers.tick(20 * office.CALL_LIMIT);
  fake.flush();
  assert.equal(completions.length, 1, "and never again");
  return completions[0];
}

const run = (given: Given): Completion | undefined => finish(begin(given));

void suite("completing with a verdict", () => {
  for (const decision of DECISIONS) {
    void test(decision, () => {
      const completion = run({ engines: sourceOf(engineWith(decision)) });
      assert.equal(completion?.allowEvent, decision === "send");
      assert.equal(completion.errorMessage, decision === "send" ? undefined : `${decision} text`);
      assert.equal(completion.sendModeOverride, decision === "ask" ? "promptUser" : undefined);
    });
  }

  void test("an appointment is read and completed as an appointment", () => {
    const engine = engineWith("stop");
    const setting: Setting = { item: "appointment" };
    const completion = run({ setting, engines: sourceOf(engine), handler: "onAppointmentSend" });
    assert.equal(completion?.commandId, "SendvagtPaneAppointment");
    const recipients = [{ field: "required", address: "b@x.example", name: "B", kind: "external" }];
    const from = "leder@x.example";
    assert.deepEqual(engine.drafts, [
      { subject: "Vedr. ansøgning", item: "appointment", date: "2026-02-01", recipients, from },
    ]);
  });

  void test("at most three calls to Office are pending", () => {
    const secureMail = { from: ["a"], labels: ["b"], headers: [{ name: "c" }] };
    const begun = begin({ pack: packOf("ask", secureMail), engines: sourceOf(engineWith("send")) });
    finish(begun);
    assert.equal(begun.fake.most, 3);
  });
});

void suite("what is read of a draft", () => {
  const all = { from: ["a"], labels: ["b"], headers: [{ name: "x-sikker" }] };
  const readWith = (secureMail: Pack["policy"]["secureMail"], setting: Setting = {}) => {
    const engine = engineWith("send");
    const begun = begin({ setting, pack: packOf("stop", secureMail), engines: sourceOf(engine) });
    assert.deepEqual(finish(begun), { allowEvent: true });
    return { draft: engine.drafts[0], names: begun.fake.names() };
  };

  void test("only what the policy needs", () =>
    assert.deepEqual(readWith({}).names, ["subject.getAsync", "to.getAsync", "cc.getAsync", "bcc.getAsync"]));

  void test("everything that the policy needs", () =>
    assert.deepEqual(readWith(all).draft, {
      subject: "Vedr. ansøgning",
      item: "message",
      date: "2026-02-01",
      recipients: [{ field: "to", address: "a@x.example", name: "A", kind: "user" }],
      from: "sikkerpost@x.example",
      labels: ["label-1"],
      headers: { "x-sikker": "ja" },
    }));

  void test("what the client does not support is omitted", () => {
    const { draft } = readWith(all, { mailbox: "1.12" });
    assert.deepEqual(Object.keys(draft ?? {}), ["subject", "item", "date", "recipients", "from", "headers"]);
  });

  void test("recipients are in the order of the fields, whichever answers last", () => {
    const person = (name: string) => [{ emailAddress: `${name}@x.example`, displayName: name, recipientType: "user" }];
    const values = { "to.getAsync": person("t"), "cc.getAsync": person("c"), "bcc.getAsync": person("b") };
    const engine = engineWith("send");
    const begun = begin({ setting: { values, behaviour: { "to.getAsync": "late" } }, engines: sourceOf(engine) });
    begun.fake.flush();
    begun.fake.flushLate();
    assert.deepEqual(
      engine.drafts[0]?.recipients?.map(({ address }) => address),
      ["t@x.example", "c@x.example", "b@x.example"],
    );
    finish(begun);
  });
});

void suite("a call to Office that fails", () => {
  const policy = { from: ["a"], labels: ["b"], headers: [{ name: "c" }] };
  const calls = ["subject.getAsync", "to.getAsync", "bcc.getAsync", "*"];
  for (const name of calls) {
    for (const fault of FAULTS) {
      for (const onFailure of DECISIONS) {
        void test(`${name} ${fault}: ${onFailure}`, () => {
          const setting: Setting = { behaviour: { [name]: fault } };
          const completion = run({ setting, pack: packOf(onFailure, policy), engines: sourceOf(engineWith("send")) });
          assert.equal(completion?.allowEvent, onFailure === "send");
          if (onFailure !== "send") {
            assert.match(completion.errorMessage ?? "", /^da (office|slow) text$/);
          }
        });
      }
    }
  }

  for (const [onFailure, found, shown] of [
    ["send", "stop", "stop text"],
    ["ask", "stop", "stop text"],
    ["stop", "stop", "da office text"],
    ["send", "ask", "ask text"],
    ["ask", "ask", "da office text"],
    ["stop", "ask", "da office text"],
    ["ask", "send", "da office text"],
  ] as const) {
    void test(`${onFailure} on failure, ${found} for what could be read: ${shown}`, () => {
      const setting: Setting = { behaviour: { "bcc.getAsync": "fails" } };
      const completion = run({ setting, pack: packOf(onFailure), engines: sourceOf(engineWith(found)) });
      assert.equal(completion?.errorMessage, shown);
    });
  }

  void test("a call that answers twice counts once", () => {
    const engine = engineWith("send");
    assert.deepEqual(run({ setting: { behaviour: { "subject.getAsync": "twice" } }, engines: sourceOf(engine) }), {
      allowEvent: true,
    });
    assert.deepEqual(
      engine.drafts.map(({ subject }) => subject),
      ["Vedr. ansøgning"],
    );
  });
});

// Where labels are not enabled, reading them fails: each mail of such a user was one that could not be read.
void suite("a sign of secure mail that cannot be read", () => {
  const policy = { from: ["a"], labels: ["b"], headers: [{ name: "c" }] };
  const doubtful = () => engineThat(({ unread }) => JSON.stringify(verdict(unread === undefined ? "send" : "ask")));
  const signs = {
    "from.getAsync": "from",
    "sensitivityLabelsCatalog.getIsEnabledAsync": "labels",
    "sensitivityLabel.getAsync": "labels",
    "internetHeaders.getAsync": "headers",
  };
  for (const [name, part] of Object.entries(signs)) {
    for (const fault of FAULTS) {
      void test(`${name} ${fault}: the engine learns it and decides`, () => {
        const setting: Setting = { behaviour: { [name]: fault } };
        const engine = doubtful();
        const completion = run({ setting, pack: packOf("stop", policy), engines: sourceOf(engine) });
        assert.equal(completion?.errorMessage, "ask text");
        assert.deepEqual(engine.drafts[0]?.unread, [part]);
      });
    }
  }

  void test("nothing is unread where all is read", () => {
    const engine = doubtful();
    assert.deepEqual(run({ pack: packOf("stop", policy), engines: sourceOf(engine) }), { allowEvent: true });
    assert.equal(engine.drafts[0]?.unread, undefined);
  });

  void test("one that has no answer when the time is up is unread, and the check is no failure", () => {
    const behaviour: Record<string, Behaviour> = { "cc.getAsync": "late", "internetHeaders.getAsync": "never" };
    const engine = doubtful();
    const begun = begin({ setting: { behaviour }, pack: packOf("stop", policy), engines: sourceOf(engine) });
    begun.fake.flush();
    mock.timers.tick(1500);
    begun.fake.flushLate();
    assert.equal(finish(begun)?.errorMessage, "ask text");
    assert.deepEqual(engine.drafts[0]?.unread, ["headers"]);
  });
});

void suite("recipients that Outlook does not tell", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ emailAddress: `a${String(n)}@x.example`, displayName: "A" }));
  const unread = (count: number, setting: Setting) => {
    const engine = engineWith("send");
    run({ setting: { ...setting, values: { "cc.getAsync": many(count) } }, engines: sourceOf(engine) });
    return engine.drafts[0]?.unread;
  };

  // Of 1,100 recipients 1,000 were judged, and all were called in order.
  for (const [count, setting, expected] of [
    [999, {}, undefined],
    [1000, {}, ["recipients"]],
    [499, { platform: "PC" }, undefined],
    [500, { platform: "PC" }, ["recipients"]],
    [500, { platform: "PC", mailbox: "1.16" }, undefined],
    [1000, { platform: "PC", mailbox: "1.16" }, ["recipients"]],
    [100, { platform: "iOS" }, ["recipients"]],
    [2000, { platform: "Mac", mailbox: "1.14" }, undefined],
  ] as const) {
    void test(`${String(count)} in a field, ${JSON.stringify(setting)}`, () =>
      assert.deepEqual(unread(count, setting), expected));
  }

  void test("two long fields are told once", () => {
    const engine = engineWith("send");
    const values = { "to.getAsync": many(1000), "cc.getAsync": many(1000) };
    run({ setting: { values }, engines: sourceOf(engine) });
    assert.deepEqual(engine.drafts[0]?.unread, ["recipients"]);
  });
});

void suite("the organizer of a meeting", () => {
  const people = (...names: string[]) =>
    names.map((name) => ({ emailAddress: `${name}@x.example`, displayName: name }));
  const read = (setting: Setting) => {
    const engine = engineWith("send");
    const values = { "requiredAttendees.getAsync": people("Leder", "b"), "optionalAttendees.getAsync": people("c") };
    const begun = begin({
      setting: { item: "appointment", values, ...setting },
      pack: packOf("stop"),
      engines: sourceOf(engine),
      handler: "onAppointmentSend",
    });
    begun.fake.flush();
    begun.fake.flushLate();
    finish(begun);
    return engine.drafts[0]?.recipients?.map(({ address }) => address);
  };

  // Classic Outlook tells the organizer among the required attendees.
  void test("is no recipient, whichever is told first", () => {
    assert.deepEqual(read({}), ["b@x.example", "c@x.example"]);
    assert.deepEqual(read({ behaviour: { "organizer.getAsync": "late" } }), ["b@x.example", "c@x.example"]);
    assert.deepEqual(read({ behaviour: { "requiredAttendees.getAsync": "late" } }), ["b@x.example", "c@x.example"]);
  });

  void test("that cannot be read stays one, and the check is no failure", () =>
    assert.deepEqual(read({ behaviour: { "organizer.getAsync": "fails" } }), [
      "Leder@x.example",
      "b@x.example",
      "c@x.example",
    ]));
});

void suite("an engine that fails", () => {
  for (const [name, make] of Object.entries(BROKEN)) {
    for (const onFailure of DECISIONS) {
      void test(`${name}, no fallback: ${onFailure}`, () => {
        const completion = run({ pack: packOf(onFailure), engines: sourceOf(make()) });
        assert.equal(completion?.allowEvent, onFailure === "send");
        assert.equal(completion.errorMessage, onFailure === "send" ? undefined : "da engine text");
      });
    }

    void test(`${name}, the fallback works`, () => {
      const completion = run({ engines: sourceOf(make(), engineWith("stop")) });
      assert.equal(completion?.errorMessage, "stop text");
    });

    void test(`${name}, the fallback throws: no third try`, () => {
      let tries = 0;
      const engines = sourceOf(
        make(),
        engineThat(() => {
          tries += 1;
          throw new Error("a trap");
        }),
      );
      assert.equal(run({ engines })?.errorMessage, "da engine text");
      assert.equal(tries, 1);
    });

    void test(`${name}, and Office too`, () => {
      const setting: Setting = { behaviour: { "subject.getAsync": "fails" } };
      assert.equal(run({ setting, engines: sourceOf(make()) })?.errorMessage, "da office text");
    });
  }

  void test("sources that throw", () => {
    const throws = () => {
      throw new Error("no engine");
    };
    assert.equal(run({ engines: { first: throws, fallback: throws } })?.errorMessage, "da engine text");
  });

  void test("a source that answers twice counts once", () => {
    const engine = engineWith("send");
    run({
      engines: {
        first: (then) => {
          then(engine);
          then(engine);
        },
      },
    });
    assert.equal(engine.drafts.length, 1);
  });

  void test("a working engine is not asked twice", () => {
    const other: FakeEngine = engineWith("send");
    run({ engines: sourceOf(engineWith("stop"), other) });
    assert.equal(other.drafts.length, 0);
  });
});

void suite("time runs out", () => {
  const never: EngineSource = { first: () => undefined };

  for (const onFailure of DECISIONS) {
    void test(`an engine that never comes: ${onFailure}`, () => {
      const completion = run({ pack: packOf(onFailure), engines: never });
      assert.equal(completion?.allowEvent, onFailure === "send");
      assert.equal(completion.errorMessage, onFailure === "send" ? undefined : "da slow text");
    });
  }

  void test("not before the limit", () => {
    const begun = begin({ engines: never });
    begun.fake.flush();
    mock.timers.tick(CHECK_LIMIT - 1);
    assert.equal(begun.completions.length, 0);
    mock.timers.tick(1);
    assert.equal(begun.completions.length, 1);
    finish(begun);
  });

  void test("an engine that arrives too late changes nothing", () => {
    let come: (engine: Engine | undefined) => void = () => undefined;
    const begun = begin({
      engines: {
        first: (then) => {
          come = then;
        },
      },
    });
    begun.fake.flush();
    mock.timers.tick(CHECK_LIMIT);
    come(engineWith("send"));
    assert.equal(finish(begun)?.errorMessage, "da slow text");
  });

  void test("what was read in time is judged", () => {
    const behaviour: Record<string, Behaviour> = {
      "to.getAsync": "never",
      "cc.getAsync": "never",
      "from.getAsync": "never",
    };
    const engine = engineThat(({ subject }) => JSON.stringify(verdict(subject === "" ? "send" : "stop")));
    // Two calls hang, then the next one: each stays within its own limit, and together they exceed the limit of the
    // check.
    const setting: Setting = {
      behaviour: { ...behaviour, "bcc.getAsync": "never", "internetHeaders.getAsync": "never" },
    };
    const pack = packOf("ask", { from: ["a"], headers: [{ name: "c" }] });
    assert.equal(run({ setting, pack, engines: sourceOf(engine) })?.errorMessage, "stop text");
  });
});

void suite("asking where the client has no Send anyway", () => {
  const old: Setting = { mailbox: "1.13" };
  const asked = (mark: string): Setting => ({ ...old, values: { "sessionData.getAsync": mark } });

  void test("the first send is refused and its mark stored", () => {
    const begun = begin({
      setting: { ...old, behaviour: { "sessionData.getAsync": "fails" } },
      engines: sourceOf(engineWith("ask")),
    });
    assert.deepEqual(finish(begun), { allowEvent: false, errorMessage: "ask again" });
    assert.deepEqual(begun.fake.args("sessionData.setAsync"), [["sendvagt.asked", "ask mark"]]);
  });

  void test("the mark is stored before the event is completed", () => {
    const begun = begin({
      setting: { ...old, behaviour: { "sessionData.setAsync": "late" } },
      engines: sourceOf(engineWith("ask")),
    });
    begun.fake.flush();
    assert.deepEqual(begun.completions, []);
    begun.fake.flushLate();
    assert.equal(begun.completions.length, 1);
    finish(begun);
  });

  for (const fault of FAULTS) {
    void test(`a mark that cannot be stored (${fault}) delays nothing`, () => {
      const completion = run({
        setting: { ...old, behaviour: { "sessionData.setAsync": fault } },
        engines: sourceOf(engineWith("ask")),
      });
      // Each Send asks the same, so that the text must name another way.
      const errorMessage = fault === "nonsense" ? "ask again" : "ask stuck";
      assert.deepEqual(completion, { allowEvent: false, errorMessage });
    });

    void test(`a mark that cannot be read (${fault}) counts as missing`, () => {
      const engine = engineWith("ask");
      const completion = run({
        setting: { ...old, behaviour: { "sessionData.getAsync": fault } },
        engines: sourceOf(engine),
      });
      assert.equal(completion?.errorMessage, "ask again");
      assert.equal(engine.drafts[0]?.asked, undefined);
    });
  }

  void test("the engine receives the mark", () => {
    const engine = engineThat(({ asked }) => JSON.stringify(verdict(asked === "ask mark" ? "send" : "ask")));
    assert.deepEqual(run({ setting: asked("ask mark"), engines: sourceOf(engine) }), { allowEvent: true });
    assert.equal(run({ setting: asked("other"), engines: sourceOf(engine) })?.errorMessage, "ask again");
  });

  void test("a failure, too, asks only once", () => {
    const engines = sourceOf(undefined);
    const first = begin({ setting: asked(""), engines });
    assert.deepEqual(finish(first), { allowEvent: false, errorMessage: "da engine again" });
    assert.deepEqual(first.fake.args("sessionData.setAsync"), [["sendvagt.asked", "unchecked"]]);
    assert.deepEqual(run({ setting: asked("unchecked"), engines }), { allowEvent: true });
    assert.equal(run({ setting: asked("unchecked"), pack: packOf("stop"), engines })?.allowEvent, false);
  });

  void test("a check that times out and a mark that never answers stay within the time limit", () => {
    const behaviour: Record<string, Behaviour> = { "*": "never" };
    assert.deepEqual(run({ setting: { ...old, behaviour }, engines: sourceOf(engineWith("send")) }), {
      allowEvent: false,
      errorMessage: "da slow stuck",
    });
    assert.ok(CHECK_LIMIT + MARK_LIMIT < PROMISE);
  });

  void test("a client with Send anyway needs no mark", () => {
    const begun = begin({ setting: { mailbox: "1.14" }, engines: sourceOf(engineWith("ask")) });
    assert.equal(finish(begun)?.sendModeOverride, "promptUser");
    assert.deepEqual(begun.fake.args("sessionData.setAsync"), []);
  });
});

void suite("a user's objection", () => {
  const objecting = () =>
    engineThat(({ notCpr }) => JSON.stringify(verdict(notCpr?.join() === "1-11-20-7,14-24-30-9" ? "send" : "stop")));
  const marked: Setting = { mailbox: "1.12", values: { "sessionData.getAsync": "1-11-20-7 14-24-30-9" } };
  const none: Setting = { behaviour: { "sessionData.getAsync": "fails" } };

  void test("is read when the mail would be held, and lets it go", () => {
    const begun = begin({ setting: { ...marked, mailbox: "1.15" }, engines: sourceOf(objecting()) });
    assert.deepEqual(finish(begun), { allowEvent: true });
    assert.deepEqual(begun.fake.args("sessionData.getAsync"), [["sendvagt.notCpr"]]);
  });

  void test("works below Mailbox 1.14 too, beside the mark of a question", () => {
    const begun = begin({ setting: marked, engines: sourceOf(objecting()) });
    assert.deepEqual(finish(begun), { allowEvent: true });
    assert.deepEqual(begun.fake.args("sessionData.getAsync"), [["sendvagt.asked"], ["sendvagt.notCpr"]]);
  });

  void test("is not read for a mail that may go, nor from a client that cannot hold it", () => {
    for (const [decision, mailbox] of [
      ["send", "1.15"],
      ["stop", "1.10"],
    ] as const) {
      const begun = begin({ setting: { mailbox }, engines: sourceOf(engineWith(decision)) });
      assert.equal(finish(begun)?.allowEvent, decision === "send");
      assert.deepEqual(begun.fake.args("sessionData.getAsync").flat().includes("sendvagt.notCpr"), false);
    }
  });

  void test("to another number changes nothing", () => {
    const setting: Setting = { values: { "sessionData.getAsync": "0-11-20-7" } };
    assert.equal(run({ setting, engines: sourceOf(objecting()) })?.errorMessage, "stop text");
    assert.equal(run({ setting: none, engines: sourceOf(objecting()) })?.errorMessage, "stop text");
  });

  for (const fault of FAULTS) {
    void test(`that cannot be read (${fault}) leaves the verdict as it was, and soon`, () => {
      const setting: Setting = { behaviour: { "sessionData.getAsync": fault } };
      const begun = begin({ setting, engines: sourceOf(objecting()) });
      begun.fake.flush();
      mock.timers.tick(OBJECTION_LIMIT);
      assert.equal(begun.completions[0]?.errorMessage, "stop text");
      finish(begun);
    });
  }

  void test("never lets a mail through that could not be read in full", () => {
    const setting: Setting = { ...marked, behaviour: { "bcc.getAsync": "fails" } };
    assert.equal(run({ setting, pack: packOf("ask"), engines: sourceOf(objecting()) })?.allowEvent, false);
  });
});

void suite("the last resort", () => {
  void test("without a pack the mail is held back, with Outlook's own message", () =>
    assert.deepEqual(run({ pack: undefined, engines: sourceOf(engineWith("send")) }), { allowEvent: false }));

  void test("a pack that throws", () => {
    const fake = new FakeOffice();
    const completions: Completion[] = [];
    const pack = () => {
      throw new Error("no pack");
    };
    handlers({ pack, engines: sourceOf(engineWith("send")) }).onMessageSend({
      completed: (options) => {
        completions.push(options);
      },
    });
    assert.deepEqual(finish({ fake, completions }), { allowEvent: false });
  });

  void test("an event that cannot be completed is not completed again", () => {
    const fake = new FakeOffice();
    let tries = 0;
    const completed = () => {
      tries += 1;
      throw new Error("no event");
    };
    handlers({ pack: () => packOf("ask"), engines: sourceOf(engineWith("send")) }).onMessageSend({ completed });
    fake.flush();
    mock.timers.tick(PROMISE);
    assert.equal(tries, 1);
  });

  void test("without Office the failure is reported", () => {
    const completions: Completion[] = [];
    Reflect.deleteProperty(globalThis, "Office");
    handlers({ pack: () => packOf("stop"), engines: sourceOf(engineWith("send")) }).onMessageSend({
      completed: (options) => {
        completions.push(options);
      },
    });
    assert.deepEqual(completions, [{ allowEvent: false, errorMessage: "en office text" }]);
  });

  void test("a runtime without timers works", () => {
    mock.timers.reset();
    const real = globalThis.setTimeout;
    Reflect.deleteProperty(globalThis, "setTimeout");
    try {
      const begun = begin({ engines: sourceOf(engineWith("stop")) });
      begun.fake.flush();
      assert.equal(begun.completions[0]?.errorMessage, "stop text");
    } finally {
      globalThis.setTimeout = real;
      mock.timers.enable({ apis: ["setTimeout"] });
    }
  });
});

void suite("the information bar", () => {
  const SHOW = "notificationMessages.replaceAsync";
  const REMOVE = "notificationMessages.removeAsync";
  const bars = (begun: Run) => begun.fake.names().filter((name) => name === SHOW || name === REMOVE);
  const compose = (engines: EngineSource, setting?: Setting, handler: keyof Handlers = "onMessageCompose") => {
    const begun = begin({ setting: setting ?? {}, engines, handler });
    assert.equal(finish(begun), undefined);
    return begun;
  };
  const insight = (decision: string, commandId = "SendvagtPaneMessage") => ({
    type: "insightMessage",
    message: `${decision} bar`,
    icon: "Icon.16",
    actions: [
      { actionType: "showTaskPane", actionText: `${decision} button`, commandId, contextData: '{"from":"bar"}' },
    ],
  });

  for (const decision of ["ask", "stop"] as const) {
    void test(`${decision} shows it`, () => {
      const begun = compose(sourceOf(engineWith(decision)));
      assert.deepEqual(begun.fake.args(SHOW), [["sendvagt", insight(decision)]]);
    });
  }

  void test("send removes it", () => assert.deepEqual(bars(compose(sourceOf(engineWith("send")))), [REMOVE]));

  void test("it opens the task pane of an appointment", () => {
    const begun = compose(sourceOf(engineWith("stop")), { item: "appointment" }, "onAppointmentAttendeesChanged");
    assert.deepEqual(begun.fake.args(SHOW), [["sendvagt", insight("stop", "SendvagtPaneAppointment")]]);
  });

  for (const setting of [{ mailbox: "1.9" }, { platform: "Android" }, { platform: "iOS" }]) {
    void test(`it has no button with ${JSON.stringify(setting)}`, () => {
      const begun = compose(sourceOf(engineWith("stop")), setting, "onMessageRecipientsChanged");
      const bar = { type: "informationalMessage", message: "stop bar", icon: "Icon.16", persistent: true };
      assert.deepEqual(begun.fake.args(SHOW), [["sendvagt", bar]]);
    });
  }

  for (const fault of FAULTS) {
    // On a phone recipients often cannot be read, and a number in the subject was not shown.
    void test(`Office ${fault}: what was found in the rest is shown, and nothing is called fine`, () => {
      const setting: Setting = { behaviour: { "to.getAsync": fault } };
      assert.deepEqual(compose(sourceOf(engineWith("stop")), setting).fake.args(SHOW).length, 1);
      assert.deepEqual(bars(compose(sourceOf(engineWith("send")), setting)), []);
    });
  }

  for (const [name, make] of Object.entries(BROKEN)) {
    void test(`${name} engine: no bar`, () => assert.deepEqual(bars(compose(sourceOf(make()))), []));
  }

  for (const fault of ["fails", "throws", "late", "never"] as const) {
    void test(`a bar that ${fault} delays nothing`, () => {
      compose(sourceOf(engineWith("stop")), { behaviour: { [SHOW]: fault } });
      compose(sourceOf(engineWith("send")), { behaviour: { [REMOVE]: fault } });
    });
  }

  // Both events share the three calls that Outlook takes at once: a send waited for reads that nobody needed any more.
  void test("a send does not wait for what a compose event was reading", () => {
    const fake = new FakeOffice({
      behaviour: { "to.getAsync": "never", "cc.getAsync": "never", "bcc.getAsync": "never" },
    });
    const composed: unknown[] = [];
    const sent: (Completion | undefined)[] = [];
    const tools = { pack: () => packOf("ask"), engines: sourceOf(engineWith("send")) };
    const { onMessageRecipientsChanged, onMessageSend } = handlers(tools);
    onMessageRecipientsChanged({ completed: () => composed.push("compose") });
    fake.flush();
    const second = new FakeOffice();
    onMessageSend({ completed: (options) => sent.push(options) });
    second.flush();
    assert.deepEqual(sent, [{ allowEvent: true }]);
    assert.deepEqual(composed, ["compose"], "the compose event is completed too, once");
    mock.timers.tick(PROMISE);
    fake.flushLate();
    assert.equal(composed.length, 1);
  });

  void test("without a pack there is none", () => {
    const begun = begin({ pack: undefined, engines: sourceOf(engineWith("stop")), handler: "onNewMessageCompose" });
    finish(begun);
    assert.deepEqual(bars(begun), []);
  });

  void test("an event that is followed by a newer one shows nothing", () => {
    const fake = new FakeOffice();
    const waiting: ((engine: Engine) => void)[] = [];
    const all = handlers({
      pack: () => packOf("ask"),
      engines: {
        first: (then) => {
          waiting.push(then);
        },
      },
    });
    let completed = 0;
    const event = {
      completed: () => {
        completed += 1;
      },
    };
    all.onMessageCompose(event);
    all.onMessageRecipientsChanged(event);
    fake.flush();
    const [first, second] = waiting;
    second?.(engineWith("send"));
    first?.(engineWith("stop"));
    fake.flush();
    assert.deepEqual(bars({ fake, completions: [] }), [REMOVE]);
    assert.equal(completed, 2);
  });
});

// An event wrote the roaming settings to remember that practice was offered. Where it read them as missing, each new mail
// had the offer, and the progress that the user had kept was overwritten.
void suite("the roaming settings", () => {
  const events: (keyof Handlers)[] = [
    "onNewMessageCompose",
    "onMessageRecipientsChanged",
    "onAppointmentAttendeesChanged",
    "onMessageSend",
    "onAppointmentSend",
  ];
  for (const handler of events) {
    for (const decision of DECISIONS) {
      void test(`are neither read nor written by ${handler}: ${decision}`, () => {
        const setting: Setting = { item: handler.includes("Appointment") ? "appointment" : "message" };
        const begun = begin({ setting, engines: sourceOf(engineWith(decision)), handler });
        let uses = 0;
        const { context } = (globalThis as unknown as { Office: { context: object } }).Office;
        Object.defineProperty(context, "roamingSettings", {
          get: () => {
            uses += 1;
          },
        });
        finish(begun);
        assert.equal(uses, 0);
      });
    }
  }
});

// Each call takes time, and some go to the Exchange server.
void suite("how many calls Outlook gets", () => {
  const { secureMail } = JSON.parse(readFileSync(new URL("../../policy.example.json", import.meta.url), "utf8")) as {
    secureMail: Pack["policy"]["secureMail"];
  };
  const policies = { empty: {}, example: secureMail };
  const rows: [handler: keyof Handlers, decision: Decision, empty: number, example: number][] = [
    // Subject and three fields, and the sender for the example; the objections of a mail that is held.
    ["onMessageSend", "send", 4, 5],
    ["onMessageSend", "stop", 5, 6],
    // Subject, two fields and the organizer.
    ["onAppointmentSend", "send", 4, 4],
    // The bar besides, which is taken away, or shown after a look at what the user has dismissed and objected to.
    ["onNewMessageCompose", "send", 0, 0],
    ["onMessageCompose", "send", 5, 6],
    ["onMessageRecipientsChanged", "stop", 8, 9],
    ["onAppointmentAttendeesChanged", "send", 5, 5],
  ];
  for (const [handler, decision, ...counts] of rows) {
    void test(`${handler}, ${decision}: ${counts.join(" and ")}`, () => {
      const found = Object.values(policies).map((signs) => {
        const item = handler.includes("Appointment") ? "appointment" : "message";
        const engines = sourceOf(engineWith(decision));
        const begun = begin({ setting: { item }, pack: packOf("ask", signs), engines, handler });
        finish(begun);
        return begun.fake.calls.length;
      });
      assert.deepEqual(found, counts);
    });
  }
});

void suite("what is asked of Outlook while a mail is written", () => {
  const READS = ["subject.getAsync", "to.getAsync", "cc.getAsync", "bcc.getAsync"];
  const GONE = "notificationMessages.removeAsync";
  const STOPPED = [...READS, "sessionData.getAsync", "sessionData.getAsync", "notificationMessages.replaceAsync"];
  const calls = (handler: keyof Handlers, given: Partial<Given> = {}) => {
    const begun = begin({ engines: sourceOf(engineWith("send")), ...given, handler });
    assert.equal(finish(begun), undefined);
    return begun.fake.names();
  };

  void test("a new message raises two events, and only the one for drafts too is answered with a check", () => {
    assert.deepEqual(calls("onNewMessageCompose"), []);
    assert.deepEqual(calls("onMessageCompose"), [...READS, GONE]);
  });

  for (const mailbox of ["1.5", "1.11"]) {
    void test(`where Outlook has no event for drafts (Mailbox ${mailbox}) the one for new messages is answered`, () =>
      assert.deepEqual(calls("onNewMessageCompose", { setting: { mailbox } }), [...READS, GONE]));
  }

  void test("a finding costs two reads of what the user has said, the bar, and one note of it", () =>
    assert.deepEqual(calls("onMessageCompose", { engines: sourceOf(engineWith("stop")) }), [
      ...STOPPED,
      "sessionData.setAsync",
    ]));

  for (const [handler, sign, read] of [
    ["onMessageFromChanged", "from", "from.getAsync"],
    ["onSensitivityLabelChanged", "labels", "sensitivityLabel.getAsync"],
  ] as const) {
    void test(`${handler} is read anew only where the policy knows the sign`, () => {
      assert.deepEqual(calls(handler), []);
      assert.ok(calls(handler, { pack: packOf("ask", { [sign]: ["a"] }) }).includes(read));
    });
  }

  void test("on a phone the sender is read too, though it claims no set that has it", () => {
    const setting: Setting = { mailbox: "1.5", platform: "iOS" };
    const read = calls("onMessageFromChanged", { setting, pack: packOf("ask", { from: ["a"] }) });
    assert.deepEqual(read, [...READS, "from.getAsync", GONE]);
  });

  void test("a label changes the bar of whichever item is open", () => {
    const pack = packOf("ask", { labels: ["b"] });
    const read = calls("onSensitivityLabelChanged", { pack, setting: { item: "appointment" } });
    assert.ok(read.includes("requiredAttendees.getAsync") && !read.includes("to.getAsync"));
  });
});

void suite("a bar that the user has dismissed", () => {
  const SHOW = "notificationMessages.replaceAsync";
  const REMOVE = "notificationMessages.removeAsync";
  const kept = (lines: string): Setting => ({ values: { "sessionData.getAsync": lines } });
  const written = (begun: Run) => begun.fake.args("sessionData.setAsync");
  const event = (handler: keyof Handlers, setting: Setting, engines = sourceOf(engineWith("stop"))) => {
    const begun = begin({ setting, engines, handler });
    assert.equal(finish(begun), undefined);
    return begun;
  };
  const barOf = (lines: string) => {
    const { fake } = event("onMessageRecipientsChanged", kept(lines));
    return fake.names().filter((name) => name === SHOW || name === REMOVE);
  };

  const dismissals = [
    { name: "the one that is shown is remembered", before: "stop mark", after: "\nstop mark" },
    { name: "beside those from before", before: "b\na", after: "\na\nb" },
    { name: "nothing is remembered when none was shown", before: "\na", after: undefined },
    { name: "nor when nothing is known", before: "", after: undefined },
  ];
  for (const { name, before, after } of dismissals) {
    void test(name, () => {
      const expected = after === undefined ? [] : [["sendvagt.bar", after]];
      assert.deepEqual(written(event("onInfoBarDismissClicked", kept(before))), expected);
    });
  }

  void test("stays away for the same findings", () => assert.deepEqual(barOf("\nstop mark"), [REMOVE]));
  void test("and also when others were shown in the meantime", () =>
    assert.deepEqual(barOf("other\na\nstop mark"), [REMOVE]));
  void test("comes for other findings", () => assert.deepEqual(barOf("\nother"), [SHOW]));
  void test("a mark that was shown and not dismissed is no dismissal", () =>
    assert.deepEqual(barOf("stop mark"), [SHOW]));

  void test("what is shown is noted once, with what was dismissed", () => {
    assert.deepEqual(written(event("onMessageCompose", kept("\na"))), [["sendvagt.bar", "stop mark\na"]]);
    assert.deepEqual(written(event("onMessageCompose", kept("stop mark\na"))), []);
  });

  void test("a client without session data is not asked for it", () =>
    assert.ok(
      !event("onMessageCompose", { mailbox: "1.10" })
        .fake.names()
        .some((name) => name.startsWith("session")),
    ));

  for (const fault of FAULTS) {
    void test(`memory that ${fault} shows the bar and delays no event for long`, () => {
      const behaviour = { "sessionData.getAsync": fault, "sessionData.setAsync": fault };
      assert.equal(event("onMessageCompose", { behaviour }).fake.args(SHOW).length, 1);
      event("onInfoBarDismissClicked", { behaviour });
    });
  }

  void test("pressing Send stops what the bar is still waiting for", () => {
    const fake = new FakeOffice({ mailbox: "1.12", behaviour: { "sessionData.getAsync": "never" } });
    const done: string[] = [];
    const all = handlers({ pack: () => packOf("ask"), engines: sourceOf(engineWith("stop")) });
    all.onInfoBarDismissClicked({ completed: () => void done.push("dismissed") });
    all.onMessageCompose({ completed: () => void done.push("composed") });
    fake.flush();
    assert.equal(done.length, 0);
    all.onMessageSend({ completed: () => void done.push("sent") });
    assert.deepEqual(done.sort(), ["composed", "dismissed"]);
    const asked = fake.names().length;
    fake.flush();
    mock.timers.tick(PROMISE);
    assert.ok(!fake.names().slice(asked).includes(SHOW), "and no bar comes after it");
    assert.equal(done.length, 3);
  });
});

void suite("the conversation of a reply", () => {
  const WRITE = "sessionData.setAsync";
  const RECIPIENTS = ["to.getAsync", "cc.getAsync", "bcc.getAsync"];
  const on: Pack = { ...packOf("ask"), policy: { secureMail: {}, conversation: true } };
  const kind = (composeType: string): Setting => ({ values: { getComposeTypeAsync: { composeType } } });
  const begun = (setting: Setting = {}, engines = sourceOf(engineWith("send")), pack = on) => {
    const run = begin({ setting, pack, engines, handler: "onNewMessageCompose" });
    assert.equal(finish(run), undefined);
    return run.fake;
  };

  void test("is noted when it is begun, by what the engine makes of its recipients", () => {
    const fake = begun();
    assert.deepEqual(fake.names(), ["getComposeTypeAsync", "subject.getAsync", ...RECIPIENTS, WRITE]);
    assert.deepEqual(fake.args(WRITE), [["sendvagt.conversation", "11"]]);
  });

  // Everybody is new in a forward; who was in the conversation stands in its text alone.
  for (const type of ["newMail", "forward", "other"]) {
    void test(`is not noted of ${type}`, () => assert.deepEqual(begun(kind(type)).names(), ["getComposeTypeAsync"]));
  }

  void test("is not noted where the policy does not ask, or the client keeps nothing", () => {
    assert.deepEqual(begun({}, sourceOf(engineWith("send")), packOf("ask")).names(), []);
    assert.ok(!begun({ mailbox: "1.10" }).names().includes(WRITE));
  });

  void test("is noted before the bar where one event does both", () => {
    const names = begun({ mailbox: "1.11" }).names();
    assert.ok(names.includes(WRITE) && names.includes("notificationMessages.removeAsync"));
  });

  const calls = ["getComposeTypeAsync", "to.getAsync", WRITE];
  for (const [name, fault] of calls.flatMap((name) => FAULTS.map((fault) => [name, fault] as const))) {
    void test(`${name} that ${fault} ends the event, and nothing is noted of what could not be read`, () => {
      const fake = begun({ behaviour: { [name]: fault } });
      assert.equal(fake.names().includes(WRITE), name === WRITE);
    });
  }

  for (const [name, make] of Object.entries(BROKEN)) {
    void test(`an engine that is ${name} ends the event`, () => void begun({}, sourceOf(make())));
  }
  void test("an engine that traps notes nothing", () => {
    const engine: Engine = {
      ...engineWith("send"),
      conversation: () => {
        throw new Error("a trap");
      },
    };
    assert.ok(!begun({}, sourceOf(engine)).names().includes(WRITE));
  });
  void test("an engine that never comes ends the event", () => void begun({}, { first: () => undefined }));

  void test("pressing Send gives it up", () => {
    const fake = new FakeOffice({ behaviour: { getComposeTypeAsync: "never" } });
    const done: string[] = [];
    const all = handlers({ pack: () => on, engines: sourceOf(engineWith("send")) });
    all.onNewMessageCompose({ completed: () => void done.push("begun") });
    all.onMessageSend({ completed: () => void done.push("sent") });
    assert.deepEqual(done, ["begun"]);
    fake.flush();
    assert.deepEqual(done, ["begun", "sent"]);
  });

  const sent = (setting: Setting, handler: keyof Handlers = "onMessageSend", pack = on) => {
    const engine = engineWith("send");
    const run = begin({ setting, pack, engines: sourceOf(engine), handler });
    assert.deepEqual(finish(run), { allowEvent: true });
    return engine.drafts[0]?.conversation;
  };
  const kept: Setting = { values: { "sessionData.getAsync": "1 2" } };

  void test("is read at a send, where the policy asks", () => {
    assert.equal(sent(kept), "1 2");
    assert.equal(sent(kept, "onMessageSend", packOf("ask")), undefined);
    assert.equal(sent({ ...kept, item: "appointment" }, "onAppointmentSend"), undefined);
    assert.equal(sent({ ...kept, mailbox: "1.10" }), undefined);
    assert.equal(sent({ values: { "sessionData.getAsync": "" } }), undefined);
  });
  for (const fault of FAULTS) {
    void test(`a note that ${fault} is none`, () =>
      assert.equal(sent({ behaviour: { "sessionData.getAsync": fault } }), undefined));
  }
});
