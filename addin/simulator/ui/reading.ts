// Reading a received or sent mail, in the place of the form.

import type { MailClient } from "../client";
import { cleanHtml, textToHtml } from "../item/bodytext";
import type { SentItem } from "../mailbox";
import { personOf, type Received } from "../people";
import { iconButton, make } from "./dom";
import type { IconName } from "./icons";
import { avatarOf, titleOf } from "./messages";

export function renderReceivedMail(mail: MailClient, received: Received): HTMLElement {
  const people = [...received.to, ...received.cc].map(({ name }) => name).join("; ");
  return reading(mail, received.subject, received.from.name, people, received.html, answerButtons(mail, received));
}

export function renderSentMail(mail: MailClient, sent: SentItem): HTMLElement {
  const html = sent.bodyType === "html" ? sent.body : textToHtml(sent.body);
  const people = [...sent.to, ...sent.cc, ...sent.bcc].map(nameAndAddress).join("; ");
  return reading(mail, sent.subject, personOf(sent.from).name, people, html, cancelButton(mail, sent));
}

function cancelButton(mail: MailClient, sent: SentItem): HTMLElement[] {
  return sent.kind === "appointment"
    ? [
        iconButton("trash", mail.say("cancelMeeting"), () => mail.cancelMeeting(sent), {
          id: "cancel",
          class: "subtle",
        }),
      ]
    : [];
}

function nameAndAddress(address: string): string {
  const { name } = personOf(address);
  return name === address ? address : `${name} <${address}>`;
}

function answerButtons(mail: MailClient, received: Received): HTMLElement[] {
  const answer = (how: "reply" | "reply-all" | "forward", name: IconName, label: string): HTMLElement =>
    iconButton(name, label, () => mail.compose({ respond: { to: received.id, how } }), {
      class: "subtle",
      "data-respond": `${received.id} ${how}`,
    });
  return [
    answer("reply", "reply", mail.say("reply")),
    answer("reply-all", "replyAll", mail.say("replyAll")),
    answer("forward", "forward", mail.say("forward")),
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
  return make(
    "article",
    { id: "reading", class: "sheet reading", "aria-labelledby": "reading-title" },
    make(
      "div",
      { class: "reading-top" },
      iconButton("back", mail.say("back"), () => mail.goBack(), { class: "subtle back" }),
      make("h2", { id: "reading-title", tabindex: "-1" }, titleOf(mail, subject)),
    ),
    make(
      "div",
      { class: "reading-head" },
      avatarOf(from),
      make(
        "dl",
        {},
        make("dt", {}, mail.say("from")),
        make("dd", {}, from),
        make("dt", {}, mail.say("to")),
        make("dd", {}, to),
      ),
      make("div", { class: "answers" }, ...commands),
    ),
    body,
  );
}
