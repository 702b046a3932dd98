// Moving recipients to Bcc: nobody may be lost, whatever fails.

import assert from "node:assert/strict";
import { suite, test } from "node:test";

import type { Draft, Recipient } from "../contract";
import { moveToBcc } from "./bcc";

interface User {
  emailAddress: string;
  displayName: string;
}
type Name = "to" | "cc" | "bcc";
type Fields = Record<Name, string[]>;
type Callback = (result: { status: string; value?: unknown }) => void;

/** A compose window that refuses the call with the index `faulty`, and lists of more than a hundred. */
class Compose {
  calls: string[] = [];
  constructor(
    public fields: Fields,
    private readonly faulty = Infinity,
  ) {
    const item: Record<string, unknown> = { itemType: "message" };
    for (const name of ["to", "cc", "bcc"] as const) {
      const write = (list: (users: User[]) => string[]) => (users: User[], callback: Callback) =>
        this.answer(`${name}: ${String(users.length)}`, callback, () => {
          assert.ok(users.length <= 100);
          this.fields[name] = list(users);
        });
      const addresses = (users: User[]) => users.map(({ emailAddress }) => emailAddress);
      item[name] = {
        getAsync: (callback: Callback) =>
          this.answer("", callback, () =>
            this.fields[name].map((address) => ({ emailAddress: address, displayName: address })),
          ),
        setAsync: write(addresses),
        addAsync: write((users) => this.fields[name].concat(addresses(users))),
      };
    }
    (globalThis as Record<string, unknown>)["Office"] = { context: { mailbox: { item } } };
  }

  private answer(name: string, callback: Callback, act: () => unknown): void {
    const fails = name !== "" && this.calls.length === this.faulty;
    if (name !== "") {
      this.calls.push(name);
    }
    callback(fails ? { status: "failed" } : { status: "succeeded", value: act() });
  }
}

const named = (field: Name, addresses: string[]): Recipient[] =>
  addresses.map((address) => ({ field, address, name: address }));
const seen = ({ to, cc, bcc }: Fields): Draft => ({
  subject: "",
  recipients: [...named("to", to), ...named("cc", cc), ...named("bcc", bcc)],
});
const FIELDS: Fields = { to: ["a@own.dk", "b@x.dk", "c@x.dk"], cc: ["d@x.dk", "e@own.dk"], bcc: ["C@x.dk"] };
const MOVED = [...named("to", ["b@x.dk", "c@x.dk"]), ...named("cc", ["d@x.dk"])];
const AFTER: Fields = { to: ["a@own.dk"], cc: ["e@own.dk"], bcc: ["C@x.dk", "b@x.dk", "d@x.dk"] };
const many = (count: number) => Array.from({ length: count }, (_, index) => `a${String(index)}@x.dk`);

void suite("recipients that are moved to Bcc", () => {
  void test("leave To and Cc, and come back by undo", async () => {
    const compose = new Compose(structuredClone(FIELDS));
    const ended = await moveToBcc(MOVED, seen(FIELDS));
    assert.deepEqual(compose.fields, AFTER);
    assert.ok(ended.how === "done" && ended.undo !== undefined);
    assert.equal(await ended.undo(), "whole");
    assert.deepEqual(compose.fields, FIELDS);
  });

  for (const faulty of [0, 1, 2]) {
    void test(`all stay where they are if write ${String(faulty)} fails`, async () => {
      const compose = new Compose(structuredClone(FIELDS), faulty);
      assert.deepEqual(await moveToBcc(MOVED, seen(FIELDS)), { how: "failed", left: [] });
      assert.deepEqual(compose.fields, FIELDS);
    });
  }

  void test("are written a hundred at a time, and a part that fails puts all back", async () => {
    const fields: Fields = { to: [...many(250), "a@own.dk"], cc: [], bcc: [] };
    const moved = named("to", many(250));
    const compose = new Compose(structuredClone(fields));
    assert.equal((await moveToBcc(moved, seen(fields))).how, "done");
    assert.deepEqual(compose.calls, ["bcc: 100", "bcc: 100", "bcc: 50", "to: 1"]);
    assert.deepEqual(compose.fields, { to: ["a@own.dk"], cc: [], bcc: many(250) });
    for (const faulty of [1, 3]) {
      const failing = new Compose(structuredClone(fields), faulty);
      assert.deepEqual(await moveToBcc(moved, seen(fields)), { how: "failed", left: [] });
      assert.deepEqual(failing.fields, fields);
    }
  });

  void test("stay if somebody was added meanwhile", async () => {
    const compose = new Compose({ ...structuredClone(FIELDS), cc: [...FIELDS.cc, "new@x.dk"] });
    assert.deepEqual(await moveToBcc(MOVED, seen(FIELDS)), { how: "changed" });
    assert.deepEqual(compose.calls, []);
  });

  void test("do not come back once the user has changed a field", async () => {
    const compose = new Compose(structuredClone(FIELDS));
    const ended = await moveToBcc(MOVED, seen(FIELDS));
    compose.fields.to.push("new@x.dk");
    assert.ok(ended.how === "done" && ended.undo !== undefined);
    assert.equal(await ended.undo(), "no");
    assert.deepEqual(compose.fields, { ...AFTER, to: ["a@own.dk", "new@x.dk"] });
  });
});
