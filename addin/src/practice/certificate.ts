import type { Language } from "../contract";
import { element } from "../ui/view";
import { doneIn, type Done } from "../ui/progress";
import type { Scene } from "./scenes";
import type { PracticeTexts } from "./texts";

const HASH = "#certificate=";

/** Shows the certificate, for printing. The name that is typed on it is not stored. */
export function showCertificate(
  organisation: string,
  scenes: Scene[],
  done: Done,
  language: Language,
  texts: PracticeTexts,
): void {
  const finished = scenes.filter(({ id }) => id in done);
  const days = finished.map(({ id }) => done[id] ?? "").sort();
  element("organisation").textContent = organisation;
  element("certificate-title").textContent = texts.certificateTitle;
  element("certified").textContent = texts.certified;
  element("certified-day").textContent = days.length === 0 ? "" : longDay(days[days.length - 1] ?? "", language);
  element("certified-scenes").textContent = texts.certifiedScenes(finished.length, scenes.length);
  element("certified-list").replaceChildren(
    ...finished.map(({ title }) => {
      const line = document.createElement("li");
      line.textContent = title[language];
      return line;
    }),
  );
  const link = element("elsewhere") as HTMLAnchorElement;
  link.href = `practice.html${HASH}${encodeURIComponent(JSON.stringify(done))}`;
}

/** The progress in the address of a certificate window; undefined in other windows. */
export function certificateIn(hash: string): Done | undefined {
  if (!hash.startsWith(HASH)) {
    return undefined;
  }
  try {
    return doneIn(JSON.parse(decodeURIComponent(hash.slice(HASH.length))));
  } catch {
    return {};
  }
}

/** A day in the long form of the language. */
export function longDay(day: string, language: Language): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", { dateStyle: "long" }).format(
    new Date(year, month - 1, date),
  );
}
