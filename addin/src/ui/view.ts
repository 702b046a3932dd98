import type { Finding, Fix, Verdict } from "../contract";
import type { ViewTexts } from "./texts";

/** The elements of the page that are written to. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element ${id}`);
  }
  return found;
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, text = "", className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== "") {
    made.className = className;
  }
  return made;
}

/** What is said of the draft as a whole; read aloud when it changes. */
export function showStatus(text: string, decision = ""): void {
  const status = element("status");
  if (status.textContent !== text) {
    status.textContent = text;
  }
  status.dataset["decision"] = decision;
}

/** Takes away what was shown of a draft: it may no longer be so. */
export function showNothing(): void {
  element("subject").hidden = true;
  element("unjudged").hidden = true;
  element("findings").replaceChildren();
}

/** The subject, with what was found in it marked. Positions are UTF-16 code units, as JavaScript's strings have. */
export function showSubject(subject: string, verdict: Verdict, texts: ViewTexts): void {
  element("subject-heading").textContent = texts.subject;
  element("kind").textContent = verdict.secure ? texts.secure : texts.ordinary;
  element("subject").hidden = false;
  element("subject-text").replaceChildren(
    ...(subject === "" ? [texts.emptySubject] : marked(subject, places(verdict))),
  );
}

function places({ findings }: Verdict): [number, number][] {
  return findings.flatMap(({ at }) => ("subject" in at ? [at.subject] : [])).sort(([one], [other]) => one - other);
}

function marked(subject: string, places: [number, number][]): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let from = 0;
  for (const [start, end] of places) {
    parts.push(subject.slice(from, start), make("mark", subject.slice(start, end)));
    from = end;
  }
  parts.push(subject.slice(from));
  return parts;
}

/** One finding with its fixes. `press` is called with the numbers of finding and fix. */
export interface Press {
  (finding: number, fix: number): void;
}

export function showFindings(verdict: Verdict, addresses: string[], texts: ViewTexts, press: Press): void {
  const items = verdict.findings.map((finding, index) => item(finding, index, addresses, texts, press));
  element("findings").replaceChildren(...items);
  const count = verdict.unjudged?.length ?? 0;
  const unjudged = element("unjudged");
  unjudged.hidden = count === 0;
  unjudged.textContent = count === 0 ? "" : texts.unjudged(count);
}

function item(finding: Finding, index: number, addresses: string[], texts: ViewTexts, press: Press): HTMLElement {
  const made = make("li");
  made.dataset["action"] = finding.action;
  made.dataset["rule"] = finding.rule;
  made.append(make("h2", finding.what));
  if ("recipient" in finding.at) {
    made.append(make("p", texts.recipient(addresses[finding.at.recipient] ?? ""), "preview"));
  }
  made.append(make("p", finding.why), make("p", finding.do));
  const fixes = finding.fixes ?? [];
  made.append(...preview(fixes, texts));
  fixes.forEach((fix, number) => {
    const button = make("button", fix.label, number === 0 ? "first" : "");
    button.type = "button";
    button.addEventListener("click", () => press(index, number));
    made.append(button);
  });
  return made;
}

/** What the subject becomes; the fixes of one finding differ in what becomes of the number, not in the subject. */
function preview(fixes: Fix[], texts: ViewTexts): HTMLElement[] {
  const subject = fixes.flatMap((fix) => ("subject" in fix ? [fix.subject] : []))[0];
  if (subject === undefined) {
    return [];
  }
  const line = make("p", `${texts.becomes} `, "preview");
  line.append(make("q", subject));
  return [line];
}

/** While a fix is done no other may begin: the buttons stay where they are, so that the focus does, but do nothing. */
export function showBusy(busy: boolean): void {
  for (const button of document.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(busy));
  }
}

export function showAbout(entries: [string, string][]): void {
  element("about").replaceChildren(...entries.flatMap(([term, value]) => [make("dt", term), make("dd", value)]));
}
