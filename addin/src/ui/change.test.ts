// Undoing a fix restores the draft, whatever the fix changed, and keeps what the user wrote in the meantime.

import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import type { Change, Draft, Recipient } from "../contract";
import { apply } from "./change";

interface Content {
  subject: string;
  body: string;
  label: string;
  header: Record<string, string>;
  to: Recipient[];
  cc: Recipient[];
}

interface User {
  emailAddress: string;
  displayName: string;
}

type Callback = (result: { status: string; value?: unknown }) => void;

/** A compose window that stores what is written to it. The call with the index `faulty` fails and does nothing. */
class Compose {
  calls = 0;
  constructor(
    public content: Content,
    private readonly kind: "text" | "html",
    public faulty = Infinity,
  ) {
    const body = {
      getTypeAsync: this.does(() => this.kind),
      getAsync: this.does(() => this.content.body),
      setAsync: this.does((text: string) => {
        this.content.body = text;
      }),
      prependAsync: this.does((text: string) => {
        this.content.body = text + this.content.body;
      }),
    };
    const subject = {
      getAsync: this.does(() => this.content.subject),
      setAsync: this.does((text: string) => {
        this.content.subject = text;
      }),
    };
    const sensitivityLabel = {
      getAsync: this.does(() => this.content.label),
      setAsync: this.does((id: string) => {
        this.content.label = id;
      }),
    };
    const internetHeaders = {
      getAsync: this.does(() => this.content.header),
      setAsync: this.does((values: Record<string, string>) => {
        this.content.header = { ...this.content.header, ...values };
      }),
      removeAsync: this.does(() => {
        this.content.header = {};
      }),
    };
    const fields = { to: this.field("to"), cc: this.field("cc") };
    const item = { itemType: "message", subject, body, sensitivityLabel, internetHeaders, ...fields };
    (globalThis as Record<string, unknown>)["Office"] = { context: { mailbox: { item } } };
  }

  private field(name: "to" | "cc") {
    const recipient = ({ emailAddress, displayName }: User): Recipient => ({
      field: name,
      address: emailAddress,
      name: displayName,
    });
    return {
      getAsync: this.does(() =>
        this.content[name].map(({ address, name }) => ({ emailAddress: address, displayName: name })),
      ),
      setAsync: this.does((users: User[]) => {
        this.content[name] = users.map(recipient);
      }),
      addAsync: this.does((users: User[]) => {
        this.content[name].push(...users.map(recipient));
      }),
    };
  }

  private does(act: (...args: never[]) => unknown) {
    return (...args: unknown[]) => {
      const callback = args.pop() as Callback;
      const fails = this.calls === this.faulty;
      this.calls += 1;
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
const recipients = (field: "to" | "cc", maxLength: number) =>
  fc.array(
    fc.record(
      { field: fc.constant(field), address: fc.emailAddress(), name: fc.string({ minLength: 1, maxLength: 5 }) },
      PLAIN,
    ),
    { maxLength, size: "max" },
  );
const content: fc.Arbitrary<Content> = fc.record(
  {
    subject: text,
    body: text,
    label: fc.constantFrom("label-1", "label-2"),
    header: fc.constantFrom({}, { "x-sikker": "nej" }),
    to: recipients("to", 4),
    cc: recipients("cc", 230),
  },
  PLAIN,
);
const change: fc.Arbitrary<Change> = fc.record(
  {
    subject: text,
    body: fc.record({ text: text.map((line) => `${line}\n`), html: text.map((line) => `<p>${line}</p>`) }, PLAIN),
    label: fc.constantFrom("label-1", "label-3"),
    header: fc.record({ name: fc.constant("x-sikker"), value: fc.constantFrom("ja", "1") }, PLAIN),
    recipients: fc.oneof(
      fc.record({ field: fc.constant("to" as const), list: recipients("to", 4) }, PLAIN),
      fc.record({ field: fc.constant("cc" as const), list: recipients("cc", 230) }, PLAIN),
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const kind = fc.constantFrom("text" as const, "html" as const);

function seen({ subject, label, to, cc }: Content): Draft {
  return { subject, labels: [label], recipients: [...to, ...cc] };
}

function expected(before: Content, change: Change, kind: "text" | "html"): Content {
  const after = structuredClone(before);
  after.subject = change.subject ?? before.subject;
  after.body = (change.body?.[kind] ?? "") + before.body;
  after.label = change.label ?? before.label;
  if (change.header !== undefined) {
    after.header = { [change.header.name]: change.header.value };
  }
  if (change.recipients !== undefined) {
    after[change.recipients.field as "to" | "cc"] = change.recipients.list;
  }
  return after;
}

void suite("a fix in the draft", () => {
  void test("changes what the engine says, and undo restores the draft", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, async (before, change, kind) => {
        const compose = new Compose(structuredClone(before), kind);
        const ended = await apply(change, seen(before));
        assert.ok(ended.how === "done");
        assert.deepEqual(compose.copy(), expected(before, change, kind));
        assert.equal(await ended.undo(), true);
        assert.deepEqual(compose.copy(), before);
      }),
    );
  });

  // The first 100 of 101 recipients were in the field when the call with the last one failed: the original ones were
  // lost.
  void test("restores a long list of recipients if its second part fails", async () => {
    const list = Array.from({ length: 101 }, (_, index): Recipient => ({
      field: "cc",
      address: `${String(index)}@x.example`,
      name: "N",
    }));
    const before: Content = {
      subject: "Referat",
      body: "",
      label: "",
      header: {},
      to: [],
      cc: [{ field: "cc", address: "a@x.example", name: "A" }],
    };
    const compose = new Compose(structuredClone(before), "text", 2);
    assert.deepEqual(await apply({ recipients: { field: "cc", list } }, seen(before)), { how: "failed" });
    assert.deepEqual(compose.copy(), before);
  });

  void test("leaves the draft unchanged if one call fails", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, fc.nat(16), async (before, change, kind, faulty) => {
        const compose = new Compose(structuredClone(before), kind, faulty);
        const ended = await apply(change, seen(before));
        const hit = compose.calls > faulty;
        // Then the body right after the note was inserted is unknown: undo must not guess.
        const blind = ended.how === "done" && hit;
        assert.equal(ended.how, hit && !blind ? "failed" : "done");
        assert.deepEqual(compose.copy(), ended.how === "done" ? expected(before, change, kind) : before);
      }),
      { numRuns: 400 },
    );
  });

  void test("changes nothing if the user has edited the draft in the meantime", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, text, async (before, change, kind, typed) => {
        fc.pre(change.subject !== undefined && typed !== before.subject);
        const compose = new Compose({ ...structuredClone(before), subject: typed }, kind);
        assert.deepEqual(await apply(change, seen(before)), { how: "changed" });
        assert.deepEqual(compose.copy(), { ...before, subject: typed });
      }),
    );
  });

  void test("keeps what the user wrote afterwards when it is undone", async () => {
    await fc.assert(
      fc.asyncProperty(content, change, kind, text, async (before, change, kind, typed) => {
        const compose = new Compose(structuredClone(before), kind);
        const ended = await apply(change, seen(before));
        assert.ok(ended.how === "done");
        fc.pre(change.subject !== undefined && change.body !== undefined && typed !== change.subject && typed !== "");
        compose.content.subject = typed;
        compose.content.body += typed;
        assert.equal(await ended.undo(), false);
        assert.equal(compose.content.subject, typed);
        assert.equal(compose.content.body, expected(before, change, kind).body + typed);
      }),
    );
  });
});
