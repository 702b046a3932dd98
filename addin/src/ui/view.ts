import type { Card, Draft, Fix, Language, Objection, Verdict } from "../contract";
import type { Wanted } from "./change";
import type { ViewTexts } from "./texts";

/** An element of the page by its id. Throws if the page has none. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element with the id ${id}`);
  }
  return found;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== "") {
    made.className = className;
  }
  return made;
}

/**
 * A heading that opens and closes what is below it. Inside an add-in office.js moves the focus on Tab, and it passes over a
 * `summary` without a tabindex.
 */
export function disclosure(heading: string, className: string): HTMLDetailsElement {
  const details = make("details", "", className);
  const summary = make("summary", heading);
  summary.tabIndex = 0;
  details.append(summary);
  return details;
}

/** Shows the status of the whole draft. Screen readers announce it when it changes. */
export function showStatus(text: string, decision = ""): void {
  const status = element("status");
  if (status.textContent !== text) {
    status.textContent = text;
  }
  status.dataset["decision"] = decision;
}

/** Shows a text in the element with this id, or hides the element if there is none. */
export function showText(id: string, text: string): void {
  element(id).textContent = text;
  element(id).hidden = text === "";
}

/** Clears what was shown of a draft: it may be out of date. */
export function showNothing(): void {
  element("subject").hidden = true;
  element("unjudged").hidden = true;
  element("findings").replaceChildren();
}

/** Shows the subject with the findings highlighted. */
export function showSubject({ subject, item }: Draft, verdict: Verdict, texts: ViewTexts): void {
  const plain = item === "appointment" ? texts.invitation : texts.ordinary;
  const kind = verdict.inDoubt === true ? texts.inDoubt : plain;
  element("subject-heading").textContent = texts.subject;
  element("kind").textContent = verdict.secure ? texts.secure : kind;
  element("subject").hidden = false;
  element("subject-text").replaceChildren(
    ...(subject === "" ? [texts.emptySubject] : marked(subject, places(verdict), texts)),
  );
}

function places({ findings }: Verdict): [number, number][] {
  return findings.flatMap(({ at }) => ("subject" in at ? [at.subject] : [])).sort(([one], [other]) => one - other);
}

/** A mark alone is silent to most screen readers, so words around it say where it begins and ends. */
function marked(subject: string, places: [number, number][], texts: ViewTexts): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let from = 0;
  for (const [start, end] of places) {
    parts.push(
      subject.slice(from, start),
      make("span", texts.markBegins, "unseen"),
      make("mark", subject.slice(start, end)),
      make("span", texts.markEnds, "unseen"),
    );
    from = end;
  }
  parts.push(subject.slice(from));
  return parts;
}

/** A sentence of the engine. A masked number is shown with bullets, which would be read aloud as such. */
function spoken(text: string, texts: ViewTexts): (string | HTMLElement)[] {
  return text.split(/(\d{6}-••••)/).flatMap<string | HTMLElement>((part, index) => {
    if (index % 2 === 0) {
      return [part];
    }
    const seen = make("span", part);
    seen.setAttribute("aria-hidden", "true");
    return [seen, make("span", texts.masked(part.slice(0, 6)), "unseen")];
  });
}

function sentence<K extends "h2" | "p" | "li">(name: K, text: string, texts: ViewTexts): HTMLElementTagNameMap[K] {
  const made = make(name);
  made.append(...spoken(text, texts));
  return made;
}

/** What the user can do with a card. */
export interface Presses {
  /** Called with the indexes of a finding and of the fix whose button was pressed, and with the subject that the user wants. */
  fix(finding: number, fix: number, subject: Wanted | undefined): void;
  /** Fills in what the user can do who objects. Missing where nobody can. */
  objection?(objection: Objection, into: HTMLElement): void;
}

/** What the cards say besides the verdict. */
export interface Around {
  organisation?: string | undefined;
  language: Language;
  texts: ViewTexts;
}

export function showFindings(verdict: Verdict, draft: Draft, around: Around, presses: Presses): void {
  const addresses = (draft.recipients ?? []).map(({ address }) => address);
  const typed = typedSubject();
  const cards = (verdict.cards ?? []).map((card, index) => item(card, index, verdict, addresses, around, presses));
  element("findings").replaceChildren(...cards);
  keepTyped(typed);
  const count = verdict.unjudged?.length ?? 0;
  showText("unjudged", count === 0 ? "" : around.texts.unjudged(count));
}

/** What the user has typed as the new subject, with what was offered. */
function typedSubject(): Wanted | undefined {
  const field = document.querySelector<HTMLInputElement>("#findings input");
  return field === null || field.value === field.defaultValue
    ? undefined
    : { offered: field.defaultValue, wanted: field.value };
}

/** The cards are made again when anything in the draft changes; what was typed for the same subject stays. */
function keepTyped(typed: Wanted | undefined): void {
  const field = document.querySelector<HTMLInputElement>("#findings input");
  if (field !== null && typed !== undefined && field.defaultValue === typed.offered) {
    field.value = typed.wanted;
  }
}

function item(
  card: Card,
  index: number,
  { findings }: Verdict,
  addresses: string[],
  around: Around,
  presses: Presses,
): HTMLElement {
  const { texts } = around;
  const made = make("li");
  made.dataset["action"] = card.action;
  made.dataset["rule"] = card.rule;
  made.append(sentence("h2", card.what, texts), sentence("p", card.why, texts), sentence("p", card.do, texts));
  const [first] = card.findings;
  const recipients = card.findings.flatMap((finding) => {
    const at = findings[finding]?.at;
    return at !== undefined && "recipient" in at ? [{ finding, address: addresses[at.recipient] ?? "" }] : [];
  });
  if (recipients.length > 0) {
    for (const { finding, address } of recipients) {
      const several = recipients.length > 1 ? address : "";
      made.append(make("p", address, "address"));
      made.append(...buttons(findings[finding]?.fixes ?? [], finding, undefined, several, presses));
    }
  } else if (first !== undefined) {
    const fixes = findings[first]?.fixes ?? [];
    const field = subjectField(fixes, `new-subject-${String(index)}`, texts);
    made.append(...(field?.parts ?? []), ...buttons(fixes, first, field?.input, "", presses));
  }
  made.append(why(card, around));
  if (card.objection !== undefined && presses.objection !== undefined) {
    const details = disclosure(card.objection.label, "objection");
    presses.objection(card.objection, details);
    made.append(details);
  }
  return made;
}

/** Buttons of several recipients would have the same name without the address. */
function buttons(
  fixes: Fix[],
  finding: number,
  field: HTMLInputElement | undefined,
  address: string,
  presses: Presses,
): HTMLElement[] {
  return fixes.map((fix, number) => {
    const button = make("button", fix.label, number === 0 ? "first" : "");
    button.type = "button";
    if (address !== "") {
      button.append(make("span", `: ${address}`, "unseen"));
    }
    button.addEventListener("click", () => {
      const offered = field?.defaultValue ?? "";
      const wanted = field?.value.trim() ?? "";
      presses.fix(finding, number, "subject" in fix && wanted !== "" ? { offered, wanted } : undefined);
    });
    return button;
  });
}

/** The subject after a fix, for the user to change before it is used. */
function subjectField(
  fixes: Fix[],
  id: string,
  texts: ViewTexts,
): { input: HTMLInputElement; parts: HTMLElement[] } | undefined {
  const fix = fixes.find(({ kind }) => kind === "remove");
  if (fix === undefined || !("subject" in fix)) {
    return undefined;
  }
  const label = make("label", texts.newSubject);
  const input = make("input");
  label.htmlFor = id;
  input.id = id;
  input.type = "text";
  // Outlook's limit, with room for the tag that a fix may put before it.
  const longest = Math.max(...fixes.map((one) => ("subject" in one ? one.subject.length : 0)));
  input.maxLength = 255 - (longest - fix.subject.length);
  input.autocomplete = "off";
  input.defaultValue = fix.subject;
  input.addEventListener("change", () => {
    if (input.value.trim() === "") {
      input.value = input.defaultValue;
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      input.closest("li")?.querySelector<HTMLButtonElement>("button.first")?.click();
    }
  });
  return { input, parts: [label, input] };
}

function why(card: Card, { organisation, language, texts }: Around): HTMLElement {
  const details = disclosure(texts.why, "why");
  const list = make("ul");
  list.append(...card.because.map((reason) => sentence("li", reason, texts)));
  details.append(list);
  if (organisation !== undefined && organisation !== "") {
    details.append(make("p", texts.decidedBy(organisation)));
  }
  const link = make("a", texts.aboutRule);
  link.href = `rules.${language}.html#${card.rule}`;
  link.target = "_blank";
  link.rel = "noopener";
  details.append(link);
  return details;
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
