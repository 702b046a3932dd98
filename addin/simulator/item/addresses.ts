// Parses what people type or paste into a recipient field.

export interface TypedRecipient {
  /** Empty if no name was given. */
  readonly name: string;
  /** Empty if the typed text is not an address: the recipient is not resolved. */
  readonly address: string;
}

const ADDRESS = /^[^\s<>"@,;]+@[^\s<>"@,;]+$/;

/** Splits at `;`, `,`, tabs and line breaks, but not inside quotation marks or angle brackets. */
export function readRecipients(source: string): TypedRecipient[] {
  return split(source).map(readOne);
}

function readOne(part: string): TypedRecipient {
  const bracketed = /^(.*)<([^<>]*)>$/s.exec(part);
  const name = unquote((bracketed?.[1] ?? "").trim());
  const address = (bracketed?.[2] ?? part).trim().replace(/^mailto:/i, "");
  if (!ADDRESS.test(address)) {
    return { name: part, address: "" };
  }
  return { name, address };
}

function split(source: string): string[] {
  const parts: string[] = [];
  let current = "";
  let quoted = false;
  let bracketed = false;
  for (const letter of source) {
    if (letter === '"') {
      quoted = !quoted;
    } else if (letter === "<") {
      bracketed = true;
    } else if (letter === ">") {
      bracketed = false;
    }
    const lineBreak = letter === "\n" || letter === "\r";
    if (lineBreak || (!quoted && !bracketed && /[;,\t]/.test(letter))) {
      parts.push(current);
      current = "";
      if (lineBreak) {
        quoted = bracketed = false;
      }
    } else {
      current += letter;
    }
  }
  parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function unquote(name: string): string {
  const quoted = /^"(.*)"$/s.exec(name);
  return (quoted?.[1] ?? name).replace(/\\(.)/g, "$1").trim();
}
