// launch.js in an environment as bare as that of classic Outlook: no page, no timer, no promise, no console.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runInContext } from "node:vm";

import { parse, type Node } from "acorn";

import { bare, built } from "./engines";

interface Completed {
  allowEvent: boolean;
  errorMessage?: string;
}

/** The part of Office that the script uses; it answers at once. */
function office(subject: string, calls: Record<string, (event: { completed(options: Completed): void }) => void>) {
  const answer = (value: unknown) => ({
    getAsync: (done: (result: object) => void) => done({ status: "succeeded", value }),
  });
  return {
    actions: {
      associate: (name: string, handler: (event: { completed(options: Completed): void }) => void) => {
        calls[name] = handler;
      },
    },
    context: {
      displayLanguage: "da-DK",
      requirements: { isSetSupported: () => true },
      mailbox: {
        item: {
          itemType: "message",
          subject: answer(subject),
          to: answer([]),
          cc: answer([]),
          bcc: answer([]),
          from: answer({ emailAddress: "a@kommune.example" }),
        },
      },
    },
  };
}

function send(subject: string): Completed[] {
  const handlers: Parameters<typeof office>[1] = {};
  const completed: Completed[] = [];
  runInContext(built("launch.js"), bare({ Office: office(subject, handlers) }));
  handlers["onMessageSend"]?.({
    completed: (options) => {
      completed.push(options);
    },
  });
  return completed;
}

void test("the handlers of the manifest are associated while the script loads", () => {
  const handlers: Parameters<typeof office>[1] = {};
  runInContext(built("launch.js"), bare({ Office: office("", handlers) }));
  // Phones have some of the same events in their own part.
  const named = [...new Set([...built("manifest.xml").matchAll(/FunctionName="(\w+)"/g)].map(([, name]) => name))];
  assert.deepEqual(Object.keys(handlers).sort(), named.sort());
});

void test("a mail with a CPR number is stopped, a clean one goes", () => {
  const [stopped, ...further] = send("Vedr. 010203-1234, underretning");
  assert.equal(stopped?.allowEvent, false);
  assert.match(stopped.errorMessage ?? "", /^Mailen er ikke sendt\. Der står et CPR-nummer i emnet/);
  assert.equal(further.length, 0, "the event is completed once");
  assert.deepEqual(
    send("Underretning").map(({ allowEvent }) => allowEvent),
    [true],
  );
});

void test("launch.js contains nothing newer than ES2016 and only ASCII", () => {
  assert.doesNotThrow(() => parse(built("launch.js"), { ecmaVersion: 2016, sourceType: "script" }));
  // The parser does detect it.
  for (const newer of [
    "async function f(){}",
    "({...a})",
    "a?.b",
    "a??b",
    "try{}catch{}",
    "class A{b=1}",
    "/(?<a>b)/",
    "10n",
    "import('a')",
  ]) {
    assert.throws(() => parse(newer, { ecmaVersion: 2016, sourceType: "script" }), newer);
  }
  // eslint-disable-next-line no-control-regex -- all of ASCII, including control characters
  assert.match(built("launch.js"), /^[\x00-\x7f]*$/);
});

void test("launch.js uses only globals that every engine has", () => {
  const allowed = [
    "Array",
    "ArrayBuffer",
    "DataView",
    "Error",
    "Float32Array",
    "Date",
    "Float64Array",
    "Infinity",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "JSON",
    "Math",
    "NaN",
    "Object",
    "Office",
    "Promise",
    "String",
    "TypeError",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "clearTimeout",
    "parseInt",
    "setTimeout",
    "undefined",
    "arguments",
    "FinalizationRegistry",
  ];
  const unknown = [...free(built("launch.js"))].filter((name) => !allowed.includes(name));
  assert.deepEqual(unknown, []);
});

/**
 * Names that are used but not declared anywhere. Scopes are ignored, which can only hide a name that is also declared.
 */
function free(script: string): Set<string> {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: unknown, key: string, parent: Record<string, unknown>): void => {
    if (Array.isArray(node)) {
      node.forEach((one) => visit(one, key, parent));
    } else if (typeof node === "object" && node !== null && "type" in node) {
      const one = node as Node & Record<string, unknown>;
      if (one.type === "Identifier") {
        const name = String(one["name"]);
        const declares = ["params", "id"].includes(key) && parent["type"] !== "MemberExpression";
        const property =
          (key === "property" && parent["computed"] !== true) || (key === "key" && parent["computed"] !== true);
        if (declares || key === "param") {
          declared.add(name);
        } else if (!property && key !== "label") {
          used.add(name);
        }
      } else if (one.type === "AssignmentPattern" && key === "params") {
        visit(one["left"], "params", parent);
        visit(one["right"], "right", one);
        return;
      } else if ((one.type === "ObjectPattern" || one.type === "ArrayPattern") && ["id", "params"].includes(key)) {
        const inner = (one["properties"] ?? one["elements"]) as Record<string, unknown>[];
        inner.forEach((part) => visit(part["type"] === "Property" ? part["value"] : part, "params", one));
        return;
      }
      for (const name of Object.keys(one)) {
        visit(one[name], name, one);
      }
    }
  };
  visit(parse(script, { ecmaVersion: 2016, sourceType: "script" }), "", {});
  return new Set([...used].filter((name) => !declared.has(name)));
}

void test("no built file contains traces of the machine it was built on", () => {
  const folder = new URL("../../dist/addin/", import.meta.url);
  const root = fileURLToPath(new URL("../../", import.meta.url));
  for (const name of readdirSync(folder).filter((file) => /\.(js|wasm|html|css|xml)$/.test(file))) {
    const text = built(name);
    assert.ok(!text.includes(root) && !text.includes(`${homedir()}/`), name);
  }
});
