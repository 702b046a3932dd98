// The practice: made-up mails, judged by the same engine as real ones.

import type { Language } from "../contract";
import { browserEngine, WHOLE } from "../engine/browser";
import type { Engine } from "../engine/engine";
import { today } from "../judge/draft";
import { languageOf } from "../judge/language";
import { pack, type PolicyFile } from "../judge/pack";
import * as office from "../office";
import { viewTexts } from "../ui/texts";
import { paint } from "../ui/theme";
import { element } from "../ui/view";
import { certificateIn, longDay, showCertificate } from "./certificate";
import { keep, kept, type Done } from "../ui/progress";
import { SceneView } from "./scene-view";
import { practice, type Practice, type Scene } from "./scenes";
import { practiceTexts, type PracticeTexts } from "./texts";

const VIEWS = ["list", "scene", "certificate"] as const;
type View = (typeof VIEWS)[number];

class Page {
  private readonly texts: PracticeTexts;
  private readonly view: SceneView;
  private current: Scene | undefined;
  private informed = false;

  constructor(
    private readonly practice: Practice,
    engine: Engine,
    private readonly policy: PolicyFile,
    private readonly language: Language,
    private done: Done,
  ) {
    this.texts = practiceTexts[language];
    this.view = new SceneView(practice, engine, language, this.texts, viewTexts[language], {
      done: (scene) => this.finish(scene),
      next: () => this.next(),
      leave: () => this.list(),
    });
    this.label();
  }

  private label(): void {
    const { texts } = this;
    const { organisation, practice: { course } = {} } = this.policy;
    const byId: Record<string, string> = {
      intro: texts.intro,
      "scenes-heading": texts.scenes,
      guide: texts.guide,
      back: texts.back,
      "restart-question": texts.restartSure,
      "name-label": texts.name,
      "name-hint": texts.nameHint,
      elsewhere: texts.printElsewhere,
      "course-link": texts.course(organisation?.name ?? ""),
    };
    for (const [id, text] of Object.entries(byId)) {
      element(id).textContent = text;
    }
    this.link("guide", `guide.${this.language}.html`);
    if (typeof course === "string" && course.startsWith("https://")) {
      this.link("course-link", course);
      element("course").hidden = false;
    }
    this.button("begin", texts.begin, () => this.next());
    this.button("to-certificate", texts.certificate, () => this.certificate());
    this.button("restart", texts.restart, () => this.askRestart(element("restart-sure").hidden));
    this.button("restart-yes", texts.restartYes, () => this.restart());
    this.button("restart-no", texts.restartNo, () => this.askRestart(false));
    this.button("print", texts.print, () => window.print());
    this.button("certificate-leave", texts.leave, () => this.list());
  }

  private link(id: string, href: string): void {
    (element(id) as HTMLAnchorElement).href = href;
  }

  private button(id: string, text: string, press: () => void): void {
    const button = element(id);
    button.textContent = text;
    button.addEventListener("click", press);
  }

  /**
   * Shows one of the views, and announces it to screen readers. The focus must move to a control, not to a heading:
   * office.js passes Tab to the host if the focused element is not a control.
   */
  private open(view: View, said: string): void {
    for (const name of VIEWS) {
      element(name).hidden = name !== view;
    }
    element("announce").textContent = said;
    window.scrollTo(0, 0);
  }

  private left(): Scene | undefined {
    const { scenes } = this.practice;
    const from = this.current === undefined ? 0 : scenes.indexOf(this.current) + 1;
    return [...scenes.slice(from), ...scenes.slice(0, from)].find(({ id }) => !(id in this.done));
  }

  list(said = ""): void {
    const { texts } = this;
    const { scenes } = this.practice;
    const count = scenes.filter(({ id }) => id in this.done).length;
    const line = texts.count(count, scenes.length);
    this.current = undefined;
    element("count").textContent = line;
    element("scenes").replaceChildren(...scenes.map((scene) => this.entry(scene)));
    element("begin").textContent = count === 0 ? texts.begin : texts.goOn;
    element("begin").hidden = count === scenes.length;
    element("to-certificate").hidden = count === 0;
    element("to-certificate").className = count === scenes.length ? "first" : "";
    element("restart").hidden = count === 0;
    this.askRestart(false, false);
    this.open("list", `${said} ${line}`.trim());
    element(count === scenes.length ? "to-certificate" : "begin").focus();
  }

  private entry(scene: Scene): HTMLElement {
    const day = this.done[scene.id];
    const tick = document.createElement("span");
    tick.className = "tick";
    tick.setAttribute("aria-hidden", "true");
    tick.textContent = day === undefined ? "○" : "✓";
    const text = document.createElement("span");
    text.textContent = scene.title[this.language];
    if (day !== undefined) {
      const note = document.createElement("small");
      note.textContent = this.texts.done(longDay(day, this.language));
      text.append(" ", note);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["scene"] = scene.id;
    if (day !== undefined) {
      button.dataset["done"] = day;
    }
    button.append(tick, text);
    button.addEventListener("click", () => this.scene(scene));
    const line = document.createElement("li");
    line.append(button);
    return line;
  }

  private scene(scene: Scene): void {
    this.current = scene;
    const place = this.texts.place(this.practice.scenes.indexOf(scene) + 1, this.practice.scenes.length);
    this.open("scene", `${place}: ${scene.title[this.language]}. ${scene.task[this.language]}`);
    this.view.show(scene);
  }

  private next(): void {
    const scene = this.left();
    if (scene === undefined) {
      this.certificate();
    } else {
      this.scene(scene);
    }
  }

  private finish(scene: Scene): void {
    this.done = { ...this.done, [scene.id]: today() };
    this.view.label(this.left() === undefined);
    void this.save();
  }

  private certificate(): void {
    showCertificate(this.policy.organisation?.name ?? "", this.practice.scenes, this.done, this.language, this.texts);
    this.open("certificate", this.texts.certificateTitle);
    element("name").focus();
  }

  private askRestart(ask: boolean, focus = true): void {
    element("restart-sure").hidden = !ask;
    element("restart").setAttribute("aria-expanded", String(ask));
    if (focus) {
      element(ask ? "restart-yes" : "restart").focus();
    }
  }

  private restart(): void {
    this.done = {};
    void this.save();
    this.list(this.texts.restarted);
  }

  /** If progress cannot be saved, practice continues, and the user is informed once. */
  private async save(): Promise<void> {
    if (!(await keep(this.done)) && !this.informed) {
      this.informed = true;
      trouble(this.texts.notKept);
    }
  }

  /** A certificate in a window of its own, for printing, has no way back: the practice is in the other window. */
  certificateAlone(done: Done): void {
    this.done = done;
    this.certificate();
    for (const id of ["elsewhere", "certificate-leave"]) {
      element(id).hidden = true;
    }
  }
}

function trouble(text: string): void {
  element("trouble").textContent = text;
  element("trouble").hidden = false;
}

function begin(): void {
  const packed = pack();
  const found = practice();
  const language = packed?.policy.language ?? languageOf(office.locale() || navigator.language);
  const texts = practiceTexts[language];
  document.documentElement.lang = language;
  document.title = texts.title;
  element("title").textContent = texts.title;
  paint();
  browserEngine(found?.packed ?? "", WHOLE, (engine) => {
    if (engine === undefined || found === undefined) {
      trouble(texts.noEngine);
      return;
    }
    const alone = certificateIn(location.hash);
    const page = new Page(found, engine, packed?.policy ?? {}, language, kept());
    if (alone === undefined) {
      page.list();
    } else {
      page.certificateAlone(alone);
    }
  });
}

office.onReady(begin);
