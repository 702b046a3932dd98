// The simulator's own knobs: language, theme, the Outlook client to simulate, situations, quirks of Outlook, faults to
// inject, and the log of events.

import type { MailClient } from "../client";
import { CLIENTS, isClientId } from "../clients";
import type { Theme } from "../config";
import type { FaultKind } from "../host/faults";
import { CALL_NAMES } from "../host/methods";
import { QUIRKS, QUIRK_IDS, type QuirkId } from "../quirks";
import { CLIENT_NAMES, type TextKey } from "../texts";
import { button, byId, labelled, make, select } from "./dom";

const KINDS: readonly { kind: FaultKind; word: TextKey }[] = [
  { kind: "error", word: "faultError" },
  { kind: "null", word: "faultNull" },
  { kind: "never", word: "faultNever" },
  { kind: "late", word: "faultLate" },
  { kind: "nonsense", word: "faultNonsense" },
];

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const LANGUAGES = [
  { value: "da", label: "Dansk" },
  { value: "en", label: "English" },
];

export function renderWorkbench(mail: MailClient, setTheme: (theme: Theme) => void): void {
  const { host, say } = mail;
  const redraw = (): void => {
    renderWorkbench(mail, setTheme);
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
  const wasm = checkbox("wasm-blocked", host.faults.wasmBlocked, (on) => {
    host.faults.wasmBlocked = on;
  });
  const faults = host.faults.list.map((fault) =>
    make("li", {}, `${CALL_NAMES[fault.dispatchId] ?? String(fault.dispatchId)}: ${fault.kind}`),
  );
  byId("workbench").replaceChildren(
    make("p", {}, say("subtitle")),
    make("div", { class: "row" }, ...choices(mail, setTheme)),
    make("h2", {}, say("situations")),
    make("div", { class: "row" }, ...situations(mail)),
    make("h2", {}, say("quirks")),
    make("div", { class: "row" }, resetButton(mail)),
    make("ul", { id: "quirks" }, ...QUIRK_IDS.map((id) => make("li", {}, quirkSwitch(mail, id)))),
    make("h2", {}, say("faults")),
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

function checkbox(id: string, checked: boolean, onChange: (on: boolean) => void): HTMLInputElement {
  const element = make("input", { id, type: "checkbox" });
  element.checked = checked;
  element.addEventListener("change", () => onChange(element.checked));
  return element;
}

function situations(mail: MailClient): HTMLElement[] {
  const { host, say } = mail;
  const offline = checkbox("offline", host.settings.offline, (on) => {
    host.settings.offline = on;
  });
  return [
    button(say("popOut"), () => mail.popOut(), { id: "pop-out" }),
    button(say("schedule"), () => mail.schedule(tomorrowAtEight()), { id: "schedule" }),
    labelled(say("workOffline"), offline),
  ];
}

function tomorrowAtEight(): number {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.setHours(8, 0, 0, 0);
}

function resetButton(mail: MailClient): HTMLElement {
  return button(
    mail.say("quirksReset"),
    () => {
      mail.host.quirks.reset();
      showChoices(mail);
    },
    { id: "quirks-reset" },
  );
}

function quirkSwitch(mail: MailClient, id: QuirkId): HTMLElement {
  const { quirks, language } = mail.host;
  const element = checkbox(`quirk-${id}`, quirks.has(id), (on) => quirks.set(id, on));
  return labelled(QUIRKS[id].title[language], element);
}

function choices(mail: MailClient, setTheme: (theme: Theme) => void): HTMLElement[] {
  const { host, say } = mail;
  const clients = Object.keys(CLIENTS).map((value) => ({
    value,
    label: isClientId(value) ? CLIENT_NAMES[host.language][value] : value,
  }));
  const client = select("client", clients, host.client.id, (id) => {
    if (isClientId(id)) {
      mail.setClient(id);
    }
  });
  const language = select("language", LANGUAGES, host.language, (chosen) => {
    mail.setLanguage(chosen === "en" ? "en" : "da");
    byId("language").focus();
  });
  const themes = THEMES.map((theme) => ({ value: theme, label: say(theme) }));
  const theme = select("theme", themes, mail.theme, (chosen) =>
    setTheme(THEMES.find((known) => known === chosen) ?? "system"),
  );
  return [labelled(say("client"), client), labelled(say("language"), language), labelled(say("theme"), theme)];
}

/** Shows the choices that the page's own interface or another client has changed. */
export function showChoices(mail: MailClient): void {
  const values = { client: mail.host.client.id, language: mail.host.language, theme: mail.theme };
  for (const [id, value] of Object.entries(values)) {
    const element = byId(id);
    if (element instanceof HTMLSelectElement) {
      element.value = value;
    }
  }
  for (const id of QUIRK_IDS) {
    const element = byId(`quirk-${id}`);
    if (element instanceof HTMLInputElement) {
      element.checked = mail.host.quirks.has(id);
    }
  }
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
