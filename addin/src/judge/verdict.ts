import type { Verdict } from "../contract";

/** Parses the answer of the engine; undefined if it is not a verdict. */
export function verdictIn(json: string): Verdict | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isVerdict(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Does a value have every part of a verdict that the launch handlers show? */
export function isVerdict(value: unknown): value is Verdict {
  if (!isObject(value) || typeof value["secure"] !== "boolean" || !Array.isArray(value["findings"])) {
    return false;
  }
  switch (value["decision"]) {
    case "send":
      return true;
    case "stop":
      return isAlert(value["alert"]);
    case "ask":
      return isAlert(value["alert"]) && hasTexts(value["alert"]["again"], ["text", "mark"]);
    default:
      return false;
  }
}

function isAlert(value: unknown): value is Record<string, unknown> {
  return hasTexts(value, ["text", "markdown", "button", "bar"]);
}

/** Outlook shows a message of its own in place of an empty text, so no text may be empty. */
function hasTexts(value: unknown, names: string[]): value is Record<string, unknown> {
  return isObject(value) && names.every((name) => typeof value[name] === "string" && value[name] !== "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
