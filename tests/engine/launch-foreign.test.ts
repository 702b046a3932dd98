// The built launch.js in engines other than V8: it loads, and it answers events.

import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { built } from "./engines";
import { bareWorld, FOREIGN, literal, type Foreign } from "./foreign";

interface Person {
  emailAddress: string;
  displayName: string;
  recipientType: string;
}

interface Item {
  itemType: "message" | "appointment";
  subject: string;
  to?: Person[];
  cc?: Person[];
  bcc?: Person[];
  requiredAttendees?: Person[];
  optionalAttendees?: Person[];
}

interface Completed {
  allowEvent?: boolean;
  errorMessage?: string;
  commandId?: string;
}

interface Ended {
  completed: Completed[];
  /** The arguments of the calls that change something, by name. */
  changed: Record<string, unknown[]>;
}

/** The part of Office that the script uses, in syntax that every engine supports. Calls wait for an answer. */
const OFFICE = `
  var waiting = [];
  function office(item, handlers, changed) {
    function later(done, result) { waiting.push(function () { done(result); }); }
    function get(value) { return { getAsync: function (done) { later(done, { status: "succeeded", value: value }); } }; }
    function change(name) { return function () {
      var all = Array.prototype.slice.call(arguments), done = all.pop();
      changed[name] = all; later(done, { status: "succeeded" });
    }; }
    var open = {};
    Object.keys(item).forEach(function (name) { open[name] = name === "itemType" ? item[name] : get(item[name]); });
    open.from = open.organizer = get({ emailAddress: "a@kommune.example" });
    open.notificationMessages = { replaceAsync: change("replaceAsync"), removeAsync: change("removeAsync") };
    return {
      actions: { associate: function (name, handler) { handlers[name] = handler; } },
      context: { displayLanguage: "da-DK", requirements: { isSetSupported: function () { return true; } }, mailbox: { item: open } },
    };
  }
`;

/** Loads the script again and raises one event. */
async function raised(foreign: Foreign, item: Item, handler: string): Promise<Ended> {
  const script = `${bareWorld("Office", "office", "waiting", "handlers", "changed", "completed")}${OFFICE}
    var handlers = {}, changed = {}, completed = [];
    var Office = office(JSON.parse(${literal(JSON.stringify(item))}), handlers, changed);
    ${built("launch.js")}
    handlers[${literal(handler)}]({ completed: function (options) { completed.push(options || {}); } });
    while (waiting.length > 0) { waiting.shift()(); }
    print(JSON.stringify({ completed: completed, changed: changed }).replace(/[^ -~]/g, function (unit) {
      return "\\\\u" + ("000" + unit.charCodeAt(0).toString(16)).slice(-4);
    }));`;
  const [line = ""] = await foreign.run(script);
  return JSON.parse(line) as Ended;
}

const person = (emailAddress: string): Person => ({ emailAddress, displayName: "", recipientType: "user" });
const nobody = { to: [], cc: [], bcc: [] };

for (const foreign of FOREIGN) {
  void suite(`launch.js in ${foreign.name}`, { concurrency: true }, () => {
    void test("associates the handlers of the manifest while it loads", async () => {
      const script = `${bareWorld("Office", "names")}var names = [], Office = { actions: { associate: function (name) { names.push(name); } } };
        ${built("launch.js")}
        names.forEach(function (name) { print(name); });`;
      // Phones have some of the same events in their own part.
      const named = [...new Set([...built("manifest.xml").matchAll(/FunctionName="(\w+)"/g)].map(([, name]) => name))];
      assert.deepEqual((await foreign.run(script)).sort(), named.sort());
    });

    void test("does not throw while it loads without Office", async () => {
      assert.deepEqual(await foreign.run(`${bareWorld()}${built("launch.js")}\nprint("loaded");`), ["loaded"]);
    });

    void test("stops a mail with a CPR number, in Danish, once", async () => {
      const { completed } = await raised(
        foreign,
        { itemType: "message", subject: "Vedr. 010203-1234, underretning", ...nobody },
        "onMessageSend",
      );
      assert.equal(completed.length, 1);
      assert.equal(completed[0]?.allowEvent, false);
      assert.match(completed[0].errorMessage ?? "", /^Mailen er ikke sendt\. Der står et CPR-nummer i emnet/);
    });

    void test("lets a clean mail and a clean appointment go", async () => {
      const mail = await raised(
        foreign,
        { itemType: "message", subject: "Underretning", ...nobody, to: [person("bo@kommune.example")] },
        "onMessageSend",
      );
      assert.deepEqual(mail.completed, [{ allowEvent: true }]);
      const meeting = await raised(
        foreign,
        {
          itemType: "appointment",
          subject: "Møde",
          requiredAttendees: [person("bo@kommune.example")],
          optionalAttendees: [],
        },
        "onAppointmentSend",
      );
      assert.deepEqual(meeting.completed, [{ allowEvent: true }]);
    });

    // The callbacks of a loop may all capture its last iteration: then only the last field would be read.
    for (const field of ["to", "cc", "bcc"] as const) {
      void test(`finds a retired mailbox in ${field}`, async () => {
        const fields = { ...nobody, [field]: [person("mellemkommunal@kommune.example")] };
        const { completed } = await raised(
          foreign,
          { itemType: "message", subject: "Referat", ...fields },
          "onMessageSend",
        );
        assert.equal(completed[0]?.allowEvent, false);
        assert.equal((completed[0].errorMessage ?? "").split("mellemkommunal@").length, 2, "named once");
      });
    }

    void test("shows the information bar while composing", async () => {
      const { completed, changed } = await raised(
        foreign,
        { itemType: "message", subject: "Vedr. 010203-1234", ...nobody },
        "onMessageCompose",
      );
      assert.equal(completed.length, 1);
      assert.equal((changed["replaceAsync"]?.[1] as { type: string }).type, "insightMessage");
    });
  });
}
