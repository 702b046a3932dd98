// Turns a JSON Schema on standard input into TypeScript types on standard output.

import { text } from "node:stream/consumers";

import { compile, type JSONSchema } from "json-schema-to-typescript";

const schema = JSON.parse(await text(process.stdin)) as JSONSchema;
const types = await compile(schema, "Contract", {
  additionalProperties: false,
  bannerComment: "",
  style: { printWidth: 120 },
  unreachableDefinitions: true,
});
// The root only gathers the definitions.
const unwanted = [
  /export interface Contract \{[^}]*\}\n/g,
  / \*\n \* This interface was referenced by [^*]*\n \* via the [^*]*\n/g,
];
const own = unwanted.reduce((text, pattern) => text.replace(pattern, ""), types);
process.stdout.write(
  own
    .replace(/: \{\};/g, ": Record<string, never>;")
    .replace(/\n(\/\*\*)/g, "\n\n$1")
    .replace(/\n{3,}/g, "\n\n"),
);
