// A day and a time of day, in the language of the page: a browser's own date field follows the browser's language.

import type { Language } from "../host/context";
import { make, select } from "./dom";

const DAYS = 60;
const MINUTES = 30;
const DAY = 86_400_000;
/** British, because it writes dates and times as the rest of Europe does. */
const LOCALES: Readonly<Record<Language, string>> = { da: "da-DK", en: "en-GB" };

export class TimeInput {
  readonly day: HTMLSelectElement;
  readonly time: HTMLSelectElement;
  private readonly language: Language;

  constructor(id: string, timeLabel: string, language: Language, onChange: (time: number) => void) {
    const changed = (): void => onChange(new Date(`${this.day.value}T${this.time.value}`).getTime());
    this.language = language;
    this.day = select(id, [], "", changed);
    this.time = select(`${id}-time`, [], "", changed);
    this.time.setAttribute("aria-label", timeLabel);
    const today = new Date().setHours(12, 0, 0, 0);
    for (let day = 0; day < DAYS; day += 1) {
      this.offerDay(today + day * DAY);
    }
    for (let minute = 0; minute < 24 * 60; minute += MINUTES) {
      this.offerTime(new Date(2026, 0, 1, 0, minute).getTime());
    }
  }

  show(time: number): void {
    const [day, clock] = partsOf(time);
    if (!has(this.day, day)) {
      this.offerDay(time);
    }
    if (!has(this.time, clock)) {
      this.offerTime(time);
    }
    this.day.value = day;
    this.time.value = clock;
  }

  private offerDay(time: number): void {
    const label = new Intl.DateTimeFormat(LOCALES[this.language], {
      weekday: "short",
      day: "numeric",
      month: "long",
      year: "numeric",
    }).format(time);
    this.day.append(make("option", { value: partsOf(time)[0] }, label));
  }

  private offerTime(time: number): void {
    this.time.append(make("option", { value: partsOf(time)[1] }, clockOf(time, this.language)));
  }
}

/** When a mail came: the time today, or the day of the week before that. */
export function whenOf(time: number, language: Language): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  const day = new Intl.DateTimeFormat(LOCALES[language], { weekday: "short" }).format(time);
  return isToday ? clockOf(time, language) : `${day} ${clockOf(time, language)}`;
}

function clockOf(time: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" }).format(time);
}

/** The local day and time of day, e.g. `["2026-11-25", "14:30"]`. */
function partsOf(time: number): [day: string, clock: string] {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString();
  return [local.slice(0, 10), local.slice(11, 16)];
}

function has(list: HTMLSelectElement, value: string): boolean {
  return [...list.options].some((option) => option.value === value);
}
