// A fix changes what the engine says and nothing else. What cannot be taken back comes last, and is told.

import assert from "node:assert/strict";
import { mock, suite, test } from "node:test";

import fc from "fast-check";

import type { Change, Draft, Recipient } from "../contract";
import { apply } from "./change";

interface Content {
  subject: string;
  body: string;
  label: string;
  header: Record<string, string>;
  to: Recipient[];
}

interface User {
  emailAddress: string;
  displayName: string;
}

type Callback = (result: { status: string; value?: unknown }) => void;

/**
 * A compose window that stores what is written to it. The call with the index `faulty` fails and does nothing. A field cannot
 * be written as a whole: a fix has to do without.
 */
class Compose {
  readonly calls: string[] = [];
  /** What Outlook leaves in place before the subject. */
  prefix = "";
  constructor(
    public content: Content,
    private readonly kind: "text" | "html" = "html",
    public faulty: number | string = Infinity,
  ) {
    const body = {
      getTypeAsync: this.does("type", () => this.kind),
      getAsync: this.does("body", () => this.content.body),
      setAsync: this.does("body.set", (text: string) => {
        this.content.body = text;
      }),
      prependAsync: this.does("prepend", (text: string) => {
        this.content.body = text + this.content.body;
      }),
    };
    const subject = {
      getAsync: this.does("subject", () => this.content.subject),
      setAsync: this.does("subject.set", (text: string) => {
        this.content.subject = this.prefix + text;
      }),
    };
    const sensitivityLabel = {
      getAsync: this.does("label", () => this.content.label),
      setAsync: this.does("label.set", (id: string) => {
        this.content.label = id;
      }),
    };
    const internetHeaders = {
      getAsync: this.does("headers", () => this.content.header),
      setAsync: this.does("headers.set", (values: Record<string, string>) => {
        this.content.header = { ...this.content.header, ...values };
      }),
      removeAsync: this.does("headers.remove", () => {
        this.content.header = {};
      }),
    };
    const to = {
      getAsync: this.does("to", () =>
        this.content.to.map(({ address, name }) => ({ emailAddress: address, displayName: name })),
      ),
      addAsync: this.does("to.add", (users: User[]) => {
        this.content.to.push(
          ...users.map(({ emailAddress, displayName }): Recipient => ({
            field: "to",
            address: emailAddress,
            name: displayName,
          })),
        );
      }),
    };
    const item = { itemType: "message", subject, body, sensitivityLabel, internetHeaders, to };
    (globalThis as Record<string, unknown>)["Office"] = { context: { mailbox: { item } } };
  }

  /** Puts another way of behaving in place of `prependAsync`. */
  prepend(behave: (callback: Callback) => void): void {
    const { body } = (
      globalThis as unknown as { Office: { context: { mailbox: { item: { body: Record<string, unknown> } } } } }
    ).Office.context.mailbox.item;
    body["prependAsync"] = (...args: unknown[]) => behave(args.pop() as Callback);
  }

  private does(name: string, act: (...args: never[]) => unknown) {
    return (...args: unknown[]) => {
      const callback = args.pop() as Callback;
      const fails = this.faulty === this.calls.length || this.faulty === name;
      this.calls.push(name);
      callback(fails ? { status: "failed" } : { status: "succeeded", value: act(...(args as never[])) });
    };
  }

  copy(): Content {
    return structuredClone(this.content);
  }
}

// As JSON.parse makes objects.
const PLAIN = { noNullPrototype: true } as const;
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const recipient = fc.record(
  { field: fc.constant("to" as const), address: fc.emailAddress(), name: fc.string({ minLength: 1, maxLength: 5 }) },
  PLAIN,
);
const content: fc.Arbitrary<Content> = fc.record(
  {
    subject: text,
    body: text,
    label: fc.constantFrom("label-1", "label-2"),
    header: fc.constantFrom({}, { "x-sikker": "nej" }),
    to: fc.array(recipient, { maxLength: 4 }),
  },
  PLAIN,
);
const note = fc.record({ text: text.map((line) => `${line}\n`), html: text.map((line) => `<p>${line}</p>`) }, PLAIN);
/** As the engine makes them: a sign of secure mail only with a line in the body, and that only with another subject. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ subject: text }, PLAIN),
  fc.record({ subject: text, body: note }, PLAIN),
  fc.record({ subject: text, body: note, undoSubject: text }, PLAIN),
  fc.record({ subject: text, body: note, label: fc.constantFrom("label-1", "label-3") }, PLAIN),
  fc.record(
    {
      subject: text,
      body: note,
      header: fc.record({ name: fc.constant("x-sikker"), value: fc.constantFrom("ja", "1") }, PLAIN),
    },
    PLAIN,
  ),
);
const kind = fc.constantFrom("text" as const, "html" as const);

function seen({ subject, label, to }: Content): Draft {
  return { subject, labels: label === "" ? [] : [label], recipients: to };
}

function expected(before: Content, change: Change, kind: "text" | "html"): Content {
  const after = structuredClone(before);
  after.subject = change.subject ?? before.subject;
  after.body = (change.body?.[kind] ?? "") + before.body;
  after.label = change.label ?? before.label;
  if (change.header !== undefined) {
    after.header = { [change.header.name]: change.header.value };
  }
  return after;
}

async function done(change: Change, before: Content) {
  const ended = await apply(change, seen(before));
  assert.ok(ended.how === "done" && ended.undo !== undefined);
  return ended.undo;
}

void suite("a fix of the subject", () => {
  // The whole body was written back: images of the quoted mail are lost by that in some clients.
  void test("changes what the engine says, and undo restores all but the line in the body", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, async (before, change, kind) => {
        const compose = new Compose(structuredClone(before), kind);
        const undo = await done(change, before);
        const after = expected(before, change, kind);
        assert.deepEqual(compose.copy(), after);
        assert.equal(await undo(), change.body === undefined ? "whole" : "line");
        const subject = change.undoSubject ?? before.subject;
        assert.deepEqual(compose.copy(), { ...(change.body === undefined ? before : after), subject });
      }),
    );
  });

  void test("leaves the draft unchanged if one call fails", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, fc.nat(12), async (before, change, kind, faulty) => {
        const compose = new Compose(structuredClone(before), kind, faulty);
        const ended = await apply(change, seen(before));
        if (ended.how === "done") {
          assert.deepEqual(compose.copy(), expected(before, change, kind));
        } else {
          assert.deepEqual(ended, { how: "failed", left: [] });
          assert.deepEqual(compose.copy(), before);
        }
      }),
      { numRuns: 400 },
    );
  });

  void test("changes nothing if the user has edited the draft in the meantime", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, text, async (before, change, kind, typed) => {
        fc.pre(typed !== before.subject);
        const compose = new Compose({ ...structuredClone(before), subject: typed }, kind);
        assert.deepEqual(await apply(change, seen(before)), { how: "changed" });
        assert.deepEqual(compose.copy(), { ...before, subject: typed });
      }),
    );
  });

  void test("keeps what the user wrote afterwards when it is undone", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, text, async (before, change, kind, typed) => {
        fc.pre(typed !== change.subject);
        const compose = new Compose(structuredClone(before), kind);
        const undo = await done(change, before);
        compose.content.subject = typed;
        assert.equal(await undo(), "no");
        assert.deepEqual(compose.copy(), { ...expected(before, change, kind), subject: typed });
      }),
    );
  });
});

const MAIL: Content = { subject: "SV: Vedr. 010203-1234, klage", body: "Hej", label: "", header: {}, to: [] };
const NOTE = { text: "CPR-nummer: 010203-1234\n", html: "<p>CPR-nummer: 010203-1234</p>" };

void suite("the line in the body", () => {
  void test("comes last: whatever fails before it leaves no line", async () => {
    const change: Change = { subject: "SV: Klage", body: NOTE, header: { name: "x-sikker", value: "ja" } };
    const compose = new Compose(structuredClone(MAIL));
    await apply(change, seen(MAIL));
    assert.equal(compose.calls[compose.calls.length - 1], "prepend");
  });

  void test("that Outlook refuses leaves a label that was not there before, and says so", async () => {
    const compose = new Compose(structuredClone(MAIL), "html", "prepend");
    const ended = await apply({ subject: "SV: Klage", body: NOTE, label: "label-3" }, seen(MAIL));
    assert.deepEqual(ended, { how: "failed", left: ["label"] });
    assert.deepEqual(compose.copy(), { ...MAIL, label: "label-3" });
  });

  // It may come after all, and the mail would be an ordinary one with a number in it.
  void test("that Outlook does not answer for may still come: the mail stays secure mail", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const compose = new Compose(structuredClone(MAIL));
      const asked = new Promise<void>((resolve) => compose.prepend(() => resolve()));
      const change: Change = { subject: "[sikker] SV: Klage", body: NOTE, undoSubject: `[sikker] ${MAIL.subject}` };
      const ended = apply(change, seen(MAIL));
      await asked;
      mock.timers.tick(2000);
      assert.deepEqual(await ended, { how: "failed", left: ["line"] });
      assert.equal(compose.content.subject, `[sikker] ${MAIL.subject}`);
    } finally {
      mock.timers.reset();
    }
  });

  void test("that fails, with a subject that the user has edited meanwhile: the numbers are told", async () => {
    const compose = new Compose(structuredClone(MAIL));
    compose.prepend((callback) => {
      compose.content.subject = "Klage igen";
      callback({ status: "failed" });
    });
    const ended = await apply({ subject: "SV: Klage", body: NOTE }, seen(MAIL));
    assert.deepEqual(ended, { how: "failed", left: ["numbers"] });
    assert.equal(compose.content.subject, "Klage igen");
  });
});

// "This method leaves any prefixes, such as "Fwd:" or "Re:", in place" (Microsoft: "Subject.setAsync").
void suite("a client that leaves the prefix of a subject in place", () => {
  for (const [old, wanted, stands] of [
    ["SV: Vedr. 010203-1234, klage", "SV: Klage", "SV: Klage"],
    ["VS: SV: 010203-1234", "VS: SV: Henvendelse om en sag", "VS: SV: Henvendelse om en sag"],
    ["SV: 010203-1234, klage", "[sikker] SV: Klage", "SV: [sikker] Klage"],
    ["SV: 010203-1234, klage", "Klage", "SV: Klage"],
    ["Vedr. 010203-1234, klage", "Klage", "Klage"],
  ] as const) {
    void test(`${old} → ${wanted}`, async () => {
      const before = { ...MAIL, subject: old };
      const compose = new Compose(structuredClone(before));
      compose.prefix = /^(?:(?:SV|VS): )*/.exec(old)?.[0] ?? "";
      const undo = await done({ subject: wanted }, before);
      assert.equal(compose.content.subject, stands);
      assert.equal(await undo(), "whole");
      assert.deepEqual(compose.copy(), before);
    });
  }
});

// The field was written as a whole: a name that Outlook had not resolved was gone, and nobody was told.
void suite("a recipient that is added", () => {
  const to: Recipient[] = [{ field: "to", address: "gammel@x.example", name: "Gammel" }];
  const before = { ...MAIL, to };
  const add: Recipient = { field: "to", address: "ny@x.example" };

  void test("is added, nobody is taken out, and there is nothing to undo", async () => {
    const compose = new Compose(structuredClone(before));
    assert.deepEqual(await apply({ add }, seen(before)), { how: "done" });
    assert.deepEqual(compose.content.to, [...to, { ...add, name: "ny@x.example" }]);
  });

  void test("is not added twice", async () => {
    const compose = new Compose(structuredClone(before));
    const there = { ...add, address: "Gammel@x.example" };
    assert.deepEqual(await apply({ add: there }, seen(before)), { how: "done" });
    assert.deepEqual(compose.content.to, to);
  });

  for (const faulty of ["to", "to.add"]) {
    void test(`changes nothing if ${faulty} fails`, async () => {
      const compose = new Compose(structuredClone(before), "html", faulty);
      assert.deepEqual(await apply({ add }, seen(before)), { how: "failed", left: [] });
      assert.deepEqual(compose.copy(), before);
    });
  }
});

void suite("a body that is written anew", () => {
  const body = "<p>cpr <b>010203</b>-1234</p>";
  const before = { ...MAIL, body };
  const masked = "<p>cpr <b>010203</b>-\u2022\u2022\u2022\u2022</p>";
  const fix: Change = { content: { kind: "html", content: masked } };
  const draft: Draft = { ...seen(before), body: { kind: "html", content: body } };

  void test("is as the engine says, and undo writes the former one back, letter for letter", async () => {
    const compose = new Compose(structuredClone(before));
    const ended = await apply(fix, draft);
    assert.equal(compose.content.body, masked);
    assert.ok(ended.how === "done" && ended.undo !== undefined);
    assert.equal(await ended.undo(), "whole");
    assert.deepEqual(compose.copy(), before);
  });

  void test("is not written over what the user has typed since", async () => {
    const compose = new Compose({ ...before, body: "<p>cpr 010203-1234 og mere</p>" });
    assert.deepEqual(await apply(fix, draft), { how: "changed" });
    assert.equal(compose.content.body, "<p>cpr 010203-1234 og mere</p>");
  });

  void test("is written where Outlook gives the same text with other tags", async () => {
    const compose = new Compose({ ...before, body: "<p>cpr\r\n<b id='x'>010203</b>-1234</p>" });
    assert.equal((await apply(fix, draft)).how, "done");
    assert.equal(compose.content.body, masked);
  });

  void test("stays as it is where the user has typed after it, and undo says so", async () => {
    const compose = new Compose(structuredClone(before));
    const ended = await apply(fix, draft);
    compose.content.body += "<p>Mere</p>";
    assert.ok(ended.how === "done" && ended.undo !== undefined);
    assert.equal(await ended.undo(), "no");
    assert.equal(compose.content.body, `${masked}<p>Mere</p>`);
  });

  void test("is not written in another format", async () => {
    const compose = new Compose(structuredClone(before), "text");
    assert.deepEqual(await apply(fix, draft), { how: "failed", left: [] });
    assert.deepEqual(compose.copy(), before);
  });

  for (const faulty of ["type", "body", "body.set"]) {
    void test(`stays as it is if ${faulty} fails`, async () => {
      const compose = new Compose(structuredClone(before), "html", faulty);
      assert.deepEqual(await apply(fix, draft), { how: "failed", left: [] });
      assert.deepEqual(compose.copy(), before);
    });
  }
});

void suite("a mail that is made secure mail as it is", () => {
  const signs: [string, Change][] = [
    ["a tag", { subject: "[sikker] Emne" }],
    ["a label", { subject: "Emne", label: "label-9" }],
    ["a header", { subject: "Emne", header: { name: "x-sikker", value: "ja" } }],
  ];
  for (const [name, fix] of signs) {
    void test(`by ${name} is an ordinary mail again when it is undone`, async () => {
      const before = { ...MAIL, subject: "Emne" };
      const compose = new Compose(structuredClone(before));
      const ended = await apply(fix, { ...seen(before), labels: [before.label] });
      assert.notDeepEqual(compose.copy(), before);
      assert.ok(ended.how === "done" && ended.undo !== undefined);
      assert.equal(await ended.undo(), "whole");
      assert.deepEqual(compose.copy(), before);
    });
  }
});
