import type { Finding, Fix, Verdict } from "../contract";
import type { ViewTexts } from "./texts";

/** An element of the page by its id. Throws if the page has none. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element with the id ${id}`);
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

/** Shows the status of the whole draft. Screen readers announce it when it changes. */
export function showStatus(text: string, decision = ""): void {
  const status = element("status");
  if (status.textContent !== text) {
    status.textContent = text;
  }
  status.dataset["decision"] = decision;
}

/** Clears what was shown of a draft: it may be out of date. */
export function showNothing(): void {
  element("subject").hidden = true;
  element("unjudged").hidden = true;
  element("findings").replaceChildren();
}

/** Shows the subject with the findings highlighted. */
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

/** Called with the indexes of a finding and of the fix whose button was pressed. */
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

/** The subject after a fix. All fixes of a finding give the same subject; they differ in what happens to the number. */
function preview(fixes: Fix[], texts: ViewTexts): HTMLElement[] {
  const subject = fixes.flatMap((fix) => ("subject" in fix ? [fix.subject] : []))[0];
  if (subject === undefined) {
    return [];
  }
  const line = make("p", `${texts.becomes} `, "preview");
  line.append(make("q", subject));
  return [line];
}

/** While a fix is being applied no other may start. The buttons stay focusable, so that the focus is not lost. */
export function showBusy(busy: boolean): void {
  for (const button of document.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(busy));
  }
}

export function showAbout(entries: [string, string][]): void {
  element("about").replaceChildren(...entries.flatMap(([term, value]) => [make("dt", term), make("dd", value)]));
}
