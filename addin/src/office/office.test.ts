import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, suite, test } from "node:test";

import { FakeOffice, type Behaviour } from "./fake-office";
import * as office from "./index";
import type { Answer } from "./index";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));

afterEach(() => {
  // Calls without an answer occupy their slots until their time is up.
  mock.timers.tick(10 * office.CALL_LIMIT);
  mock.timers.reset();
});

type Call = (then: (answer: Answer<unknown>) => void) => void;

interface Row {
  name: string;
  call: Call;
  value: unknown;
  item?: "appointment";
  /** Calls whose answer has no value accept any value. */
  valueless?: true;
}

const A = { field: "to", address: "a@x.example", name: "A", kind: "user" };
const B = { field: "required", address: "b@x.example", name: "B", kind: "external" };

const ROWS: Row[] = [
  {
    name: "subject.getAsync",
    call: (then) => {
      office.readSubject(then);
    },
    value: "Vedr. ansøgning",
  },
  {
    name: "to.getAsync",
    call: (then) => {
      office.readRecipients("to", then);
    },
    value: [A],
  },
  {
    name: "cc.getAsync",
    call: (then) => {
      office.readRecipients("cc", then);
    },
    value: [],
  },
  {
    name: "bcc.getAsync",
    call: (then) => {
      office.readRecipients("bcc", then);
    },
    value: [],
  },
  {
    name: "requiredAttendees.getAsync",
    call: (then) => {
      office.readRecipients("required", then);
    },
    value: [B],
    item: "appointment",
  },
  {
    name: "optionalAttendees.getAsync",
    call: (then) => {
      office.readRecipients("optional", then);
    },
    value: [],
    item: "appointment",
  },
  {
    name: "from.getAsync",
    call: (then) => {
      office.readFrom("message", then);
    },
    value: "sikkerpost@x.example",
  },
  {
    name: "organizer.getAsync",
    call: (then) => {
      office.readFrom("appointment", then);
    },
    value: "leder@x.example",
    item: "appointment",
  },
  {
    name: "sensitivityLabel.getAsync",
    call: (then) => {
      office.readLabels(then);
    },
    value: ["label-1"],
  },
  {
    name: "sensitivityLabelsCatalog.getIsEnabledAsync",
    call: (then) => {
      office.readLabels(then);
    },
    value: ["label-1"],
  },
  {
    name: "internetHeaders.getAsync",
    call: (then) => {
      office.readHeaders(["x-sikker"], then);
    },
    value: { "x-sikker": "ja" },
  },
  {
    name: "body.getTypeAsync",
    call: (then) => office.readBodyType(then),
    value: "html",
  },
  {
    name: "getInitializationContextAsync",
    call: (then) => office.initializationContext(then),
    value: '{"from":"send"}',
  },
  {
    name: "sessionData.setAsync",
    call: (then) => {
      office.writeAsked("mark", then);
    },
    value: true,
    valueless: true,
  },
  {
    name: "subject.setAsync",
    call: (then) => office.writeSubject("Emne", then),
    value: true,
    valueless: true,
  },
  {
    name: "to.addAsync",
    call: (then) => office.addRecipient({ field: "to", address: "a@x.example" }, then),
    value: true,
    valueless: true,
  },
  {
    name: "body.prependAsync",
    call: (then) => office.prependBody("x", "text", then),
    value: true,
    valueless: true,
  },
  {
    name: "roamingSettings.saveAsync",
    call: (then) => office.saveSettings({ a: 1 }, then),
    value: true,
    valueless: true,
  },
  {
    name: "addHandlerAsync",
    call: (then) => office.onRecipientsChanged(() => undefined, then),
    value: true,
    valueless: true,
  },
  {
    name: "notificationMessages.replaceAsync",
    call: (then) => office.showBar("sendvagt", { text: "Se efter" }, then),
    value: true,
    valueless: true,
  },
  {
    name: "notificationMessages.removeAsync",
    call: (then) => office.removeBar("sendvagt", then),
    value: true,
    valueless: true,
  },
];

const REASONS: [Behaviour, Answer<unknown>][] = [
  ["fails", { ok: false, reason: "failed" }],
  ["throws", { ok: false, reason: "threw" }],
  ["late", { ok: false, reason: "late" }],
  ["never", { ok: false, reason: "late" }],
  ["nonsense", { ok: false, reason: "nonsense" }],
];

function answers(fake: FakeOffice, call: Call): Answer<unknown>[] {
  const got: Answer<unknown>[] = [];
  call((answer) => {
    got.push(answer);
  });
  fake.flush();
  mock.timers.tick(office.CALL_LIMIT - 1);
  fake.flush();
  mock.timers.tick(1);
  fake.flushLate();
  return got;
}

for (const { name, call, value, item, valueless } of ROWS) {
  void suite(`${name} of ${item ?? "message"}`, () => {
    const setting = (behaviour: Behaviour) => ({ item, behaviour: { [name]: behaviour } });
    const works = { ok: true, value };
    for (const behaviour of ["works", "twice"] as const) {
      void test(behaviour, () => assert.deepEqual(answers(new FakeOffice(setting(behaviour)), call), [works]));
    }
    for (const [behaviour, answer] of REASONS) {
      void test(behaviour, () => {
        const expected = behaviour === "nonsense" && valueless ? works : answer;
        assert.deepEqual(answers(new FakeOffice(setting(behaviour)), call), [expected]);
      });
    }
  });
}

void suite("values", () => {
  const read = (call: Call, values: Record<string, unknown>) => answers(new FakeOffice({ values }), call)[0];
  const NONSENSE = { ok: false, reason: "nonsense" };

  void test("a recipient's type becomes its kind", () => {
    const types = [
      ["distributionList", "list"],
      ["user", "user"],
      ["externalUser", "external"],
      ["other", "other"],
      [7, "other"],
    ];
    for (const [recipientType, kind] of types) {
      const one = { emailAddress: "a@x.example", displayName: "A", recipientType };
      const answer = read(
        (then) => {
          office.readRecipients("to", then);
        },
        { "to.getAsync": [one] },
      );
      assert.deepEqual(answer, { ok: true, value: [{ ...A, kind }] });
    }
  });

  void test("a recipient without an address or a name is kept", () => {
    const values = { "to.getAsync": [{ recipientType: "distributionList" }] };
    const answer = read((then) => {
      office.readRecipients("to", then);
    }, values);
    assert.deepEqual(answer, { ok: true, value: [{ field: "to", address: "", kind: "list" }] });
  });

  void test("one malformed recipient makes the whole list nonsense", () => {
    for (const one of [null, 7, { emailAddress: 7 }]) {
      const answer = read(
        (then) => {
          office.readRecipients("to", then);
        },
        { "to.getAsync": [one] },
      );
      assert.deepEqual(answer, NONSENSE);
    }
  });

  void test("a header whose value is not a string is nonsense", () => {
    const answer = read(
      (then) => {
        office.readHeaders(["a"], then);
      },
      { "internetHeaders.getAsync": { a: 7 } },
    );
    assert.deepEqual(answer, NONSENSE);
  });

  void test("no label is an empty list", () => {
    for (const none of ["", null, undefined]) {
      const answer = read(
        (then) => {
          office.readLabels(then);
        },
        { "sensitivityLabel.getAsync": none },
      );
      assert.deepEqual(answer, { ok: true, value: [] });
    }
  });

  void test("labels are not read if they are switched off", () => {
    const fake = new FakeOffice({ values: { "sensitivityLabelsCatalog.getIsEnabledAsync": false } });
    assert.deepEqual(
      answers(fake, (then) => {
        office.readLabels(then);
      }),
      [{ ok: true, value: [] }],
    );
    assert.deepEqual(fake.names(), ["sensitivityLabelsCatalog.getIsEnabledAsync"]);
  });

  void test("a malformed result is nonsense", () => {
    for (const result of [undefined, null, "succeeded", {}, { status: "odd", value: "x" }]) {
      new FakeOffice();
      const { context } = (
        globalThis as unknown as { Office: { context: { mailbox: { item: Record<string, unknown> } } } }
      ).Office;
      context.mailbox.item["subject"] = {
        getAsync: (callback: (result: unknown) => void) => callback(result),
      };
      const got: Answer<string>[] = [];
      office.readSubject((answer) => {
        got.push(answer);
      });
      assert.deepEqual(got, [NONSENSE]);
    }
  });
});

void suite("the queue", () => {
  void test("at most three calls are pending", () => {
    const fake = new FakeOffice();
    let answered = 0;
    for (let n = 0; n < 10; n += 1) {
      office.readSubject(() => {
        answered += 1;
      });
    }
    assert.equal(fake.underWay, 3);
    fake.flush();
    assert.equal(answered, 10);
    assert.equal(fake.most, 3);
  });

  void test("calls that never answer free their slots", () => {
    const fake = new FakeOffice({ behaviour: { "subject.getAsync": "never" } });
    for (let n = 0; n < 3; n += 1) {
      office.readSubject(() => undefined);
    }
    const got: Answer<unknown>[] = [];
    office.readRecipients("cc", (answer) => {
      got.push(answer);
    });
    assert.equal(fake.calls.length, 3);
    mock.timers.tick(office.CALL_LIMIT);
    fake.flush();
    assert.deepEqual(got, [{ ok: true, value: [] }]);
  });

  void test("a mark jumps the queue", () => {
    const fake = new FakeOffice();
    for (let n = 0; n < 5; n += 1) {
      office.readSubject(() => undefined);
    }
    office.writeAsked("mark", () => undefined);
    fake.flush();
    assert.equal(fake.names().indexOf("sessionData.setAsync"), 3);
    assert.deepEqual(fake.args("sessionData.setAsync"), [["sendvagt.asked", "mark"]]);
  });

  void test("a receiver that throws does not block the next call", () => {
    const fake = new FakeOffice();
    office.readSubject(() => {
      throw new Error("a fault of the receiver");
    });
    assert.throws(() => fake.flush(), /a fault of the receiver/);
    assert.deepEqual(
      answers(fake, (then) => {
        office.readSubject(then);
      }),
      [{ ok: true, value: "Vedr. ansøgning" }],
    );
  });

  void test("a runtime without timers works", () => {
    mock.timers.reset();
    const real = globalThis.setTimeout;
    Reflect.deleteProperty(globalThis, "setTimeout");
    try {
      const fake = new FakeOffice();
      const got: Answer<string>[] = [];
      office.readSubject((answer) => {
        got.push(answer);
      });
      fake.flush();
      assert.deepEqual(got, [{ ok: true, value: "Vedr. ansøgning" }]);
    } finally {
      globalThis.setTimeout = real;
      mock.timers.enable({ apis: ["setTimeout"] });
    }
  });
});

void suite("what Office answers synchronously", () => {
  void test("it is returned", () => {
    const fake = new FakeOffice({ mailbox: "1.13", item: "appointment" });
    assert.equal(office.itemType(), "appointment");
    assert.equal(office.locale(), "da-DK");
    assert.deepEqual([office.supports("1.13"), office.supports("1.14")], [true, false]);
    assert.equal(office.isMobile(), false);
    assert.equal(office.theme()?.bodyBackgroundColor, "#ffffff");
    assert.equal(office.readSetting("progress"), undefined);
    office.saveSettings({ progress: 2 }, () => undefined);
    fake.flush();
    assert.equal(office.readSetting("progress"), 2);
    let called = 0;
    assert.equal(
      office.onReady(() => {
        called += 1;
      }),
      true,
    );
    assert.equal(called, 1);
    assert.equal(office.associate({ onIt: () => undefined }), true);
    assert.deepEqual(Object.keys(fake.associated), ["onIt"]);
  });

  void test("a phone is detected", () => {
    for (const [platform, mobile] of [
      ["iOS", true],
      ["Android", true],
      ["PC", false],
      ["Mac", false],
    ] as const) {
      new FakeOffice({ platform });
      assert.equal(office.isMobile(), mobile, platform);
    }
  });

  void test("without Office nothing throws", () => {
    for (const missing of [undefined, null, {}, { context: {} }]) {
      (globalThis as Record<string, unknown>)["Office"] = missing;
      assert.equal(office.itemType(), undefined);
      assert.equal(office.locale(), "");
      assert.equal(office.supports("1.1"), undefined);
      assert.equal(office.isMobile(), false);
      assert.equal(office.theme(), undefined);
      assert.equal(office.readSetting("x"), undefined);
      assert.equal(
        office.onReady(() => undefined),
        false,
      );
      assert.equal(office.associate({ onIt: () => undefined }), false);
      const got: Answer<string>[] = [];
      office.readSubject((answer) => {
        got.push(answer);
      });
      assert.deepEqual(got, [{ ok: false, reason: "threw" }]);
    }
  });
});

void suite("events for the task pane", () => {
  void test("a client without an event says so", () => {
    const got = answers(new FakeOffice(), (then) => office.onContextChanged(() => undefined, then));
    assert.deepEqual(got, [{ ok: false, reason: "threw" }]);
  });

  void test("changed recipients are reported", () => {
    const fake = new FakeOffice();
    let changes = 0;
    answers(fake, (then) =>
      office.onRecipientsChanged(() => {
        changes += 1;
      }, then),
    );
    const [type, handler] = fake.args("addHandlerAsync")[0] as [string, (event: unknown) => void];
    handler({});
    assert.deepEqual([type, changes], ["olkRecipientsChanged", 1]);
  });
});

void test("a promise resolves to the answer", async () => {
  const fake = new FakeOffice();
  const answer = office.promised(office.readSubject);
  fake.flush();
  assert.deepEqual(await answer, { ok: true, value: "Vedr. ansøgning" });
});
