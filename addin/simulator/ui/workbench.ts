// For developers: faults to inject, and the messages between the host and the frames.

import type { MailClient } from "../client";
import type { FaultKind } from "../host/faults";
import { CALL_NAMES } from "../host/methods";
import type { TextKey } from "../texts";
import { button, byId, labelled, make, select } from "./dom";

const KINDS: readonly { kind: FaultKind; word: TextKey }[] = [
  { kind: "error", word: "faultError" },
  { kind: "null", word: "faultNull" },
  { kind: "never", word: "faultNever" },
  { kind: "late", word: "faultLate" },
  { kind: "nonsense", word: "faultNonsense" },
];

export function renderWorkbench(mail: MailClient): void {
  const { host, say } = mail;
  const redraw = (): void => {
    renderWorkbench(mail);
  };
  const calls = Object.entries(CALL_NAMES).map(([value, label]) => ({ value, label: `${value} ${label}` }));
  const call = select("fault-call", calls, "18", () => undefined);
  const kind = select(
    "fault-kind",
    KINDS.map(({ kind: value, word }) => ({ value, label: say(word) })),
    "error",
    () => undefined,
  );
  const ms = make("input", { id: "fault-ms", type: "number", min: "0", step: "500", value: "4000" });
  const add = button(say("faultAdd"), () => {
    host.faults.add({ dispatchId: Number(call.value), kind: kind.value as FaultKind, ms: Number(ms.value) });
    redraw();
  });
  const clear = button(say("faultClear"), () => {
    host.faults.clear();
    redraw();
  });
  const wasm = make("input", { id: "wasm-blocked", type: "checkbox" });
  wasm.checked = host.faults.wasmBlocked;
  wasm.addEventListener("change", () => {
    host.faults.wasmBlocked = wasm.checked;
  });
  const faults = host.faults.list.map((fault) =>
    make("li", {}, `${CALL_NAMES[fault.dispatchId] ?? String(fault.dispatchId)}: ${fault.kind}`),
  );
  byId("workbench").replaceChildren(
    make("p", {}, say("workbenchHint")),
    make(
      "div",
      { class: "row" },
      labelled(say("faultCall"), call),
      labelled(say("faultKind"), kind),
      labelled(say("faultMs"), ms),
      add,
      clear,
      labelled(say("wasmBlocked"), wasm),
    ),
    make("ul", { class: "plain" }, ...faults),
    make("h2", {}, say("eventLog")),
    make("ol", { id: "event-log", class: "plain" }),
  );
  renderEventLog(mail);
  byId("workbench-title").textContent = say("workbench");
}

export function renderEventLog(mail: MailClient): void {
  byId("event-log").replaceChildren(...eventLines(mail));
}

function eventLines(mail: MailClient): HTMLElement[] {
  return mail.events.records.slice(-20).map(({ type, outcome, raisedAt, readyAt, endedAt }) => {
    const loaded = readyAt === undefined ? "" : ` ${(readyAt - raisedAt).toFixed(0)} ms`;
    const whole = endedAt === undefined ? "…" : `${(endedAt - raisedAt).toFixed(0)} ms`;
    return make("li", {}, `${type}: ${outcome ?? "…"} (${whole}${loaded === "" ? "" : `, load${loaded}`})`);
  });
}
