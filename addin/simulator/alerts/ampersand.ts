// Classic Windows controls take `&` for the mark of the key that presses them.

export interface Piece {
  readonly text: string;
  readonly underlined: boolean;
}

/** `&x` underlines x, and `&&` is one `&`. */
export function readAmpersands(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  for (let at = 0; at < text.length; at += 1) {
    const next = text.charAt(at + 1);
    if (text[at] !== "&") {
      plain += text.charAt(at);
    } else if (next === "&") {
      plain += "&";
      at += 1;
    } else {
      pieces.push({ text: plain, underlined: false }, { text: next, underlined: true });
      plain = "";
      at += 1;
    }
  }
  return [...pieces, { text: plain, underlined: false }].filter((piece) => piece.text !== "");
}
