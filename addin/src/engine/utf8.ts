// UTF-8 for the translated engine. The runtime of classic Outlook may have no TextEncoder; if it has one, this one is
// used all the same, so that the behaviour does not vary. The build injects it into the engine's bundle, and no global
// is changed. It has no classes: some engines that otherwise support ES2016 lack them.

/** Replaces what is not a character, such as half an emoji. */
const REPLACEMENT = 0xfffd;

const encoder = {
  encode(text: string): Uint8Array {
    // A UTF-16 code unit becomes at most three bytes.
    const bytes = new Uint8Array(text.length * 3);
    let length = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = codePoint(text, index);
      if (code > 0xffff) {
        index += 1;
      }
      length = put(bytes, length, code);
    }
    return bytes.slice(0, length);
  },

  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    const encoded = encoder.encode(text);
    bytes.set(encoded);
    return { read: text.length, written: encoded.length };
  },
};

function codePoint(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0xd800 || code > 0xdfff) {
    return code;
  }
  const low = code < 0xdc00 ? text.charCodeAt(index + 1) : NaN;
  return low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : REPLACEMENT;
}

function put(bytes: Uint8Array, at: number, code: number): number {
  let length = at;
  const push = (byte: number) => {
    bytes[length] = byte;
    length += 1;
  };
  if (code < 0x80) {
    push(code);
  } else if (code < 0x800) {
    push(0xc0 | (code >> 6));
    push(0x80 | (code & 63));
  } else {
    if (code < 0x10000) {
      push(0xe0 | (code >> 12));
    } else {
      push(0xf0 | (code >> 18));
      push(0x80 | ((code >> 12) & 63));
    }
    push(0x80 | ((code >> 6) & 63));
    push(0x80 | (code & 63));
  }
  return length;
}

const decoder = {
  /** The bytes come from Rust strings, so they are valid UTF-8. */
  decode(bytes: Uint8Array = new Uint8Array(0)): string {
    let text = "";
    let index = 0;
    const next = () => {
      const byte = bytes[index] ?? 0;
      index += 1;
      return byte;
    };
    while (index < bytes.length) {
      const first = next();
      const further = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let code = further === 0 ? first : first & (63 >> further);
      for (let count = 0; count < further; count += 1) {
        code = (code << 6) | (next() & 63);
      }
      text +=
        code < 0x10000 ? String.fromCharCode(code) : String.fromCharCode(0xd7c0 + (code >> 10), 0xdc00 | (code & 1023));
    }
    return text;
  },
};

/** `new TextEncoder()` returns the only encoder. */
export function TextEncoder() {
  return encoder;
}

/** `new TextDecoder()` returns the only decoder. */
export function TextDecoder() {
  return decoder;
}
