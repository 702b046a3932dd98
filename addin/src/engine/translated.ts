import { engine, type Engine } from "./engine";

/** The translated engine, from the script before this one. Throws if it cannot run. */
export function translated(packed: string): Engine {
  return engine("js", sendvagtEngine(), packed);
}
