// What Office says about the client. It is answered synchronously.

import { attempt, isObject, string } from "./calls";

/** Does the client have a Mailbox requirement set, such as `1.14`? Undefined if Office does not say. */
export function supports(version: string): boolean | undefined {
  const answer = attempt<unknown>(() => Office.context.requirements.isSetSupported("Mailbox", version));
  return typeof answer === "boolean" ? answer : undefined;
}

/** The locale of the client's own texts, such as `da-DK`; empty if Office does not say. */
export function locale(): string {
  return string(attempt<unknown>(() => Office.context.displayLanguage)) ?? "";
}

/** Is it Outlook on a phone or a tablet? */
export function isMobile(): boolean {
  const names: unknown[] = [
    attempt(() => Office.context.platform),
    attempt(() => Office.context.diagnostics.platform),
    attempt(() => Office.context.mailbox.diagnostics.hostName),
  ];
  return names.some((name) => typeof name === "string" && /^(outlook)?(ios|android)$/i.test(name));
}

/**
 * How many recipients of a field a client tells at most (Microsoft: "Recipients.getAsync"). A field with as many may hold
 * more, and nothing says so.
 */
export function recipientLimit(): number {
  if (isMobile()) {
    return 100;
  }
  const platform = attempt<unknown>(() => Office.context.platform);
  if (platform === "Mac") {
    return Infinity;
  }
  return platform === "OfficeOnline" || supports("1.16") === true ? 1000 : 500;
}

/** The client's name and version as it reports them; empty if Office does not say. */
export function version(): string {
  const parts: unknown[] = [
    attempt(() => Office.context.mailbox.diagnostics.hostName),
    attempt(() => Office.context.mailbox.diagnostics.hostVersion),
  ];
  return parts.filter((part) => typeof part === "string").join(" ");
}

/** The client's colours; undefined if Office does not say. */
export function theme(): Office.OfficeTheme | undefined {
  const found = attempt<unknown>(() => Office.context.officeTheme);
  return isObject(found) ? (found as unknown as Office.OfficeTheme) : undefined;
}

/** Does the client have a dark theme? Undefined if Office does not say. */
export function isDark(): boolean | undefined {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(string(theme()?.bodyBackgroundColor) ?? "");
  if (channels === null) {
    return undefined;
  }
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => parseInt(channel, 16));
  // Perceived brightness (ITU-R BT.601).
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
