import type { Language } from "../contract";

/** A value in both languages. */
export type Both<T> = Record<Language, T>;

/** The language that the engine uses for a locale: src/language.rs. */
export function languageOf(locale: string): Language {
  return /^da([-_]|$)/i.test(locale) ? "da" : "en";
}
