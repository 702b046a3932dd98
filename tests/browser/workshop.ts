// The workshop for its tests: the page opened from the disk, with what it writes to the console and what it asks for.

import { expect, test as base, type Page } from "@playwright/test";

export const PAGE = new URL("../../dist/sendvagt-workshop.html", import.meta.url).href;

export type Room = "policy" | "try" | "pack" | "old-mail";

export interface Workshop {
  page: Page;
  /** What the browser wrote to the console, and errors of scripts. */
  readonly errors: string[];
  /** What the page asked for besides itself. */
  readonly requests: string[];
  open(room?: Room): Promise<void>;
  text(): Promise<string>;
}

export const test = base.extend<{ workshop: Workshop }>({
  workshop: async ({ page }, use) => {
    const errors: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        errors.push(message.text());
      }
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(PAGE) && !url.startsWith("data:") && !url.startsWith("blob:")) {
        requests.push(url);
      }
    });
    await use({
      page,
      errors,
      requests,
      open: async (room = "policy") => {
        await page.goto(`${PAGE}#${room}`);
        await expect(page.locator("main")).toBeVisible();
      },
      text: () => page.locator("#policy-text").inputValue(),
    });
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  },
});
