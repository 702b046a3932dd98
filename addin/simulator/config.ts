// Where the add-in is served and how the page starts, from the page's own address:
//   ?manifest=…   the manifest's address         ?lang=da|en
//   ?client=…     a name of clients.ts           ?theme=light|dark|system
//   ?start=empty  for tests: no mail is open, and a new one has no recipient

import { isClientId, type ClientId } from "./clients";
import type { Language } from "./host/context";

/** The origin that the manifest is written for. */
export const MANIFEST_ORIGIN = "https://localhost:3000";

export type Theme = "light" | "dark" | "system";

export interface Config {
  readonly manifestUrl: string;
  /** The origin that replaces {@link MANIFEST_ORIGIN}. */
  readonly addinOrigin: string;
  readonly language: Language;
  readonly client: ClientId;
  readonly theme: Theme;
  /** Starts with a new mail; each new mail has a recipient. */
  readonly demo: boolean;
}

export function readConfig(address: URL): Config {
  const asked = address.searchParams;
  const local = address.hostname === "localhost" || address.hostname === "127.0.0.1";
  const addinOrigin = local ? address.origin : MANIFEST_ORIGIN;
  const client = asked.get("client") ?? "";
  const theme = asked.get("theme");
  return {
    manifestUrl: new URL(asked.get("manifest") ?? "/manifest.xml", addinOrigin).href,
    addinOrigin,
    language: asked.get("lang") === "en" ? "en" : "da",
    client: isClientId(client) ? client : "web",
    theme: theme === "light" || theme === "dark" ? theme : "system",
    demo: asked.get("start") !== "empty",
  };
}

/** The manifest's text, with the addresses at which the add-in is served here. */
export function localise(manifest: string, addinOrigin: string): string {
  return manifest.replaceAll(MANIFEST_ORIGIN, addinOrigin);
}
