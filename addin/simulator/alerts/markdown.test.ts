import assert from "node:assert/strict";
import { test } from "node:test";

import { type Block, type Inline, plainText, readMarkdown } from "./markdown";

// A compact form of the tree, so that a row is easy to read.
const inline = (nodes: readonly Inline[]): string =>
  nodes
    .map((n) =>
      n.kind === "text"
        ? n.text
        : n.kind === "link"
          ? `<a ${n.url}>${inline(n.children)}</a>`
          : `<${n.kind}>${inline(n.children)}</${n.kind}>`,
    )
    .join("");
const picture = (blocks: readonly Block[]): string =>
  blocks
    .map((b) =>
      b.kind === "paragraph"
        ? `p(${inline(b.children)})`
        : `${b.ordered ? "ol" : "ul"}(${b.items.map(inline).join("|")})`,
    )
    .join(" ");

const rows: [name: string, source: string, expected: string][] = [
  ["plain text", "Mailen er ikke sendt.", "p(Mailen er ikke sendt.)"],
  ["two paragraphs", "a\n\nb", "p(a) p(b)"],
  ["one line feed is no break", "a\nb", "p(a\nb)"],
  ["bold", "**a** b", "p(<bold>a</bold> b)"],
  ["bold by underscores", "__a__", "p(<bold>a</bold>)"],
  ["italic", "*a* og _b_", "p(<italic>a</italic> og <italic>b</italic>)"],
  ["italic in bold", "**a *b***", "p(<bold>a <italic>b</italic></bold>)"],
  ["underscore in a word", "min_fil_navn", "p(min_fil_navn)"],
  ["lone asterisk", "2 * 3", "p(2 * 3)"],
  ["unclosed bold", "**a", "p(**a)"],
  ["escapes", "\\*a\\* \\[b\\]", "p(*a* [b])"],
  ["escape at the end", "a\\", "p(a\\)"],
  ["bullets", "- a\r- b\r", "ul(a|b)"],
  ["text and bullets", "Sådan:\n\n- a\r- b\r\n\nSlut", "p(Sådan:) ul(a|b) p(Slut)"],
  ["numbers", "1. a\r2. b\r", "ol(a|b)"],
  ["numbers that do not start at one", "2. a\r", "p(2. a)"],
  ["numbers out of order", "1. a\r3. b\r", "ol(a) p(3. b)"],
  ["link", "[hjælp](https://intra.example/cpr)", "p(<a https://intra.example/cpr>hjælp</a>)"],
  ["http link stays text", "[a](http://x.example)", "p([a](http://x.example))"],
  ["script link stays text", "[a](javascript:alert(1))", "p([a](javascript:alert(1)))"],
  ["angle-bracket link stays text", "<https://x.example>", "p(<https://x.example>)"],
  ["html stays text", "<b>a</b>", "p(<b>a</b>)"],
  ["heading stays text", "# a", "p(# a)"],
  ["bold in a list item", "- **a** b\r", "ul(<bold>a</bold> b)"],
  ["empty", "", ""],
];
for (const [name, source, expected] of rows) {
  void test(name, () => assert.equal(picture(readMarkdown(source)), expected));
}

void test("no input fails or loses a character", () => {
  const alphabet = ["*", "_", "\\", "[", "]", "(", ")", "-", "1.", " ", "a", "\r", "\n\n", "æ"];
  let state = 7;
  const next = (n: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % n;
  };
  for (let round = 0; round < 5000; round += 1) {
    const source = Array.from({ length: next(14) }, () => alphabet[next(alphabet.length)]).join("");
    const letters = (text: string): number => text.split(/[aæ]/).length;
    assert.equal(letters(plainText(readMarkdown(source))), letters(source), JSON.stringify(source));
  }
});
