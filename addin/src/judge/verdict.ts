import type { Verdict } from "../contract";

/** Reads what the engine answered; undefined when it is no verdict. */
export function verdictIn(json: string): Verdict | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isVerdict(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Does a value have all of a verdict that the launch handlers show? */
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
      return isAlert(value["alert"]) && hasWords(value["alert"]["again"], ["text", "mark"]);
    default:
      return false;
  }
}

function isAlert(value: unknown): value is Record<string, unknown> {
  return hasWords(value, ["text", "markdown", "button", "bar"]);
}

/** Outlook words a refusal itself when it gets an empty text, so none of them may be empty. */
function hasWords(value: unknown, names: string[]): value is Record<string, unknown> {
  return isObject(value) && names.every((name) => typeof value[name] === "string" && value[name] !== "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
