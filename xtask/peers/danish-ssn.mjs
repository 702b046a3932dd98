// Reads subjects from standard input, a JSON string a line, and writes for each whether danish-ssn raises an alarm.
//
// Run by `cargo xtask peers`, which names the folder that danish-ssn is installed in.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder] = process.argv.slice(2);
const ssn = createRequire(`${folder}/`)("danish-ssn");

for await (const line of createInterface({ input: process.stdin })) {
  // danish-ssn judges a number and finds none: it is given what the naive pattern finds.
  const numbers = JSON.parse(line).match(/\b\d{6}-?\d{4}\b/g) ?? [];
  const isValid = (number) => {
    try {
      return ssn(number).valid === true;
    } catch {
      return false;
    }
  };
  console.log(JSON.stringify({ "danish-ssn": numbers.some(isValid) }));
}
