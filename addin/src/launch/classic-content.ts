// The same as classic.ts for a policy that asks for more of a mail than subject and recipients.

import { readContent } from "../judge/content";
import { inClassic } from "./in-classic";

inClassic(readContent);
