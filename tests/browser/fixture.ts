// A page with the simulator around an add-in, driven through the real office.js. A test fails if anything other than
// the project's own files is requested, if a page or its console reports an error, or if the add-in breaks a rule of
// its host, unless the test expects it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { test as base, expect, type Frame, type Page } from "@playwright/test";

import type { SendState, Simulator } from "../../addin/simulator/api";
import type { ComposeRequest } from "../../addin/simulator/mailbox";
import {
  ADDIN_ORIGIN,
  BUILT_ADDIN,
  HOST_ORIGIN,
  MICROSOFT_AJAX,
  Network,
  type AddinFiles,
  type NetworkOptions,
} from "./network";

/** What office.js tries to send to Microsoft some seconds after it was loaded, and the policy of the pages refuses. */
const OFFICE_TELEMETRY = /^Connecting to 'https:\/\/browser\.pipe\.aria\.microsoft\.com\/.* violates/;

export interface FixtureOptions {
  /** The built add-in, or the files of a small one. */
  addin: AddinFiles;
  /** How requests for its files are answered. */
  answers: Omit<NetworkOptions, "addin">;
}

/** The parts of the simulator that are plain data. */
type Readable = {
  [K in keyof Simulator]: Simulator[K] extends ((...args: never[]) => unknown) | Promise<unknown> ? never : K;
}[keyof Simulator];

interface Fixtures {
  network: Network;
  mail: Mail;
}

/** The failures that the test expects. */
export interface Expected {
  errors: RegExp[];
  violations: RegExp[];
  requests: RegExp[];
}

export class Mail {
  readonly page: Page;
  readonly expected: Expected = { errors: [], violations: [], requests: [] };
  readonly errors: string[] = [];
  /** Errors of Microsoft's library, which uses eval against the add-in's policy; csp.spec.ts says what they are. */
  readonly libraryErrors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.keep(String(error), error.stack ?? ""));
    page.on("console", (message) => {
      if (message.type() === "error") {
        this.keep(message.text(), message.location().url);
      }
    });
  }

  private keep(error: string, where: string): void {
    (where.includes(MICROSOFT_AJAX) ? this.libraryErrors : this.errors).push(error);
  }

  /** Opens the simulator with an empty form. `query` as in `config.ts`. */
  async open(query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`${HOST_ORIGIN}/mail/?${new URLSearchParams({ start: "empty", ...query }).toString()}`);
    await this.page.evaluate(() => window.simulator.ready);
  }

  /** Opens an item and waits until its first events have run. */
  async compose(request: ComposeRequest = {}): Promise<void> {
    await this.page.evaluate((wanted) => window.simulator.compose(wanted), request);
    await this.idle();
  }

  idle(): Promise<void> {
    return this.page.evaluate(() => window.simulator.idle());
  }

  /** Presses Send without the mouse, and waits for the result. */
  send(): Promise<SendState> {
    return this.page.evaluate(() => window.simulator.send());
  }

  /** Reads one property of the simulator. */
  async read<K extends Readable>(name: K): Promise<Simulator[K]> {
    const value: unknown = await this.page.evaluate(
      (key) => (window.simulator as unknown as Record<string, unknown>)[key],
      name,
    );
    return value as Simulator[K];
  }

  async timers(timers: Partial<Simulator["timers"]>): Promise<void> {
    await this.page.evaluate((changes) => {
      Object.assign(window.simulator.timers, changes);
    }, timers);
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** The labels of the dialog's buttons, in order. */
  buttons(): Promise<string[]> {
    return this.dialog.getByRole("button").allTextContents();
  }

  /** Presses a button of the dialog as a user does. */
  async press(label: string): Promise<void> {
    await this.dialog.getByRole("button", { name: label, exact: true }).click();
  }

  /** The frame of the task pane, loaded. */
  async pane(): Promise<Frame> {
    const element = await this.page.locator("#pane iframe").elementHandle();
    const frame = await element.contentFrame();
    if (frame === null) {
      throw new Error("No task pane is open.");
    }
    await frame.waitForLoadState("load");
    return frame;
  }

  /**
   * Sets high contrast anew once nothing runs: a frame of the add-in that closes beside this one ends it for both, and what
   * is checked then are the ordinary colours.
   */
  async contrast(frame: Frame): Promise<void> {
    await this.idle();
    await this.page.emulateMedia({ forcedColors: "none" });
    await this.page.emulateMedia({ forcedColors: "active" });
    await frame.waitForFunction(() => matchMedia("(forced-colors: active)").matches);
  }

  /**
   * Makes a method of the item throw in the add-in, e.g. `subject.getAsync`, in frames that load from now on. The host
   * cannot do that: the method is replaced at the moment when office.js builds the item.
   */
  async throwing(method: string): Promise<void> {
    await this.page.addInitScript((path) => {
      const [part = "", member] = path.split(".");
      const define = Object.defineProperties.bind(Object);
      const refuse = (): never => {
        throw new Error("thrown on purpose");
      };
      Object.defineProperties = <T>(target: T, properties: PropertyDescriptorMap & ThisType<unknown>): T => {
        const found = "itemType" in properties ? properties[part] : undefined;
        if (found === undefined) {
          return define(target, properties);
        }
        const value: unknown =
          member === undefined ? refuse : define(Object.create(found.value as object), { [member]: { value: refuse } });
        return define(target, { ...properties, [part]: { ...found, value } });
      };
    }, method);
  }

  /** The messages between host and frames: the first thing to look at if a test fails. */
  trace(): Promise<Simulator["trace"]> {
    return this.page.evaluate(() => ("simulator" in window ? window.simulator.trace : []));
  }

  /** Fails if something went wrong that the test did not expect. */
  async settle(network: Network): Promise<void> {
    const unexpected = (found: readonly string[], expected: readonly RegExp[]): string[] =>
      found.filter((text) => !expected.some((pattern) => pattern.test(text)));
    const violations = await this.page.evaluate(() =>
      "simulator" in window ? window.simulator.violations.map(({ rule, detail }) => `${rule}: ${detail}`) : [],
    );
    expect
      .soft(unexpected(network.unexpected, this.expected.requests), "requests outside the project's own files")
      .toEqual([]);
    const errors = this.errors.filter((text) => !OFFICE_TELEMETRY.test(text));
    expect.soft(unexpected(errors, this.expected.errors), "errors of pages and console").toEqual([]);
    expect
      .soft(unexpected(violations, this.expected.violations), "rules of the host that the add-in broke")
      .toEqual([]);
  }
}

/** Records the coverage of a test for `cargo xtask coverage`. */
async function counted(page: Page, name: string, run: () => Promise<void>): Promise<void> {
  const folder = process.env["SENDVAGT_COVERAGE"];
  if (folder === undefined) {
    await run();
    return;
  }
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  await run();
  const entries = (await page.coverage.stopJSCoverage()).filter(({ url }) => url.startsWith(`${ADDIN_ORIGIN}/`));
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(entries));
}

export const test = base.extend<FixtureOptions & Fixtures>({
  addin: [BUILT_ADDIN, { option: true }],
  answers: [{}, { option: true }],
  network: async ({ context, addin, answers }, use) => {
    const network = new Network({ addin, ...answers });
    await network.attach(context);
    await use(network);
  },
  mail: async ({ page, network }, use, testInfo) => {
    const mail = new Mail(page);
    await counted(page, testInfo.testId, () => use(mail));
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("wire-trace.json", {
        body: JSON.stringify(await mail.trace(), undefined, 1),
        contentType: "application/json",
      });
    }
    await mail.settle(network);
  },
});

export { expect };
