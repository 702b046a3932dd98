import { defineConfig } from "@playwright/test";

// Chromium, Chrome or Edge as installed; which one, `SENDVAGT_BROWSER` says.
const executablePath = process.env["SENDVAGT_BROWSER"] ?? "/usr/bin/chromium";
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  timeout: 30_000,
  use: {
    locale: "da-DK",
    timezoneId: "Europe/Copenhagen",
    viewport: { width: 1280, height: 860 },
    launchOptions: {
      executablePath,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
        "--disable-gpu",
        // Coverage is told of the page's own process alone.
        ...(process.env["SENDVAGT_COVERAGE"] === undefined
          ? []
          : ["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"]),
      ],
    },
  },
});
