// The prefixes of replies and forwards.

/** Those of Danish, English, Swedish, Norwegian and German mail clients. */
const PREFIXES = /^(?:(?:SV|VS|RE|FWD?|VB|AW|WG)\s*:\s*)+/i;

/** A subject that is overwritten, but keeps the prefixes that it has. */
export function keepingPrefixes(before: string, next: string): string {
  return (PREFIXES.exec(before)?.[0] ?? "") + next;
}
