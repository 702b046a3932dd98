// The task pane: shows the findings in the open draft, and applies their fixes.

import type { Change, Draft, Verdict } from "../contract";
import { browserEngine, translatedEngine, WHOLE } from "../engine/browser";
import type { Engine } from "../engine/engine";
import type { EngineSource } from "../engine/source";
import { check, type Checked } from "../judge/check";
import { languageOf } from "../judge/language";
import { pack, type Pack } from "../judge/pack";
import * as office from "../office";
import type { Item } from "../office";
import { showVerdictBar } from "../ui/bar";
import { apply, type Undo } from "../ui/change";
import { TO_PRACTICE } from "../ui/offer";
import { paint } from "../ui/theme";
import { element, showAbout, showBusy, showFindings, showNothing, showStatus, showSubject } from "../ui/view";
import { about } from "./about";
import { paneTexts, type PaneTexts } from "./texts";

/** There is no event for a changed subject (Microsoft: "Configure your Outlook add-in for event-based activation"). */
const LOOK_AGAIN = 1000;

/** The fragment with which the practice links back to the pane. */
const BACK = "#mail";

interface Shown {
  draft: Draft;
  verdict: Verdict;
}

class Pane {
  private shown: Shown | undefined;
  private undo: Undo | undefined;
  private busy = false;
  private looking: Promise<void> = Promise.resolve();
  private key = "";

  constructor(
    private readonly item: Item,
    private readonly pack: Pack,
    private readonly engine: Engine,
    private readonly texts: PaneTexts,
  ) {
    this.label("check", texts.checkAgain, () => this.check(true));
    this.label("undo", texts.undo, () => this.undoLast());
  }

  private label(id: string, text: string, press: () => Promise<void>): void {
    const button = element(id);
    button.textContent = text;
    button.addEventListener("click", () => {
      void this.alone(press);
    });
  }

  /** One action at a time: a button that is pressed during another action does nothing. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    showBusy(true);
    try {
      await this.looking;
      await work();
    } finally {
      this.busy = false;
      showBusy(false);
    }
  }

  /** Checks whether the draft has changed, except during an action, which checks by itself. */
  look(): void {
    if (!this.busy) {
      this.looking = this.looking.then(() => this.check(false));
    }
  }

  /** Judges the draft, and shows the verdict if the draft has changed or the user asks. */
  private async check(asked: boolean): Promise<void> {
    if (asked) {
      showStatus(this.texts.checking);
    }
    const { draft, verdict, failed } = await this.judged();
    const key = JSON.stringify([draft, failed]);
    if (!asked && key === this.key) {
      return;
    }
    this.key = key;
    if (failed === undefined) {
      this.show({ draft, verdict });
    } else {
      this.shown = undefined;
      showNothing();
      showStatus(failed === "engine" ? this.texts.noEngine : this.texts.unread);
    }
  }

  private judged(): Promise<Checked> {
    const engines: EngineSource = {
      first: (then) => then(this.engine),
      fallback: (then) => translatedEngine(this.pack.packed, WHOLE, then),
    };
    return new Promise((resolve) => check(this.item, this.pack, engines, false, resolve));
  }

  private show(shown: Shown): void {
    this.shown = shown;
    const { draft, verdict } = shown;
    const count = verdict.findings.length;
    showStatus(count === 0 ? this.texts.clean : this.texts.found(count), count === 0 ? "send" : verdict.decision);
    showSubject(draft.subject, verdict, this.texts);
    const addresses = (draft.recipients ?? []).map(({ address }) => address);
    showFindings(verdict, addresses, this.texts, (finding, fix) => {
      void this.alone(() => this.mend(finding, fix));
    });
    showVerdictBar(this.item, verdict, () => undefined);
  }

  private async mend(finding: number, fix: number): Promise<void> {
    const seen = this.shown;
    if (seen === undefined) {
      return;
    }
    const change = this.change(seen.draft, finding, fix);
    const ended = change === undefined ? ({ how: "failed" } as const) : await apply(change, seen.draft);
    this.offer(ended.how === "done" ? ended.undo : undefined);
    await this.check(true);
    this.say({ done: this.texts.done, changed: this.texts.changed, failed: this.texts.failed }[ended.how]);
  }

  private change(draft: Draft, finding: number, fix: number): Change | undefined {
    try {
      return JSON.parse(this.engine.mend(draft, office.locale(), finding, fix)) as Change;
    } catch {
      return undefined;
    }
  }

  private async undoLast(): Promise<void> {
    const undo = this.undo;
    if (undo === undefined) {
      return;
    }
    const whole = await undo();
    this.offer(undefined);
    await this.check(true);
    this.say(whole ? this.texts.undone : this.texts.notUndone);
  }

  /**
   * Shows what was done before the status of the draft. The button that was pressed may be gone, so the focus moves to
   * the next action. It must not move to the text: office.js passes Tab to the host if the focused element is not a
   * control, and the keyboard could not return.
   */
  private say(what: string): void {
    const status = element("status");
    status.textContent = `${what} ${status.textContent}`;
    element(this.undo === undefined ? "check" : "undo").focus();
  }

  private offer(undo: Undo | undefined): void {
    this.undo = undo;
    element("undo").hidden = undo === undefined;
  }
}

function begin(): void {
  const found = pack();
  const language = found?.policy.language ?? languageOf(office.locale());
  const texts = paneTexts[language];
  document.documentElement.lang = language;
  element("title").textContent = texts.title;
  element("about-heading").textContent = texts.about;
  element("practise").textContent = texts.practise;
  element("practise").addEventListener("click", practise);
  paint();
  // A user who returns from practice opened the pane by the same button, and now wants to see the mail.
  if (location.hash !== BACK) {
    office.initializationContext((answer) => {
      if (answer.ok) {
        practiseIf(answer.value);
      }
    });
  }
  showStatus(texts.checking);
  browserEngine(found?.packed ?? "", WHOLE, (engine) => {
    showAbout(about(found, engine, texts));
    const item = office.itemType();
    if (engine === undefined || found === undefined) {
      showStatus(texts.noEngine);
    } else if (item === undefined) {
      showStatus(texts.unread);
    } else {
      watch(new Pane(item, found, engine, texts));
    }
  });
}

function practise(): void {
  location.assign("practice.html");
}

function practiseIf(context: string): void {
  if (context === TO_PRACTICE) {
    practise();
  }
}

function watch(pane: Pane): void {
  const look = () => pane.look();
  look();
  // On clients without these events the next look finds the change a moment later.
  office.onRecipientsChanged(look, () => undefined);
  office.onContextChanged(
    (context) => {
      practiseIf(context);
      look();
    },
    () => undefined,
  );
  setInterval(() => {
    if (!document.hidden) {
      look();
    }
  }, LOOK_AGAIN);
}

office.onReady(begin);
