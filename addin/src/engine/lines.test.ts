import assert from "node:assert/strict";
import { test } from "node:test";

import type { Draft } from "../contract";
import { linesOf, valueIn } from "./lines";

void test("a draft becomes lines", () => {
  const cases: [Draft, string][] = [
    [{ subject: "" }, "subject\t"],
    [{ subject: "a\tb\\c\nd" }, "subject\ta\\tb\\\\c\\nd"],
    [
      { subject: "x", item: "appointment", from: "a@b.dk", date: "2026-02-01", asked: "mark" },
      "subject\tx\nitem\tappointment\nfrom\ta@b.dk\ndate\t2026-02-01\nasked\tmark",
    ],
    [{ subject: "x", recipients: [], labels: [], headers: {} }, "subject\tx"],
    [
      {
        subject: "x",
        recipients: [
          { field: "cc", address: "a@b.dk", kind: "list" },
          { address: "c@d.dk", name: "" },
        ],
      },
      "subject\tx\nrecipients\tfield\tcc\taddress\ta@b.dk\tkind\tlist\nrecipients\taddress\tc@d.dk\tname\t",
    ],
    [
      { subject: "x", labels: ["l", "m"], headers: { "x-a": "", "x-b": "ja" } },
      "subject\tx\nlabels\tl\nlabels\tm\nheaders\tx-a\t\nheaders\tx-b\tja",
    ],
  ];
  for (const [draft, lines] of cases) {
    assert.equal(linesOf(draft), lines);
  }
});

void test("a ruling is read from records", () => {
  const cases: [string, unknown][] = [
    ["", undefined],
    ["decision>send", { decision: "send" }],
    [
      "decision>ask|alert>text>a\\b\tc\nd\r|alert>mark>|alert>again>text>x|alert>again>stuck>y",
      { decision: "ask", alert: { text: "a\\b\tc\nd\r", mark: "", again: { text: "x", stuck: "y" } } },
    ],
  ];
  for (const [records, value] of cases) {
    assert.deepEqual(valueIn(records.replace(/\|/g, "\x1e").replace(/>/g, "\x1f")), value);
  }
});
