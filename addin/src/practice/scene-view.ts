import type { Change, Draft, Language, Verdict } from "../contract";
import type { Engine } from "../engine/engine";
import { verdict as verdictOf } from "../judge/verdict";
import { withSubject, type Wanted } from "../ui/change";
import type { ViewTexts } from "../ui/texts";
import { element, showFindings, showNothing, showStatus, showSubject } from "../ui/view";
import { Form } from "./form";
import { draftOf, type Practice, type Scene } from "./scenes";
import type { PracticeTexts } from "./texts";

/** Callbacks to the page. */
export interface SceneEvents {
  done(scene: Scene): void;
  next(): void;
  leave(): void;
}

/** One scene: its task, the form, the engine's verdict, and the explanation. */
export class SceneView {
  private readonly form: Form;
  private scene: Scene | undefined;

  constructor(
    private readonly practice: Practice,
    private readonly engine: Engine,
    private readonly language: Language,
    private readonly texts: PracticeTexts,
    private readonly viewTexts: ViewTexts,
    private readonly events: SceneEvents,
  ) {
    this.form = new Form(
      practice,
      language,
      texts,
      () => this.clear(),
      () => this.send(),
    );
    this.button("anyway", texts.anyway, () => showStatus(texts.anywaySaid, "ask"));
    this.button("solution", texts.solution, () => this.solve());
    this.button("next", texts.next, () => events.next());
    this.button("leave", texts.leave, () => events.leave());
    element("learnt-heading").textContent = texts.learnt;
  }

  private button(id: string, text: string, press: () => void): void {
    const button = element(id);
    button.textContent = text;
    button.addEventListener("click", press);
  }

  show(scene: Scene): void {
    this.scene = scene;
    const number = this.practice.scenes.indexOf(scene) + 1;
    element("place").textContent = this.texts.place(number, this.practice.scenes.length);
    element("scene-title").textContent = scene.title[this.language];
    element("task").textContent = scene.task[this.language];
    this.form.write(scene.start, scene);
    this.clear();
    this.form.focus("first");
  }

  /** A verdict is out of date once the mail is changed. */
  private clear(): void {
    showNothing();
    showStatus("");
    this.showMissing([]);
    for (const id of ["anyway", "learnt", "next"]) {
      element(id).hidden = true;
    }
    element("solution").hidden = this.scene === undefined || isClean(this.scene);
  }

  private solve(): void {
    if (this.scene !== undefined) {
      this.form.write(this.scene.model, this.scene);
      this.clear();
      showStatus(this.texts.solutionShown);
      this.form.focus("send");
    }
  }

  private send(): void {
    const { scene } = this;
    const draft = this.form.draft();
    const verdict = this.judged(draft);
    this.clear();
    if (scene === undefined || verdict === undefined) {
      showStatus(this.texts.noEngine);
    } else if (verdict.decision === "send") {
      this.sent(scene, draft, verdict);
    } else {
      const texts = verdict.decision === "ask" ? this.texts.asked : this.texts.notSent;
      this.showVerdict(draft, verdict, texts((verdict.cards ?? []).length));
      element("anyway").hidden = verdict.decision !== "ask";
      reveal("start");
    }
  }

  private judged(draft: Draft): Verdict | undefined {
    return verdictOf(this.engine, draft, this.language);
  }

  private showVerdict(draft: Draft, verdict: Verdict, status: string): void {
    showStatus(status, verdict.decision);
    showSubject(draft, verdict, this.viewTexts);
    showFindings(
      verdict,
      draft,
      { language: this.language, texts: this.viewTexts },
      { fix: (finding, fix, subject) => this.mend(draft, finding, fix, subject) },
    );
  }

  private mend(draft: Draft, finding: number, fix: number, subject?: Wanted): void {
    const change = withSubject(this.change(draft, finding, fix), subject);
    if (change === undefined) {
      showStatus(this.texts.noEngine);
      return;
    }
    this.form.apply(change);
    this.clear();
    const fixed = this.form.draft();
    const verdict = this.judged(fixed);
    if (verdict === undefined || verdict.decision === "send") {
      showStatus(this.texts.fixed);
    } else {
      this.showVerdict(fixed, verdict, this.texts.fixedMore);
    }
    // The button that was pressed is gone.
    this.form.focus("send");
    reveal("nearest");
  }

  private change(draft: Draft, finding: number, fix: number): Change | undefined {
    try {
      return JSON.parse(this.engine.mend(draft, this.language, finding, fix)) as Change;
    } catch {
      return undefined;
    }
  }

  /** The engine lets the mail go. The model answer decides whether it fulfils the task. */
  private sent(scene: Scene, draft: Draft, verdict: Verdict): void {
    const missing = this.missing(scene, draft, verdict);
    this.showMissing(missing);
    if (missing.length > 0) {
      showStatus(this.texts.missing, "ask");
      reveal("start");
      return;
    }
    showStatus(this.texts.sent, "send");
    element("explanation").textContent = scene.explanation[this.language];
    for (const id of ["learnt", "next"]) {
      element(id).hidden = false;
    }
    element("solution").hidden = true;
    this.events.done(scene);
    element("next").focus();
  }

  private missing({ model }: Scene, draft: Draft, verdict: Verdict): string[] {
    const reached = (draft.recipients ?? []).map(({ address }) => plain(address));
    const missing = [...model.to, ...(model.bcc ?? [])]
      .filter((address) => !reached.includes(plain(address)))
      .map((address) => this.texts.needRecipient(address));
    if (draft.subject.trim() === "") {
      missing.push(this.texts.needSubject);
    }
    if (!verdict.secure && this.judged(draftOf(model, this.language))?.secure === true) {
      missing.push(this.texts.needSecure);
    }
    return missing;
  }

  private showMissing(missing: string[]): void {
    const list = element("missing");
    list.hidden = missing.length === 0;
    list.replaceChildren(
      ...missing.map((text) => {
        const line = document.createElement("li");
        line.textContent = text;
        return line;
      }),
    );
  }

  /** The last button leads to the next open scene, or to the certificate. */
  label(last: boolean): void {
    element("next").textContent = last ? this.texts.finish : this.texts.next;
  }
}

/** In a low pane the status is below the visible area. */
function reveal(block: ScrollLogicalPosition): void {
  element("status").scrollIntoView({ block });
}

function isClean({ start, model }: Scene): boolean {
  return JSON.stringify(start) === JSON.stringify(model);
}

/** An address in the form that is compared: a number as recipient is the same with and without a hyphen. */
function plain(address: string): string {
  const lower = address.toLowerCase();
  return lower.includes("@") ? lower : lower.replace(/\D/g, "");
}
