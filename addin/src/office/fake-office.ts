// A small Office for the unit tests. Calls wait until `flush` answers them, so that a test controls every step.

/** How a call behaves. `late` answers when `flushLate` is called, after the time limits. */
export type Behaviour = "works" | "fails" | "throws" | "late" | "never" | "nonsense" | "twice";

export const FAULTS: readonly Behaviour[] = ["fails", "throws", "late", "never", "nonsense"];

interface Call {
  name: string;
  args: unknown[];
}

export interface Setting {
  /** The highest Mailbox requirement set. */
  mailbox?: string;
  item?: "message" | "appointment" | undefined;
  platform?: string;
  language?: string;
  /** The values that the calls return, by name such as `subject.getAsync`. */
  values?: Record<string, unknown>;
  /** How the calls behave, by name; `*` is for all others. */
  behaviour?: Record<string, Behaviour>;
}

const VALUES: Record<string, unknown> = {
  "subject.getAsync": "Vedr. ansøgning",
  "to.getAsync": [{ emailAddress: "a@x.example", displayName: "A", recipientType: "user" }],
  "cc.getAsync": [],
  "bcc.getAsync": [],
  "requiredAttendees.getAsync": [{ emailAddress: "b@x.example", displayName: "B", recipientType: "externalUser" }],
  "optionalAttendees.getAsync": [],
  "from.getAsync": { emailAddress: "sikkerpost@x.example", displayName: "Sikker post" },
  "organizer.getAsync": { emailAddress: "leder@x.example", displayName: "Leder" },
  "sensitivityLabelsCatalog.getIsEnabledAsync": true,
  "sensitivityLabel.getAsync": "label-1",
  "internetHeaders.getAsync": { "x-sikker": "ja" },
  "body.getTypeAsync": "html",
  "body.getAsync": "<p>Hej</p>",
  getAttachmentsAsync: [{ id: "1", name: "referat.pdf", size: 1, attachmentType: "file", isInline: false }],
  getInitializationContextAsync: '{"from":"send"}',
  getComposeTypeAsync: { composeType: "reply", coercionType: "html" },
};

/** Replaces the global `Office`. Each test installs its own. */
export class FakeOffice {
  readonly calls: Call[] = [];
  readonly associated: Record<string, (event: unknown) => void> = {};
  readonly kept: Record<string, unknown> = {};
  /** How many calls are pending, and the most that were pending at once. */
  underWay = 0;
  most = 0;
  private answers: (() => void)[] = [];
  private late: (() => void)[] = [];

  constructor(private readonly setting: Setting = {}) {
    (globalThis as Record<string, unknown>)["Office"] = this.office();
  }

  /** Answers all calls, and those made in the meantime. */
  flush(): void {
    for (let answer = this.answers.shift(); answer !== undefined; answer = this.answers.shift()) {
      answer();
    }
  }

  /** Answers the calls that behave `late`. */
  flushLate(): void {
    for (const answer of this.late.splice(0)) {
      answer();
    }
  }

  names(): string[] {
    return this.calls.map(({ name }) => name);
  }

  args(name: string): unknown[][] {
    return this.calls.filter((call) => call.name === name).map(({ args }) => args);
  }

  private method(name: string): (...args: unknown[]) => void {
    return (...all) => {
      const callback = all[all.length - 1] as (result: unknown) => void;
      this.calls.push({ name, args: all.slice(0, -1) });
      const behaviour = this.setting.behaviour?.[name] ?? this.setting.behaviour?.["*"] ?? "works";
      if (behaviour === "throws") {
        throw new Error("Office threw");
      }
      this.underWay += 1;
      this.most = Math.max(this.most, this.underWay);
      const value = this.setting.values && name in this.setting.values ? this.setting.values[name] : VALUES[name];
      const answer = (result: unknown) => () => {
        this.underWay -= 1;
        callback(result);
      };
      const works = answer({ status: "succeeded", value });
      const again = () => callback({ status: "succeeded", value: "a second answer" });
      const answers: Record<Exclude<Behaviour, "throws">, () => void> = {
        works: () => {
          this.answers.push(works);
        },
        fails: () => {
          this.answers.push(answer({ status: "failed", error: { code: 9020 } }));
        },
        late: () => {
          this.late.push(works);
        },
        never: () => undefined,
        nonsense: () => {
          this.answers.push(answer({ status: "succeeded", value: 7 }));
        },
        twice: () => {
          this.answers.push(works, again);
        },
      };
      answers[behaviour]();
    };
  }

  private group(name: string, methods: string[]): Record<string, unknown> {
    return Object.fromEntries(methods.map((method) => [method, this.method(`${name}.${method}`)]));
  }

  private office(): unknown {
    const { item = "message", mailbox = "1.15", platform = "OfficeOnline", language = "da-DK" } = this.setting;
    const recipients = ["getAsync", "setAsync", "addAsync", "removeAsync"];
    const has = (version: string) => Number(version.split(".")[1]) <= Number(mailbox.split(".")[1]);
    const people =
      item === "message"
        ? { to: 0, cc: 0, bcc: 0, from: 0, internetHeaders: 0 }
        : { requiredAttendees: 0, optionalAttendees: 0, organizer: 0 };
    const groups = Object.keys(people).map((name) => [name, this.group(name, recipients)]);
    return {
      EventType: { RecipientsChanged: "olkRecipientsChanged" },
      actions: {
        associate: (name: string, handler: (event: unknown) => void) => {
          this.associated[name] = handler;
        },
      },
      onReady: (then: (info: unknown) => void) => {
        then({});
        return Promise.resolve({});
      },
      context: {
        displayLanguage: language,
        platform,
        diagnostics: { platform },
        officeTheme: { bodyBackgroundColor: "#ffffff" },
        requirements: { isSetSupported: (set: string, version: string) => set === "Mailbox" && has(version) },
        roamingSettings: {
          get: (name: string) => this.kept[name] ?? null,
          set: (name: string, value: unknown) => {
            this.kept[name] = value;
          },
          saveAsync: this.method("roamingSettings.saveAsync"),
        },
        sensitivityLabelsCatalog: this.group("sensitivityLabelsCatalog", ["getIsEnabledAsync"]),
        mailbox: {
          diagnostics: { hostName: "OutlookWebApp" },
          item: {
            itemType: item,
            ...(Object.fromEntries(groups) as Record<string, unknown>),
            subject: this.group("subject", ["getAsync", "setAsync"]),
            body: this.group("body", ["getAsync", "setAsync", "prependAsync", "getTypeAsync"]),
            sensitivityLabel: this.group("sensitivityLabel", ["getAsync", "setAsync"]),
            sessionData: this.group("sessionData", ["getAsync", "setAsync", "removeAsync"]),
            notificationMessages: this.group("notificationMessages", ["replaceAsync", "removeAsync"]),
            getAttachmentsAsync: this.method("getAttachmentsAsync"),
            getInitializationContextAsync: this.method("getInitializationContextAsync"),
            getComposeTypeAsync: this.method("getComposeTypeAsync"),
            addHandlerAsync: this.method("addHandlerAsync"),
          },
        },
      },
    };
  }
}
