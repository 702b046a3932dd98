// docs/failures.md: each row is a fault that is simulated here, with its outcome. Making the page fails when an event is
// not completed as it must be. `cargo xtask generate` writes it.

import assert from "node:assert/strict";
import { mock } from "node:test";

import type { Decision, Draft } from "../contract";
import type { Engine } from "../engine/engine";
import type { EngineSource } from "../engine/source";
import { readContent } from "../judge/content";
import { BROKEN, engineThat, engineThatWants, engineWith, packOf, sourceOf, verdict } from "../judge/fake-engine";
import { packIn, type Pack } from "../judge/pack";
import * as office from "../office";
import { FakeOffice, FAULTS, type Behaviour, type Setting } from "../office/fake-office";
import { handlers, type Handlers } from "./handlers";
import type { Completion } from "./outcome";

export const MODES: readonly Decision[] = ["send", "ask", "stop"];

/** No outcome may take longer, in milliseconds. */
const LIMIT = 3000;
/** The step of the fake clock, in milliseconds. */
const STEP = 100;

export interface Fault {
  setting?: Setting;
  /** Changes the fake before the event. */
  damage?: () => void;
  pack?: (onFailure: Decision) => Pack | undefined;
  engines?: EngineSource;
  /** Is it a site whose policy asks for the text and the attachments? */
  content?: boolean;
  handler?: keyof Handlers;
  /** What the event's `completed` does; a call counts even if it throws. */
  completed?: (options?: Completion) => void;
  /** Calls to Office are answered only after this time, in milliseconds. */
  answeredAfter?: number;
}

interface Ended {
  completion: Completion | undefined;
  /** In milliseconds of the fake clock. */
  time: number;
  shown: string[];
}

/** The fake clock for the test itself: these timers are not counted. */
let uncounted = setTimeout;

/** Timers that were set and have neither fired nor been cleared. */
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

/** Raises one event and runs until nothing more can happen. */
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
    const content = fault.content === true ? { content: readContent } : {};
    handlers({ pack: () => pack(onFailure), engines, ...content })[fault.handler ?? "onMessageSend"]({ completed });
    const answer = () => {
      if (time >= (fault.answeredAfter ?? 0)) {
        fake.flush();
      }
    };
    answer();
    while (completions.length === 0 && time < LIMIT) {
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
    assert.equal(fake.calls.length, asked, "no call is made to Office after the event is completed");
    const shown = fake
      .args("notificationMessages.replaceAsync")
      .map(([, details]) => (details as { message: string }).message);
    return { completion: completions[0], time, shown };
  } finally {
    mock.timers.reset();
    Object.assign(globalThis, real);
  }
}

// How an outcome reads

const FAULT_TEXTS: Partial<Record<Behaviour, string>> = {
  fails: "fails",
  throws: "throws",
  late: "answers late",
  never: "never answers",
  nonsense: "answers nonsense",
};

/** The outcome for the user, and the origin of the text. */
function described({ completion, time, shown }: Ended, handler: keyof Handlers = "onMessageSend"): string {
  const after = time === 0 ? "" : `, after ${(time / 1000).toFixed(1)} s`;
  if (!handler.endsWith("Send")) {
    return (shown.length === 0 ? "no bar" : "bar") + after;
  }
  if (completion?.allowEvent !== false) {
    return `goes${after}`;
  }
  const text = completion.errorMessage;
  const words =
    text === undefined ? "Outlook's own message" : `\`${/(office|engine|slow|stop|ask)/.exec(text)?.[1] ?? text}\``;
  const anyway =
    completion.sendModeOverride === "promptUser"
      ? " with *Send anyway*"
      : text?.endsWith("again") === true
        ? ", Send again passes"
        : text?.endsWith("stuck") === true
          ? ", Send again may pass, and the text names Outlook on the web"
          : "";
  return `stays${anyway}, ${words}${after}`;
}

type Row = [name: string, ...outcomes: string[]];

function row(name: string, fault: Fault): Row {
  return [name, ...MODES.map((onFailure) => described(raised(fault, onFailure), fault.handler))];
}

/** A row for each way in which a call can fail; those with the same outcome share a row. */
function callRows(name: string, about: Fault = {}): Row[] {
  const rows = FAULTS.map((fault) => {
    const behaviour: Record<string, Behaviour> = { [name]: fault };
    return row(FAULT_TEXTS[fault] ?? fault, { ...about, setting: { ...about.setting, behaviour } });
  });
  return merged(rows).map(([faults, ...outcomes]) => [`\`${name}\` ${faults}`, ...outcomes]);
}

function table(first: string, rows: Row[]): string {
  const heads = [first, ...MODES.map((mode) => `\`${mode}\``)];
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

// The faults

export const NEEDED = ["subject.getAsync", "to.getAsync", "cc.getAsync", "bcc.getAsync"];
const SIGNS = [
  "from.getAsync",
  "sensitivityLabelsCatalog.getIsEnabledAsync",
  "sensitivityLabel.getAsync",
  "internetHeaders.getAsync",
];
const APPOINTMENT = ["subject.getAsync", "requiredAttendees.getAsync", "optionalAttendees.getAsync"];
const APPOINTMENT_SIGNS = ["organizer.getAsync", "sensitivityLabel.getAsync"];

export const never: EngineSource = { first: () => undefined };
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
  const meeting: Fault = { handler: "onAppointmentSend", setting };
  return [
    ...APPOINTMENT.flatMap((name) => callRows(name, meeting)),
    ...APPOINTMENT_SIGNS.flatMap((name) => signRows(name, meeting)),
  ];
}

/** A sign that is not read: the engine is told, and asks only if that makes a difference. */
function signRows(name: string, about: Fault = {}): Row[] {
  const asks = engineThat(({ unread }) => JSON.stringify(verdict(unread === undefined ? "send" : "ask")));
  const rows = (engine: Engine, addition: string) =>
    callRows(name, { ...about, engines: sourceOf(engine) }).map(([fault, ...outcomes]): Row => [
      `${fault}; ${addition}`,
      ...outcomes,
    ]);
  return [...rows(engineWith("send"), "it makes no difference"), ...rows(asks, "it makes a difference")];
}

export const CONTENT = ["body.getTypeAsync", "body.getAsync", "getAttachmentsAsync"];

/** What is read beyond subject and recipients does not come: the engine is told, and the policy says what then. */
function content(): Row[] {
  const asks = (draft: Draft) => JSON.stringify(verdict(draft.unread === undefined ? "send" : "ask"));
  const sends = () => JSON.stringify(verdict("send"));
  const wants = (answer: (draft: Draft) => string): Fault => ({
    content: true,
    engines: sourceOf(engineThatWants("body attachments", answer)),
    pack: (onFailure) => packOf(onFailure),
  });
  const both = (name: string, rows: (about: Fault) => Row[]) => [
    ...rows(wants(sends)).map(([fault, ...outcomes]): Row => [
      `${fault}${name}; \`onUnread\` is \`send\``,
      ...outcomes,
    ]),
    ...rows(wants(asks)).map(([fault, ...outcomes]): Row => [`${fault}${name}; \`onUnread\` is \`ask\``, ...outcomes]),
  ];
  const never = { behaviour: Object.fromEntries(CONTENT.map((name) => [name, "never" as const])) };
  const late = (about: Fault) => [
    row("no call for them answers", { ...about, setting: never }),
    row("no call for them answers, and the others after 1.9 s", { ...about, setting: never, answeredAfter: 1900 }),
  ];
  const throwing = { ...engineWith("send"), wanted: throws };
  return [
    ...CONTENT.flatMap((name) => both("", (about) => callRows(name, about))),
    ...both("", late),
    row("the engine traps when it is asked what to read, and then answers", {
      content: true,
      engines: sourceOf(throwing),
    }),
    row("`body.getAsync` fails, and the subject is stopped", {
      content: true,
      engines: sourceOf(engineThatWants("body", () => JSON.stringify(verdict("stop")))),
      setting: { behaviour: { "body.getAsync": "fails" } },
    }),
    row("a recipient field fails: nothing more is read", {
      ...wants(sends),
      setting: { behaviour: { "bcc.getAsync": "fails" } },
    }),
  ];
}

function several(): Row[] {
  const late = { answeredAfter: 1900 };
  return [
    row("one call fails, and what could be read is stopped", {
      setting: { behaviour: { "bcc.getAsync": "fails" } },
      engines: sourceOf(engineWith("stop")),
    }),
    row("one call fails, and what could be read is asked about", {
      setting: { behaviour: { "bcc.getAsync": "fails" } },
      engines: sourceOf(engineWith("ask")),
    }),
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
    row("`displayLanguage` throws, and a call fails", {
      damage: breaks("Office.context.displayLanguage"),
      setting: { behaviour: { "subject.getAsync": "fails" } },
    }),
  ];
}

function engineFaults(): Row[] {
  const words: Record<string, string> = {
    missing: "cannot be loaded",
    throwing: "traps",
    silent: "answers nothing",
    garbled: "answers something other than JSON",
    undecided: "answers an unknown decision",
    wordless: "answers a verdict without texts",
    empty: "answers an empty text",
  };
  const rows = (second: string, engines: (make: () => Engine | undefined) => EngineSource) =>
    merged(
      Object.entries(BROKEN).map(([name, make]) => row(words[name] ?? name, { engines: engines(make) })),
      second,
    );
  return [
    ...rows("there is no fallback", (make) => sourceOf(make())),
    ...rows("so does the fallback", (make) => sourceOf(make(), make())),
    ...rows("the fallback finds nothing", (make) => sourceOf(make(), engineWith("send"))),
    ...rows("the fallback finds something to stop", (make) => sourceOf(make(), engineWith("stop"))),
  ];
}

/** Merges rows with the same outcomes. */
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
  return [...found.values()].map(({ names, outcomes }) => [
    [names.join(", "), ...(addition === undefined ? [] : [addition])].join("; "),
    ...outcomes,
  ]);
}

function ownFaults(): Row[] {
  return [
    row("no engine arrives", { engines: never }),
    row("an engine arrives after the time is up", {
      engines: {
        first: (then) => {
          uncounted(() => then(engineWith("send")), 2900);
        },
      },
    }),
    row("requesting an engine throws", { engines: { first: throws, fallback: throws } }),
    row("the policy of the engine cannot be read", { engines: { first: throws } }),
    row("an engine answers twice", {
      engines: {
        first: (then) => {
          then(engineWith("stop"));
          then(engineWith("send"));
        },
      },
    }),
  ];
}

function packFaults(): Row[] {
  const whole = packOf("ask") as unknown as Record<string, unknown>;
  const without = (name: string) => JSON.stringify({ ...whole, [name]: undefined });
  return merged([
    row("the pack is not JSON", { pack: () => packIn("{") }),
    row("the pack was never embedded", { pack: () => packIn("@@SENDVAGT-PACK@@".slice(1)) }),
    row("the pack has no policy", { pack: () => packIn(without("policy")) }),
    row("the pack has no texts for failures", { pack: () => packIn(without("failures")) }),
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
    row("Mailbox 1.12: labels cannot be read at all, and nothing else marks the mail", {
      setting: { mailbox: "1.12" },
    }),
    ...callRows("sessionData.getAsync", { setting: old, engines }),
    ...callRows("sessionData.setAsync", { setting: old, engines }),
    row("no call answers, nor does the mark of the question", { setting: { ...old, behaviour: { "*": "never" } } }),
  ];
}

function conversation(): Row[] {
  const pack = (onFailure: Decision): Pack => ({
    ...packOf(onFailure),
    policy: { secureMail: {}, conversation: true },
  });
  return callRows("sessionData.getAsync", { pack });
}

function composing(): Row[] {
  const compose = (name: string, decision: Decision) =>
    callRows(name, { handler: "onMessageCompose", engines: sourceOf(engineWith(decision)) });
  const quiet: Fault = { handler: "onMessageRecipientsChanged" };
  return [
    ...compose("subject.getAsync", "stop"),
    ...compose("notificationMessages.replaceAsync", "stop"),
    ...compose("notificationMessages.removeAsync", "send"),
    ...compose("sessionData.getAsync", "stop"),
    ...compose("sessionData.setAsync", "stop"),
    row("no engine", { ...quiet, engines: sourceOf(undefined) }),
    row("no pack", { ...quiet, pack: () => undefined }),
  ];
}

function completing(): Row[] {
  return [
    row("`completed` throws", { completed: throws }),
    row("`completed` triggers the answers of all calls at once", {
      engines: sourceOf(engineThat(() => "{")),
      completed: () => mock.timers.tick(LIMIT),
    }),
  ];
}

// The page

/** The page, as Markdown. */
export function page(): string {
  const calls = NEEDED.flatMap((name) => callRows(name));
  const signs = SIGNS.flatMap((name) => signRows(name));
  return `# What happens on each failure

<!-- Made by \`cargo xtask generate\` from addin/src/launch/failures.page.ts. -->

Each row is a fault that the test simulates in a fake Office on a fake clock, with its outcome. No Outlook was used. The mail
itself has no finding unless the row says so. The columns are the modes of \`onFailure\` in the [policy](policy.md).

*goes*: the mail is sent. A mail that was not checked goes only if the policy says \`send\` for failures, or if the user has
confirmed. *stays*: it is not sent. Then follows the text that is shown, in the user's language: that of the failure, \`office\`
(the mail could not be read), \`engine\` (Sendvagt could not run) or \`slow\` (the check took too long), or that of a rule,
\`stop\` or \`ask\`. The texts of failures are generated when the policy is packed, so that they are available when nothing else
is.

The test asserts for every row: the event is completed within 3 s; it is completed once, however late an answer arrives (in
classic Outlook a second completion has released a mail that the first one held back: office-js issue 6656); no timer is left
running; and no call is made to Outlook afterwards.

## A call to Outlook, while a message is sent

*Answers late* means after more than 2 s, the limit of one call.

${table("fault", calls)}

### A sign of secure mail

Labels, headers and the sender are read only if the policy names any. If one of them cannot be read, which is so for labels
where they are not enabled, the engine judges the mail as ordinary mail and as secure mail. *It makes a difference* where a
rule finds something in only one of the two, such as a recipient that secure mail does not reach: the user is asked. What is
found in both is stopped or asked about as ever, and a mail in which neither finds anything goes. A sender whose address is
a path in the Exchange directory counts as not read.

${table("fault", signs)}

### The text and the names of the attachments

They are read only where the policy has a rule on them, after the engine has seen subject, recipients and signs: only of ordinary
mail to someone outside. Each call has 1.2 s. What does not come never pulls \`onFailure\`: the policy's \`onUnread\` decides.

${table("fault", content())}

## A call to Outlook, while an appointment is sent

${table("fault", appointments())}

## Several faults at once, and faults of Outlook itself

What could be read is judged all the same: a failure never lets through what a check would stop.

${table("fault", several())}

## The engine

Browser runtimes have WebAssembly first and the translated engine as a fallback. Classic Outlook has only the translated one.

${table("the engine …", engineFaults())}

${table("fault", ownFaults())}

## The pack

A damaged pack has no texts and no \`onFailure\` that could be trusted. The mail stays, and Outlook's own message says that the
add-in prevents the sending.

${table("fault", packFaults())}

## Clients without *Send anyway* (below Mailbox 1.14)

The question is asked by refusing the first Send, and its mark is stored with the draft. In the rows about \`sessionData\` a
rule asks.

${table("fault", oldClients())}

## The user has said that it is not a CPR number

A rule stops the mail, and the user's objection is read. It is waited for at most 0.8 s, and without it the verdict holds.

${table("fault", callRows("sessionData.getAsync", { engines: sourceOf(engineWith("stop")) }))}

## Who was in the conversation

Where the rule \`stranger-in-reply\` is on, a note of it is read with the mail. It is waited for at most 0.4 s, and without it
nobody is a stranger. That the note could not be made has the same effect.

${table("fault", conversation())}

## While composing

Nothing is delayed, and no information bar claims what is not known.

${table("fault", composing())}

## Completing

The mail has no finding in the first row; in the second the engine does not answer in JSON.

${table("fault", completing())}

## What the add-in cannot decide

* A script that does not load, a client that is offline, an add-in that is switched off: Outlook decides by the manifest's send
  mode, with a message of its own.
* A runtime without timers in which a call never answers: Outlook's own limit of 5 minutes ends the event. With timers, no call
  takes longer than 2 s, and no check longer than 2.5 s.
* A client below Mailbox 1.12 raises no send event at all; [clients.md](clients.md) lists them.
`;
}
