// The top of the page, and problems of the add-in.

import type { MailClient } from "../client";
import { offersSet } from "../clients";
import { ME } from "../people";
import { byId, iconButton, make, redraw } from "./dom";
import { avatarOf } from "./messages";

export function renderHeader(mail: MailClient): void {
  const { host, say } = mail;
  document.documentElement.lang = host.language;
  document.title = say("title");
  redraw(
    byId("header"),
    make("h1", {}, say("title")),
    // So that nobody takes the page for Outlook.
    make("span", { class: "simulator-mark", title: say("subtitle") }, say("simulator")),
    make("span", { class: "spacer" }),
    iconButton("learn", say("practise"), () => mail.practise(), { id: "practise", "data-key": "practise" }),
    make("span", { class: "me", title: ME.name }, avatarOf(ME.name)),
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
