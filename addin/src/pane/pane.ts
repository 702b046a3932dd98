// The task pane: shows the findings in the open draft, and applies their fixes.

import type { Change, Draft, Language, Objection, Verdict } from "../contract";
import { browserEngine, translatedEngine, WHOLE } from "../engine/browser";
import type { Engine } from "../engine/engine";
import type { EngineSource } from "../engine/source";
import { check, type Checked } from "../judge/check";
import { readContent } from "../judge/content";
import { languageOf } from "../judge/language";
import { pack, type Pack } from "../judge/pack";
import { verdict } from "../judge/verdict";
import * as office from "../office";
import { promised, type Item } from "../office";
import { kept } from "../ui/progress";
import { showVerdictBar } from "../ui/bar";
import { apply, withSubject, type Ended, type Undone, type Wanted } from "../ui/change";
import { FROM_SEND } from "../ui/opening";
import { paint } from "../ui/theme";
import {
  element,
  make,
  showAbout,
  showBusy,
  showFindings,
  showNothing,
  showStatus,
  showSubject,
  showText,
} from "../ui/view";
import { about } from "./about";
import { paneTexts, type PaneTexts } from "./texts";

/**
 * How often the pane looks at the subject, in milliseconds: there is no event for a changed one (Microsoft: "Configure your
 * Outlook add-in for event-based activation"). The rest is read when Office says that recipients have changed, and when the
 * user comes back to the pane: each call may go to the Exchange server.
 */
const LOOK_AGAIN = 1000;

/** The fragment with which the practice links back to the pane. */
const BACK = "#mail";

/** Something that the user did here, and can undo. */
interface Done {
  undo: () => Promise<Undone>;
  /** The numbers that it deleted from the subject: the user may still need them. */
  deleted: readonly string[];
  /** How many numbers it moved into the body. */
  moved: number;
  /** Did it make secure mail of an ordinary one? */
  secured: boolean;
  /** Was it an answer, and no fix? */
  answer: boolean;
}

interface Shown {
  draft: Draft;
  verdict: Verdict;
}

/** Where the focus goes that is to fix the mail: a card without a recommended fix has its disclosures. */
function firstFix(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#findings button.first, #findings summary");
}

class Pane {
  private shown: Shown | undefined;
  private readonly done: Done[] = [];
  /** The numbers that are gone from the subject though a fix failed. */
  private readonly lost: string[] = [];
  private busy = false;
  private peeking = false;
  private looking: Promise<void> = Promise.resolve();
  private key = "";
  /** Is the focus wanted on the first fix as soon as there is one? */
  private wantsFocus = false;
  /** A bar for an older draft must not come after the one for this draft. */
  private giveUpBar: office.GiveUp = () => undefined;

  constructor(
    private readonly item: Item,
    private readonly pack: Pack,
    private readonly engine: Engine,
    private readonly texts: PaneTexts,
    private readonly language: Language,
  ) {
    const undo = element("undo");
    undo.textContent = texts.undo;
    undo.addEventListener("click", () => {
      void this.alone(() => this.undoLast());
    });
  }

  /** What was done last, if it can be undone. */
  private get last(): Done | undefined {
    return this.done[this.done.length - 1];
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

  /** Looks at the subject alone, and checks if it is another one. */
  async lookAtSubject(): Promise<void> {
    if (this.busy || this.peeking) {
      return;
    }
    this.peeking = true;
    const now = await promised(office.readSubject);
    this.peeking = false;
    // A subject that cannot be read is a reason to look: the pane must not go on showing an old verdict.
    if (!now.ok || now.value !== this.shown?.draft.subject) {
      this.look();
    }
  }

  /** The user came here from the dialog, to fix the mail: the focus goes to the first fix. */
  focusFirstFix(): void {
    this.wantsFocus = true;
    this.moveFocus();
  }

  private moveFocus(): void {
    const first = firstFix();
    if (this.wantsFocus && first !== null) {
      this.wantsFocus = false;
      window.focus();
      first.focus();
    }
  }

  /** Judges the draft, and shows the verdict if the draft has changed or an action asks. */
  private async check(asked: boolean): Promise<void> {
    if (asked) {
      showStatus(this.texts.checking);
    }
    const { draft, verdict: judged, failed } = await this.judged();
    const key = JSON.stringify([draft, failed]);
    if (!asked && key === this.key) {
      return;
    }
    this.key = key;
    if (failed === undefined) {
      this.show({ draft, verdict: judged });
    } else {
      this.shown = undefined;
      showNothing();
      showStatus(failed === "engine" ? this.texts.noEngine : this.texts.unread);
    }
  }

  private judged(): Promise<Checked<Verdict>> {
    const engines: EngineSource = {
      first: (then) => then(this.engine),
      fallback: (then) => translatedEngine(this.pack.packed, WHOLE, then),
    };
    const given = { item: this.item, pack: this.pack, engines, judge: verdict, asked: false, content: readContent };
    return new Promise((resolve) => check(given, resolve));
  }

  private show(shown: Shown): void {
    this.shown = shown;
    const { draft, verdict } = shown;
    const lapsed = this.dropLapsedAnswer(shown) ? `${this.texts.lapsed} ` : "";
    showStatus(lapsed + verdict.status, (verdict.cards ?? []).length === 0 ? "send" : verdict.decision);
    if (lapsed !== "") {
      this.offer();
    }
    showSubject(draft, verdict, this.texts);
    const organisation = verdict.organisation ?? this.pack.policy.organisation;
    showContact(organisation, this.texts);
    const around = { organisation: organisation?.name, language: this.language, texts: this.texts };
    showFindings(verdict, draft, around, {
      fix: (finding, fix, subject) => {
        void this.alone(() => this.mend(finding, fix, subject));
      },
      objection: (objection, into) => this.offerObjection(objection, into),
    });
    this.moveFocus();
    this.giveUpBar();
    this.giveUpBar = showVerdictBar(this.item, verdict, () => undefined);
  }

  private async mend(finding: number, fix: number, subject?: Wanted): Promise<void> {
    const seen = this.shown;
    if (seen === undefined) {
      return;
    }
    const change = withSubject(this.change(seen.draft, finding, fix), subject);
    const isTyped = subject !== undefined && subject.wanted !== subject.offered;
    if (isTyped && change?.subject !== undefined && this.isStopped({ ...seen.draft, subject: change.subject })) {
      showStatus(this.texts.stillThere, "stop");
      return;
    }
    const ended: Ended = change === undefined ? { how: "failed", left: [] } : await apply(change, seen.draft);
    const numbers = change?.numbers ?? [];
    if (ended.how === "done" && ended.undo !== undefined) {
      const moved = change?.body !== undefined;
      const secured = [change?.label, change?.header, change?.undoSubject].some((sign) => sign !== undefined);
      const deleted = moved ? [] : numbers;
      this.done.push({ undo: ended.undo, deleted, moved: moved ? numbers.length : 0, secured, answer: false });
    } else if (ended.how === "failed" && ended.left.includes("numbers")) {
      this.lost.push(...numbers);
    }
    await this.check(true);
    const cards = this.shown?.verdict.cards?.length ?? 0;
    const { added, inBcc, done, more, changed, failed, asItWas, leftBehind } = this.texts;
    if (ended.how === "failed") {
      const left = ended.left.map((part) => leftBehind[part](numbers.length));
      this.say([failed, ...(left.length === 0 ? [asItWas] : left)].join(" "));
    } else if (ended.how === "changed") {
      this.say(changed);
    } else if (change?.add !== undefined) {
      this.say(added, cards > 0);
    } else if (change?.content !== undefined) {
      this.say(`${this.texts.rewritten} ${cards === 0 ? done : more(cards)}`, cards > 0);
    } else if (change?.toBcc !== undefined) {
      this.say(`${inBcc} ${cards === 0 ? done : more(cards)}`, cards > 0);
    } else {
      this.say(cards === 0 ? done : more(cards), cards > 0);
    }
  }

  /** Would the subject that the user typed be stopped again? What is only asked about, the user may want to keep. */
  private isStopped(draft: Draft): boolean {
    const judged = verdict(this.engine, draft, office.locale());
    return judged?.findings.some(({ at, action }) => "subject" in at && action === "stop") ?? false;
  }

  private change(draft: Draft, finding: number, fix: number): Change | undefined {
    try {
      return JSON.parse(this.engine.mend(draft, office.locale(), finding, fix)) as Change;
    } catch {
      return undefined;
    }
  }

  /** What the user can do who says that it is not a CPR number. */
  private offerObjection({ text, choices = [], marks = [], report }: Objection, into: HTMLElement): void {
    into.append(make("p", text));
    for (const choice of choices) {
      const button = make("button", choice);
      button.type = "button";
      button.addEventListener("click", () => {
        void this.alone(() => this.object(marks));
      });
      into.append(button);
    }
    if (report !== undefined) {
      const { version, policy, fingerprint, client } = this.texts;
      const told = about(this.pack, this.engine, this.texts).filter(([term]) =>
        [version, policy, fingerprint, client].includes(term),
      );
      const area = make("textarea", [report, ...told.map(([term, value]) => `${term}: ${value}`)].join("\n"));
      area.readOnly = true;
      area.rows = 5;
      area.setAttribute("aria-label", this.texts.report);
      const button = make("button", this.texts.copyReport);
      button.type = "button";
      button.addEventListener("click", () => this.copy(area));
      const said = make("p");
      said.setAttribute("role", "status");
      into.append(area, button, said);
    }
  }

  private async object(marks: readonly string[]): Promise<void> {
    const before = this.shown?.draft.notCpr ?? [];
    const write = (list: readonly string[]) => promised<true>((reply) => office.writeNotCpr(list, reply));
    const written = await write([...before, ...marks]);
    if (written.ok) {
      const undo = async () => ((await write(before)).ok ? "whole" : "no");
      this.done.push({ undo, deleted: [], moved: 0, secured: false, answer: true });
    }
    await this.check(true);
    const left = this.shown?.verdict.cards?.length ?? 0;
    if (!written.ok) {
      this.say(this.texts.notKept);
    } else if (left > 0) {
      this.say(this.texts.objectedMore);
    } else {
      // That the rest is fine is the user's word and not Sendvagt's.
      this.say(this.texts.objected, true);
    }
  }

  private async undoLast(): Promise<void> {
    const { last } = this;
    if (last === undefined) {
      return;
    }
    const how = await last.undo();
    if (how !== "no") {
      this.done.pop();
    }
    await this.check(true);
    const { withdrawn, undone, lineLeft, notUndone } = this.texts;
    const whole = last.answer ? withdrawn : undone;
    this.say({ whole, line: lineLeft(last.moved, last.secured), no: notUndone }[how]);
  }

  /** An answer holds for one subject: the user learns why the card is back. */
  private dropLapsedAnswer({ draft, verdict }: Shown): boolean {
    const { last } = this;
    const lapsed =
      last?.answer === true && draft.notCpr !== undefined && verdict.findings.some(({ at }) => "subject" in at);
    if (lapsed) {
      this.done.pop();
    }
    return lapsed;
  }

  /**
   * Shows what was done before the status of the draft, or in its place. The button that was pressed may be gone, so the focus
   * moves to where Enter does no harm: a disclosure, or after a failure the first fix. It must be a control: office.js passes
   * Tab to the host if the focused element is none, and the keyboard could not return.
   */
  private say(what: string, alone = false): void {
    this.offer();
    const status = element("status");
    status.textContent = alone ? what : `${what} ${status.textContent}`;
    (this.last === undefined ? (firstFix() ?? element("about-heading")) : element("done-heading")).focus();
  }

  /** Offers to undo the last action, and to copy the numbers that were deleted. */
  private offer(): void {
    const { last } = this;
    const numbers = [...this.lost, ...this.done.flatMap(({ deleted }) => deleted)];
    element("done").hidden = last === undefined && numbers.length === 0;
    element("undo").hidden = last === undefined;
    element("done-heading").textContent = last?.answer === true ? this.texts.answerHeading : this.texts.doneHeading;
    element("copied").textContent = "";
    const moved = last?.moved ?? 0;
    showText("moved", moved === 0 ? "" : this.texts.moved(moved));
    showText("numbers-label", numbers.length === 0 ? "" : this.texts.numbers(numbers.length));
    showText("send-secure", numbers.length === 0 ? "" : this.texts.sendSecure);
    element("numbers").replaceChildren(
      ...numbers.map((number) => {
        const line = make("li");
        const shown = make("span", number);
        const button = make("button", this.texts.copy);
        button.type = "button";
        button.append(make("span", ` ${number}`, "unseen"));
        button.addEventListener("click", () => this.copy(shown));
        line.append(shown, button);
        return line;
      }),
    );
  }

  /** In the frames of Outlook the Clipboard API is closed, and asking it is an error in the console. */
  private copy(shown: HTMLElement): void {
    if (shown instanceof HTMLTextAreaElement) {
      shown.select();
    } else {
      window.getSelection()?.selectAllChildren(shown);
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else copies there, and every browser has it
    const copied = document.execCommand("copy");
    const beside = shown.closest("details")?.querySelector<HTMLElement>("[role=status]") ?? element("copied");
    beside.textContent = copied ? this.texts.copied : this.texts.notCopied;
  }
}

/** Did the dialog of a send open the pane? Office may say so before or after there is something to show. */
let cameFromSend = false;
let watched: Pane | undefined;

function begin(): void {
  const found = pack();
  const language = found?.policy.language ?? languageOf(office.locale());
  const texts = paneTexts[language];
  document.documentElement.lang = language;
  element("title").textContent = texts.title;
  element("about-heading").textContent = texts.about;
  element("practise").textContent = texts.practise;
  element("practise").addEventListener("click", () => location.assign("practice.html"));
  const isNew = found?.policy.practice?.offer === true && Object.keys(kept()).length === 0;
  showText("new-here", isNew ? texts.newHere : "");
  showContact(found?.policy.organisation, texts);
  paint();
  // A user who returns from practice has the context with which the pane was opened before it.
  if (location.hash !== BACK) {
    office.initializationContext((answer) => {
      if (answer.ok) {
        cameFromSend ||= answer.value === FROM_SEND;
        if (cameFromSend) {
          watched?.focusFirstFix();
        }
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
      watched = new Pane(item, found, engine, texts, language);
      watch(watched);
      if (cameFromSend) {
        watched.focusFirstFix();
      }
    }
  });
}

/** Whom to ask stays in sight, whatever the verdict. It is another one for a sender with a part of the policy. */
function showContact(organisation: Verdict["organisation"], texts: PaneTexts): void {
  const { contact, help } = organisation ?? {};
  showText("contact", typeof contact === "string" && contact !== "" ? texts.contact(contact) : "");
  const isLink = typeof help === "string" && help.startsWith("https://");
  const link = element("help") as HTMLAnchorElement;
  link.textContent = texts.help;
  link.hidden = !isLink;
  if (isLink) {
    link.href = help;
  }
}

function watch(pane: Pane): void {
  const look = () => pane.look();
  look();
  // On clients without these events the next look finds the change a moment later.
  office.onRecipientsChanged(look, () => undefined);
  office.onContextChanged(
    (context) => {
      if (context === FROM_SEND) {
        pane.focusFirstFix();
      }
      look();
    },
    () => undefined,
  );
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  setInterval(() => {
    if (!document.hidden) {
      void pane.lookAtSubject();
    }
  }, LOOK_AGAIN);
}

office.onReady(begin);
