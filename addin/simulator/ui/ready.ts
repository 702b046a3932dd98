// "Prøv selv": the list of mails that are ready to send, and the line above the one that is open.

import type { MailClient } from "../client";
import { READY_MAILS, type ReadyMail } from "../ready";
import { button, make } from "./dom";
import { icon } from "./icons";

export function renderReadyMails(mail: MailClient): HTMLElement {
  const entries = READY_MAILS.map((ready) => {
    const entry = button(ready.title[mail.host.language], () => mail.openReadyMail(ready), {
      class: "ready",
      "data-key": `ready ${ready.id}`,
      "data-ready": ready.id,
      "aria-current": mail.readyMail === ready ? "true" : undefined,
    });
    return make("li", {}, entry);
  });
  return make(
    "section",
    { "aria-labelledby": "ready-title" },
    make("h2", { id: "ready-title" }, mail.say("tryOut")),
    make("ol", { id: "ready" }, ...entries),
  );
}

/** What to do with the ready mail that is open, and what to watch for. */
export function renderReadyHint(mail: MailClient, ready: ReadyMail): HTMLElement {
  const { language } = mail.host;
  const next = READY_MAILS[(READY_MAILS.indexOf(ready) + 1) % READY_MAILS.length] ?? ready;
  const element = make(
    "div",
    { id: "ready-hint", class: "hint", role: "note" },
    make("p", {}, make("strong", {}, `${mail.say("tryOut")}: `), ready.watch[language]),
    button(mail.say("tryNext"), () => mail.openReadyMail(next), {
      class: "subtle",
      id: "ready-next",
      title: next.title[language],
    }),
  );
  element.prepend(icon("tryOut"));
  return element;
}
