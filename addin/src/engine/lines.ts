import type { Draft } from "../contract";

/**
 * The draft as the engine reads it (`Draft::from_lines` in src/draft.rs): a key, then its values, each after a tab. A list
 * has a line for each entry, and an object a name and a value for each of its own. It knows no field by name, so that a
 * new one needs nothing here.
 */
export function linesOf(draft: Draft): string {
  const lines: string[] = [];
  const add = (key: string, values: readonly unknown[]) => {
    lines.push([key, ...values.map((value) => escaped(String(value)))].join("\t"));
  };
  for (const key of Object.keys(draft) as (keyof Draft)[]) {
    const value = draft[key];
    if (Array.isArray(value)) {
      for (const entry of value) {
        add(
          key,
          typeof entry === "string" ? [entry] : pairs(entry).reduce<string[]>((all, pair) => all.concat(pair), []),
        );
      }
    } else if (typeof value === "object") {
      for (const pair of pairs(value)) {
        add(key, pair);
      }
    } else if (value !== undefined) {
      add(key, [value]);
    }
  }
  return lines.join("\n");
}

interface Values {
  [name: string]: string | Values;
}

/**
 * What the engine writes as records (`Ruling::to_records` in src/verdict.rs): the path to a value and the value, with ASCII's
 * own separators between. Undefined if there are none. It knows no field by name either.
 */
export function valueIn(records: string): unknown {
  const all: Values = {};
  for (const record of records.split("\x1e")) {
    const path = record.split("\x1f");
    const value = path.pop() ?? "";
    path.reduce((inner, name, index) => {
      const next = index === path.length - 1 ? value : (inner[name] ?? {});
      inner[name] = next;
      return typeof next === "string" ? inner : next;
    }, all);
  }
  return records === "" ? undefined : all;
}

/** The names and values of an object. */
function pairs(object: object): string[][] {
  const values = object as Record<string, string | boolean | undefined>;
  return Object.keys(values)
    .filter((name) => values[name] !== undefined)
    .map((name) => [name, String(values[name])]);
}

function escaped(value: string): string {
  return value.replace(/[\\\t\n]/g, (character) => (character === "\t" ? "\\t" : character === "\n" ? "\\n" : "\\\\"));
}
