import { defineConfig } from "@playwright/test";

// An installed Chromium, Chrome or Edge, which `SENDVAGT_BROWSER` names.
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
        // Coverage is reported for the page's own process only.
        ...(process.env["SENDVAGT_COVERAGE"] === undefined
          ? []
          : ["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"]),
      ],
    },
  },
});
