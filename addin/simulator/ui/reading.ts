// Reading a received or sent mail, in the place of the form.

import type { MailClient } from "../client";
import { cleanHtml, textToHtml } from "../item/bodytext";
import type { SentItem } from "../mailbox";
import type { Received } from "../people";
import { button, make } from "./dom";

export function renderReceivedMail(mail: MailClient, received: Received): HTMLElement {
  const people = [...received.to, ...received.cc].map(({ name }) => name).join("; ");
  return reading(mail, received.subject, received.from.name, people, received.html, answerButtons(mail, received));
}

export function renderSentMail(mail: MailClient, sent: SentItem): HTMLElement {
  const html = sent.bodyType === "html" ? sent.body : textToHtml(sent.body);
  return reading(mail, sent.subject, sent.from, [...sent.to, ...sent.cc, ...sent.bcc].join("; "), html, []);
}

/** Reply, reply to all, forward. */
export function answerButtons(mail: MailClient, received: Received): HTMLElement[] {
  const answer = (how: "reply" | "reply-all" | "forward", label: string): HTMLElement =>
    button(label, () => mail.compose({ respond: { to: received.id, how } }), {
      class: "link",
      "data-respond": `${received.id} ${how}`,
    });
  return [
    answer("reply", mail.say("reply")),
    answer("reply-all", mail.say("replyAll")),
    answer("forward", mail.say("forward")),
  ];
}

function reading(
  mail: MailClient,
  subject: string,
  from: string,
  to: string,
  html: string,
  commands: readonly HTMLElement[],
): HTMLElement {
  const body = make("div", { class: "reading-body" });
  body.innerHTML = cleanHtml(html);
  const title = make("h2", { id: "reading-title", tabindex: "-1" }, subject === "" ? mail.say("noSubject") : subject);
  const facts = make(
    "dl",
    {},
    make("dt", {}, mail.say("from")),
    make("dd", {}, from),
    make("dt", {}, mail.say("to")),
    make("dd", {}, to),
  );
  return make(
    "article",
    { id: "reading", class: "compose reading", "aria-labelledby": "reading-title" },
    make("div", { class: "commands" }, ...commands),
    title,
    facts,
    body,
  );
}
