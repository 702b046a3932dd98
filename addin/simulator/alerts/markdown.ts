// The Markdown that a Smart Alerts dialog shows: bold, italic, lists whose items end with \r, https links, \n\n as a
// break, backslash as escape. Everything else stays as typed. Source: "Limitations to formatting the dialog message
// using Markdown" in Microsoft's Smart Alerts article.

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bold" | "italic"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

const BULLET = /^[-*] +/;
const NUMBER = /^(\d+)\. +/;

/** Parses a dialog message. Never fails: what is not Markdown is text. */
export function readMarkdown(source: string): Block[] {
  return source
    .split("\n\n")
    .filter((part) => part.trim() !== "")
    .flatMap(readPart);
}

function readPart(part: string): Block[] {
  const blocks: Block[] = [];
  // Each line of a list ends with \r. A line without it is a paragraph.
  for (const line of part.split("\r").filter((text) => text.trim() !== "")) {
    const previous = blocks.at(-1);
    const item = readItem(line.replace(/^\n/, ""), previous);
    if (item === undefined) {
      blocks.push({ kind: "paragraph", children: readInline(line) });
    } else if (previous?.kind === "list" && previous.ordered === item.ordered) {
      blocks[blocks.length - 1] = { ...previous, items: [...previous.items, item.children] };
    } else {
      blocks.push({ kind: "list", ordered: item.ordered, items: [item.children] });
    }
  }
  return blocks;
}

function readItem(line: string, previous: Block | undefined): { ordered: boolean; children: Inline[] } | undefined {
  const bullet = BULLET.exec(line);
  if (bullet) {
    return { ordered: false, children: readInline(line.slice(bullet[0].length)) };
  }
  const number = NUMBER.exec(line);
  // A numbered list starts at one and counts up; otherwise it is a sentence that begins with a number.
  const expected = previous?.kind === "list" && previous.ordered ? previous.items.length + 1 : 1;
  if (number && Number(number[1]) === expected) {
    return { ordered: true, children: readInline(line.slice(number[0].length)) };
  }
  return undefined;
}

function readInline(source: string): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  while (at < source.length) {
    const { node, end } = readSpan(source, at);
    const last = out.at(-1);
    if (node.kind === "text" && last?.kind === "text") {
      out[out.length - 1] = { kind: "text", text: last.text + node.text };
    } else {
      out.push(node);
    }
    at = end;
  }
  return out;
}

interface Span {
  node: Inline;
  end: number;
}

function readSpan(source: string, at: number): Span {
  if (source[at] === "\\" && at + 1 < source.length) {
    return { node: { kind: "text", text: source.charAt(at + 1) }, end: at + 2 };
  }
  return (
    readEmphasis(source, at, "bold", 2) ??
    readEmphasis(source, at, "italic", 1) ??
    readLink(source, at) ?? { node: { kind: "text", text: source.charAt(at) }, end: at + 1 }
  );
}

function readEmphasis(source: string, at: number, kind: "bold" | "italic", width: 1 | 2): Span | undefined {
  const mark = source.slice(at, at + width);
  if (!/^(\*{1,2}|_{1,2})$/.test(mark) || mark.length !== width || mark !== mark.charAt(0).repeat(width)) {
    return undefined;
  }
  // An underscore inside a word is part of the word.
  if (mark.startsWith("_") && /\w/.test(source.charAt(at - 1))) {
    return undefined;
  }
  const close = findUnescaped(source, mark, at + width);
  const inner = close === -1 ? "" : source.slice(at + width, close);
  if (inner === "" || inner !== inner.trim()) {
    return undefined;
  }
  return { node: { kind, children: readInline(inner) }, end: close + width };
}

function readLink(source: string, at: number): Span | undefined {
  if (source[at] !== "[") {
    return undefined;
  }
  const close = findUnescaped(source, "](", at + 1);
  const end = close === -1 ? -1 : source.indexOf(")", close + 2);
  if (end === -1) {
    return undefined;
  }
  const url = source.slice(close + 2, end);
  if (!/^https:\/\/\S+$/.test(url)) {
    return undefined;
  }
  return { node: { kind: "link", url, children: readInline(source.slice(at + 1, close)) }, end: end + 1 };
}

function findUnescaped(source: string, mark: string, from: number): number {
  for (let at = from; at <= source.length - mark.length; at += 1) {
    if (source[at] === "\\") {
      at += 1;
    } else if (source.startsWith(mark, at)) {
      // In `**a *b***` the outer mark closes at the last possible place.
      return mark.length === 2 && source[at + 2] === mark[0] && source[at + 3] !== mark[0] ? at + 1 : at;
    }
  }
  return -1;
}

/** The plain text for screen readers and tests, a line for each block or list item. */
export function plainText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.kind === "paragraph" ? inlineText(block.children) : block.items.map(inlineText).join("\n")))
    .join("\n");
}

function inlineText(nodes: readonly Inline[]): string {
  return nodes.map((node) => (node.kind === "text" ? node.text : inlineText(node.children))).join("");
}
