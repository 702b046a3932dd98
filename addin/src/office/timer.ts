/** Calls once after some milliseconds, unless it is called off. Where the runtime has no timers it never calls. */
export function after(milliseconds: number, then: () => void): () => void {
  if (typeof setTimeout !== "function" || typeof clearTimeout !== "function") {
    return () => undefined;
  }
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}
