import { engine, type Engine } from "./engine";

/** The engine translated to JavaScript, from the script that stands before this one. It throws when it cannot run. */
export function translated(packed: string): Engine {
  return engine("js", sendvagtEngine(), packed);
}
