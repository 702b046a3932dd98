// The top of the page: language, theme, the Outlook client to simulate, and problems of the add-in.

import type { MailClient } from "../client";
import { CLIENTS, isClientId, offersSet } from "../clients";
import type { Theme } from "../config";
import { CLIENT_NAMES, type TextKey } from "../texts";
import { button, byId, labelled, make, select } from "./dom";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function renderHeader(mail: MailClient, setTheme: (theme: Theme) => void): void {
  const { host, say } = mail;
  document.documentElement.lang = host.language;
  document.title = say("title");
  const languages = [
    { value: "da", label: "Dansk" },
    { value: "en", label: "English" },
  ];
  byId("header").replaceChildren(
    make("div", {}, make("h1", {}, say("title")), make("p", {}, say("subtitle"))),
    button(say("practise"), () => mail.practise(), { id: "practise" }),
    labelled(
      say("client"),
      select(
        "client",
        Object.keys(CLIENTS).map((value) => ({ value, label: isClientId(value) ? CLIENT_NAMES[value] : value })),
        host.client.id,
        (id) => {
          if (isClientId(id)) {
            mail.setClient(id);
          }
        },
      ),
    ),
    labelled(
      say("language"),
      select("language", languages, host.language, (language) => mail.setLanguage(language === "en" ? "en" : "da")),
    ),
    labelled(
      say("theme"),
      select(
        "theme",
        THEMES.map((theme) => ({ value: theme, label: say(theme satisfies TextKey) })),
        mail.theme,
        (theme) => setTheme(THEMES.find((known) => known === theme) ?? "system"),
      ),
    ),
  );
  byId("folders").setAttribute("aria-label", say("folders"));
  byId("pane").setAttribute("aria-label", say("pane"));
}

/** The alarm bar: the add-in cannot be used, or has broken a rule of its host. */
export function renderComplaints(mail: MailClient): void {
  const { manifest, client, trace } = mail.host;
  const lines = trace.violations.map(({ detail }) => `${mail.say("violation")} ${detail}`);
  if (mail.manifestError !== undefined) {
    lines.push(`${mail.say("addinMissing")} ${mail.manifestError}`);
  }
  if (manifest !== undefined && !offersSet(client.mailbox, manifest.mailbox)) {
    lines.push(mail.say("addinTooNew"));
  }
  const bar = byId("complaints");
  bar.hidden = lines.length === 0;
  bar.replaceChildren(...lines.map((line) => make("p", {}, line)));
}
