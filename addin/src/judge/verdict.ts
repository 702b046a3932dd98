import type { Draft, Ruling, Verdict } from "../contract";
import type { Engine } from "../engine/engine";

/** Asks an engine about a draft; undefined if it has no answer that can be used. */
export type Judge<V extends Ruling> = (engine: Engine, draft: Draft, locale: string) => V | undefined;

/** What a send needs. */
export const ruling: Judge<Ruling> = (engine, draft, locale) => checked(() => engine.decide(draft, locale), isRuling);

/** What the pane and the practice show. */
export const verdict: Judge<Verdict> = (engine, draft, locale) =>
  checked(() => JSON.parse(engine.check(draft, locale)), isVerdict);

function checked<V>(answer: () => unknown, is: (value: unknown) => value is V): V | undefined {
  try {
    const value = answer();
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Does a value have every part of a verdict that the pane relies on? */
export function isVerdict(value: unknown): value is Verdict {
  return (
    isObject(value) &&
    typeof value["secure"] === "boolean" &&
    Array.isArray(value["findings"]) &&
    hasTexts(value, ["status"]) &&
    isRuling(value)
  );
}

/** Does a value have every part of a ruling that the launch handlers show? */
export function isRuling(value: unknown): value is Ruling {
  if (!isObject(value)) {
    return false;
  }
  switch (value["decision"]) {
    case "send":
      return true;
    case "stop":
      return isAlert(value["alert"]);
    case "ask":
      return isAlert(value["alert"]) && hasTexts(value["alert"]["again"], ["text", "stuck"]);
    default:
      return false;
  }
}

function isAlert(value: unknown): value is Record<string, unknown> {
  return hasTexts(value, ["text", "markdown", "button", "bar", "mark"]);
}

/** Outlook shows a message of its own in place of an empty text, so no text may be empty. */
function hasTexts(value: unknown, names: string[]): value is Record<string, unknown> {
  return isObject(value) && names.every((name) => typeof value[name] === "string" && value[name] !== "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
