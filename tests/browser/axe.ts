// What axe-core reports of a page or a frame.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Frame, Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How a page looks: as the user has set light and dark, or with the colours that Windows forces. */
export const THEMES = ["light", "dark", "contrast"] as const;

/** Each theme with a language: what axe-core looks at does not depend on both at once. */
export const LOOKS = [
  ["light", "da"],
  ["dark", "en"],
  ["contrast", "da"],
] as const;

/**
 * The rules that a page breaks, with the elements. The test's own channel brings the script, which the page's policy does not
 * bind. Colours are measured once they stand still.
 */
export async function violations(of: Page | Frame, options: RunOptions = {}): Promise<string[]> {
  await of.evaluate(async () => {
    const drawn = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    await drawn();
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
    await drawn();
  });
  if (!(await of.evaluate(() => "axe" in window))) {
    await of.evaluate(AXE);
  }
  const found = await of.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    return (await axe.run(given)).violations;
  }, options);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
