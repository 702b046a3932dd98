/**
 * Calls once after some milliseconds; the function that it returns cancels it. In a runtime without timers it never
 * calls.
 */
export function after(milliseconds: number, then: () => void): () => void {
  if (typeof setTimeout !== "function" || typeof clearTimeout !== "function") {
    return () => undefined;
  }
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}
