import { defineConfig } from "@playwright/test";
import { LAUNCH_OPTIONS } from "./browser.mjs";

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  // A test that passes on the second try is a defect of the app or of the test.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A plan of the sample takes four seconds of a quiet machine, and a journey waits for several.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    // The copy for use without network has journeys of its own; elsewhere it would only make the machine busy.
    serviceWorkers: "block",
    launchOptions: LAUNCH_OPTIONS,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace keeps every file that a page loads and every state that it was in: more work than the journey. It is for somebody who looks.
    trace: process.env.CI ? "off" : "retain-on-failure",
  },
});
