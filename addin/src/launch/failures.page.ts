// docs/failures.md: each row is a fault that is simulated here, with its outcome. Making the page fails when an event is
// not completed as it must be. `cargo xtask generate` writes it.

import assert from "node:assert/strict";
import { mock } from "node:test";

import type { Decision } from "../contract";
import type { Engine } from "../engine/engine";
import * as office from "../office";
import { packIn, type Pack } from "../pack";
import type { EngineSource } from "./check";
import { BROKEN, engineThat, engineWith, packOf, sourceOf } from "./fake-engine";
import { FakeOffice, FAULTS, type Behaviour, type Setting } from "./fake-office";
import { handlers, type Handlers } from "./handlers";
import type { Completion } from "./outcome";

export const MODES: readonly Decision[] = ["send", "ask", "stop"];

/** No outcome may take longer, in milliseconds. */
const PROMISE = 3000;
/** The time that goes by between two looks, in milliseconds. */
const STEP = 100;

export interface Fault {
  setting?: Setting;
  /** Changes the fake before the event. */
  damage?: () => void;
  pack?: (onFailure: Decision) => Pack | undefined;
  engines?: EngineSource;
  handler?: keyof Handlers;
  /** The event's own function; it counts as called even when it throws. */
  completed?: (options?: Completion) => void;
  /** Calls of Office are answered only when this much time is over, in milliseconds. */
  answeredAfter?: number;
}

interface Ended {
  completion: Completion | undefined;
  /** In milliseconds of the fake clock. */
  time: number;
  shown: string[];
}

/** The fake clock for the test's own use: these timers are not counted. */
let uncounted = setTimeout;

/** Timers that were set and have neither run out nor been cleared. */
function countedTimers(): Set<unknown> {
  const live = new Set<unknown>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const counted = (then: () => void, milliseconds: number) => {
    const timer: unknown = set(() => {
      live.delete(timer);
      then();
    }, milliseconds);
    live.add(timer);
    return timer;
  };
  const cleared = (timer: unknown) => {
    live.delete(timer);
    clear(timer as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: counted, clearTimeout: cleared });
  return live;
}

/** Raises one event and lets everything happen that will ever happen. */
export function raised(fault: Fault, onFailure: Decision): Ended {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    uncounted = globalThis.setTimeout;
    const live = countedTimers();
    const fake = new FakeOffice(fault.setting);
    fault.damage?.();
    const completions: (Completion | undefined)[] = [];
    const completed = (options?: Completion) => {
      completions.push(options);
      fault.completed?.(options);
    };
    const policy = { from: ["a"], labels: ["b"], headers: [{ name: "c" }] };
    const pack = fault.pack ?? (() => packOf(onFailure, policy));
    const engines = fault.engines ?? sourceOf(engineWith("send"));
    let time = 0;
    handlers({ pack: () => pack(onFailure), engines })[fault.handler ?? "onMessageSend"]({ completed });
    const answer = () => {
      if (time >= (fault.answeredAfter ?? 0)) {
        fake.flush();
      }
    };
    answer();
    while (completions.length === 0 && time < PROMISE) {
      mock.timers.tick(STEP);
      time += STEP;
      answer();
    }
    assert.equal(completions.length, 1, "completed in time");
    assert.equal(live.size, 0, "no timer is left behind");
    const asked = fake.calls.length;
    mock.timers.tick(20 * office.CALL_LIMIT);
    fake.flush();
    fake.flushLate();
    mock.timers.tick(20 * office.CALL_LIMIT);
    assert.equal(completions.length, 1, "never completed again");
    assert.equal(fake.calls.length, asked, "Office is asked for nothing once the event is completed");
    const shown = fake.args("notificationMessages.replaceAsync").map(([, details]) => (details as { message: string }).message);
    return { completion: completions[0], time, shown };
  } finally {
    mock.timers.reset();
    Object.assign(globalThis, real);
  }
}

// ---- Words of the page ----------------------------------------------------------------------------------------------

const FAULT_WORDS: Partial<Record<Behaviour, string>> = {
  fails: "fails",
  throws: "throws",
  late: "answers late",
  never: "never answers",
  nonsense: "answers nonsense",
};

/** What a user meets, and whose words say it. */
function told({ completion, time, shown }: Ended, handler: keyof Handlers = "onMessageSend"): string {
  const after = time === 0 ? "" : `, after ${(time / 1000).toFixed(1)} s`;
  if (!handler.endsWith("Send")) {
    return (shown.length === 0 ? "no bar" : "bar") + after;
  }
  if (completion?.allowEvent !== false) {
    return `goes${after}`;
  }
  const text = completion.errorMessage;
  const words = text === undefined ? "Outlook's own words" : `\`${/(office|engine|slow|stop|ask)/.exec(text)?.[1] ?? text}\``;
  const anyway = completion.sendModeOverride === "promptUser" ? " with *Send anyway*" : text?.endsWith("again") === true ? ", Send again passes" : "";
  return `stays${anyway}, ${words}${after}`;
}

type Row = [name: string, ...outcomes: string[]];

function row(name: string, fault: Fault): Row {
  return [name, ...MODES.map((onFailure) => told(raised(fault, onFailure), fault.handler))];
}

/** A row for each thing that can go wrong with a call; those with one outcome share a row. */
function callRows(name: string, about: Fault = {}): Row[] {
  const rows = FAULTS.map((fault) => {
    const behaviour: Record<string, Behaviour> = { [name]: fault };
    return row(FAULT_WORDS[fault] ?? fault, { ...about, setting: { ...about.setting, behaviour } });
  });
  return merged(rows).map(([faults, ...outcomes]) => [`\`${name}\` ${faults}`, ...outcomes]);
}

function table(first: string, rows: Row[]): string {
  const heads = [first, ...MODES.map((mode) => `\`${mode}\``)];
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

// ---- The faults -----------------------------------------------------------------------------------------------------

export const MESSAGE = ["subject.getAsync", "to.getAsync", "cc.getAsync", "bcc.getAsync", "from.getAsync", "sensitivityLabelsCatalog.getIsEnabledAsync", "sensitivityLabel.getAsync", "internetHeaders.getAsync"];
const APPOINTMENT = ["subject.getAsync", "requiredAttendees.getAsync", "optionalAttendees.getAsync", "organizer.getAsync", "sensitivityLabel.getAsync"];

export const never: EngineSource = { engine: () => undefined };
const throws = (): never => {
  throw new Error("thrown on purpose");
};

/** Replaces a member of the fake Office by a getter that throws. */
function breaks(path: string): () => void {
  return () => {
    const names = path.split(".");
    const last = names.pop() ?? "";
    let owner = globalThis as Record<string, unknown>;
    for (const name of names) {
      owner = owner[name] as Record<string, unknown>;
    }
    Object.defineProperty(owner, last, { get: throws, configurable: true });
  };
}

function appointments(): Row[] {
  const setting: Setting = { item: "appointment" };
  return APPOINTMENT.flatMap((name) => callRows(name, { handler: "onAppointmentSend", setting }));
}

function several(): Row[] {
  const late = { answeredAfter: 1900 };
  return [
    row("one call fails, and what could be read is to be stopped", { setting: { behaviour: { "bcc.getAsync": "fails" } }, engines: sourceOf(engineWith("stop")) }),
    row("one call fails, and what could be read is to be asked about", { setting: { behaviour: { "bcc.getAsync": "fails" } }, engines: sourceOf(engineWith("ask")) }),
    row("no call answers", { setting: { behaviour: { "*": "never" } } }),
    row("all calls throw", { setting: { behaviour: { "*": "throws" } } }),
    row("each call answers after 1.9 s", late),
    row("a call answers twice", { setting: { behaviour: { "subject.getAsync": "twice" } } }),
    row("there is no item", { damage: breaks("Office.context.mailbox.item") }),
    row("there is no `Office` at all", { damage: () => Reflect.deleteProperty(globalThis, "Office") }),
    row("`isSetSupported` throws", { damage: breaks("Office.context.requirements.isSetSupported") }),
    row("`isSetSupported` throws, and the sender cannot be read", {
      damage: breaks("Office.context.requirements.isSetSupported"),
      setting: { behaviour: { "from.getAsync": "fails" } },
    }),
    row("`displayLanguage` throws, and a call fails", { damage: breaks("Office.context.displayLanguage"), setting: { behaviour: { "subject.getAsync": "fails" } } }),
  ];
}

function engineFaults(): Row[] {
  const words: Record<string, string> = {
    missing: "cannot be loaded",
    throwing: "traps",
    silent: "answers nothing",
    garbled: "answers no JSON",
    undecided: "answers an unknown decision",
    wordless: "answers a verdict without words",
    empty: "answers an empty text",
  };
  const rows = (second: string, engines: (make: () => Engine | undefined) => EngineSource) =>
    merged(Object.entries(BROKEN).map(([name, make]) => row(words[name] ?? name, { engines: engines(make) })), second);
  return [
    ...rows("there is no other", (make) => sourceOf(make())),
    ...rows("so does the other", (make) => sourceOf(make(), make())),
    ...rows("the other finds nothing", (make) => sourceOf(make(), engineWith("send"))),
    ...rows("the other finds what is to be stopped", (make) => sourceOf(make(), engineWith("stop"))),
  ];
}

/** Rows with the same outcomes as one. */
function merged(rows: Row[], addition?: string): Row[] {
  const found = new Map<string, { names: string[]; outcomes: string[] }>();
  for (const [name, ...outcomes] of rows) {
    const same = found.get(outcomes.join());
    if (same === undefined) {
      found.set(outcomes.join(), { names: [name], outcomes });
    } else {
      same.names.push(name);
    }
  }
  return [...found.values()].map(({ names, outcomes }) => [[names.join(", "), ...(addition === undefined ? [] : [addition])].join("; "), ...outcomes]);
}

function ownFaults(): Row[] {
  return [
    row("an engine never comes", { engines: never }),
    row("an engine comes after the time is up", { engines: { engine: (then) => { uncounted(() => { then(engineWith("send")); }, 2900); } } }),
    row("looking for an engine throws", { engines: { engine: throws, another: throws } }),
    row("the policy of the engine does not read", { engines: { engine: throws } }),
    row("an engine answers twice", { engines: { engine: (then) => { then(engineWith("stop")); then(engineWith("send")); } } }),
  ];
}

function packFaults(): Row[] {
  const whole = packOf("ask") as unknown as Record<string, unknown>;
  const without = (name: string) => JSON.stringify({ ...whole, [name]: undefined });
  return merged([
    row("the pack is no JSON", { pack: () => packIn("{") }),
    row("the pack was never put in", { pack: () => packIn("@@SENDVAGT-PACK@@".slice(1)) }),
    row("the pack has no policy", { pack: () => packIn(without("policy")) }),
    row("the pack has no words for failures", { pack: () => packIn(without("failures")) }),
    row("reading the pack throws", { pack: throws }),
  ]);
}

function oldClients(): Row[] {
  const old: Setting = { mailbox: "1.13" };
  const engines = sourceOf(engineWith("ask"));
  const before: Setting = { ...old, values: { "sessionData.getAsync": "unchecked" } };
  return [
    row("the check fails", { setting: old, engines: sourceOf(undefined) }),
    row("the check fails, and Send was pressed before", { setting: before, engines: sourceOf(undefined) }),
    row("Mailbox 1.12: labels cannot be read at all, and nothing else marks the mail", { setting: { mailbox: "1.12" } }),
    ...callRows("sessionData.getAsync", { setting: old, engines }),
    ...callRows("sessionData.setAsync", { setting: old, engines }),
    row("no call answers, the mark of the question neither", { setting: { ...old, behaviour: { "*": "never" } } }),
  ];
}

function composing(): Row[] {
  const compose = (name: string, decision: Decision) => callRows(name, { handler: "onNewMessageCompose", engines: sourceOf(engineWith(decision)) });
  const quiet: Fault = { handler: "onMessageRecipientsChanged" };
  return [
    ...compose("subject.getAsync", "stop"),
    ...compose("notificationMessages.replaceAsync", "stop"),
    ...compose("notificationMessages.removeAsync", "send"),
    row("no engine", { ...quiet, engines: sourceOf(undefined) }),
    row("no pack", { ...quiet, pack: () => undefined }),
  ];
}

function completing(): Row[] {
  return [
    row("`completed` throws", { completed: throws }),
    row("`completed` raises the answers of all calls at once", { engines: sourceOf(engineThat(() => "{")), completed: () => { mock.timers.tick(PROMISE); } }),
  ];
}

// ---- The page -------------------------------------------------------------------------------------------------------

/** The page, as Markdown. */
export function page(): string {
  const calls = MESSAGE.flatMap((name) => callRows(name));
  return `# What becomes of each failure

<!-- Made by \`cargo xtask generate\` from addin/src/launch/failures.page.ts. -->

Each row is a fault that the test brings about in a fake Office on a fake clock, and what came of it. No Outlook was used.
The mail itself has no fault unless the row says so. The columns are the modes of \`onFailure\` in the [policy](policy.md).

*goes*: the mail is sent. A mail that was not checked goes only where the policy says \`send\` for failures, or when the user
was asked before. *stays*: it is not sent. The words after it are those of the failure, in the user's language: \`office\` (the mail could not be read), \`engine\`
(Sendvagt could not run), \`slow\` (the check took too long); or those of a rule, \`stop\` and \`ask\`. They were made when the
policy was packed, so that they are there when nothing else is.

Held for every row, by the test: the event is completed within 3 s; it is completed once, however late an answer comes (a
second completion has released a mail in classic Outlook that the first one held: office-js issue 6656); no timer is left
behind; and Outlook is asked for nothing after it.

## A call to Outlook, while a message is sent

Labels, headers and the sender are read only when the policy names some. *Answers late* is later than 2 s, which is what one
call is waited for.

${table("fault", calls)}

## A call to Outlook, while an appointment is sent

${table("fault", appointments())}

## Several at once, and Outlook itself

What could be read is judged all the same: a failure never lets through what a check would not.

${table("fault", several())}

## The engine

Browser runtimes have WebAssembly first and the translated engine second. Classic Outlook has the translated one alone.

${table("the engine …", engineFaults())}

${table("fault", ownFaults())}

## The pack

A damaged pack has no words and no \`onFailure\` that could be trusted. The mail stays, and Outlook says in its own words
that the add-in prevents the sending.

${table("fault", packFaults())}

## Clients without *Send anyway* (below Mailbox 1.14)

The question is put by refusing the first Send, and its mark is kept with the draft. In the rows about \`sessionData\` a rule
asks.

${table("fault", oldClients())}

## While composing

Nothing is held up, and no information bar says what is not known.

${table("fault", composing())}

## Completing

The mail has no fault in the first row; in the second the engine answers no JSON.

${table("fault", completing())}

## What the add-in cannot decide

* A script that does not load, a client that is offline, an add-in that was switched off: Outlook decides by the manifest's
  send mode, and its words are its own.
* A runtime without timers, where a call never answers: Outlook's own limit of 5 minutes ends the event. With timers, no call
  is waited for longer than 2 s, and no check longer than 2.5 s.
* A client below Mailbox 1.12 raises no send event at all; [clients.md](clients.md) has them.
`;
}
