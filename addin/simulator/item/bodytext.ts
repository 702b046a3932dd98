// Converts between the two types of a body: HTML and plain text.

import type { BodyType } from "./item";

const FORBIDDEN = "script, style, iframe, object, embed, link, meta, base, form";

/** HTML that is safe to show: without scripts, handlers, and addresses that run code. */
export function cleanHtml(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.querySelectorAll(FORBIDDEN)) {
    element.remove();
  }
  for (const element of parsed.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || /^\s*(javascript|data):/i.test(value)) {
        element.removeAttribute(name);
      }
    }
  }
  return parsed.body.innerHTML;
}

/** The text of an HTML body; a block or `<br>` ends a line. */
export function htmlToText(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const line of parsed.querySelectorAll("br, p, div, li, h1, h2, h3, blockquote, tr")) {
    line.after("\n");
  }
  return parsed.body.textContent.replace(/\u00a0/g, " ").trimEnd();
}

/** The body as it reads the `nth` time, by a client that normalises it now and then. */
export function readAgain(body: string, type: BodyType, nth: number): string {
  if (nth % 2 === 1) {
    return body;
  }
  const lines = `${body}\n`.replace(/\r?\n/g, "\r\n");
  return type === "html" ? lines.replace(/(<img\b[^>]*?\ssrc=")[^"]*/gi, `$1blob:${String(nth)}`) : lines;
}

export function withoutImages(html: string): string {
  return html.replace(/<img\b[^>]*>/gi, "");
}

export function textToHtml(text: string): string {
  const holder = document.createElement("div");
  holder.textContent = text;
  return holder.innerHTML.replace(/\r\n|\r|\n/g, "<br>");
}

/** Converts `data` of type `from` to a body of type `to`. */
export function convertBody(data: string, from: BodyType, to: BodyType): string {
  if (from === to) {
    return to === "html" ? cleanHtml(data) : data;
  }
  return to === "html" ? textToHtml(data) : htmlToText(data);
}
