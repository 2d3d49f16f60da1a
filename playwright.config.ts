// Journeys through the real app in a real browser. `npm test` and `npm run e2e` start the server and say where it
// is; nothing here starts one.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./scripts/lib/launch.mjs";

/** These measure how long something takes, or look at boards that others would write to. */
const alone =
  /\/(smoothness|run-api|leaderboard-api|submit|resume|weight|embed|embed-host|ten-embeds)\.spec\.ts$/;

/** They take longest and begin first, so that both browsers end together. */
const long = /\/(engines|lessons(-[a-z]+)?|share-panel|shelf|sweep|whole-training-file)\.spec\.ts$/;

const { BASE_URL, CHROMIUM_PATH, REPORT_FILE } = process.env;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: true,
  // A training takes a core and its page little: two browsers fit side by side on two.
  workers: 2,
  // `npm test` runs the first two together, then the last one.
  projects: [
    { name: "long", testMatch: long },
    { name: "beside", testIgnore: [alone, long] },
    { name: "alone", testMatch: alone, workers: 1 },
  ],
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ...(REPORT_FILE ? [["json", { outputFile: REPORT_FILE }] as const] : [])],
  use: {
    baseURL: BASE_URL ?? "http://localhost:3000",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    launchOptions: launchOptions(CHROMIUM_PATH),
    screenshot: "only-on-failure",
    // Journeys stand between the page and the server, which a service worker would get past; offline.spec.ts allows it.
    serviceWorkers: "block",
  },
});
