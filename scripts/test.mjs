// `npm test`: sets everything up from a fresh clone, then types, lint, unit tests and journeys in a real browser.
// `--quick` leaves the browser out (`npm run check`); `--browser …` runs just that (`npm run e2e`), and what
// follows goes to Playwright.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./lib/browser.mjs";
import { atExit, bin, root, start } from "./lib/processes.mjs";
import { main, printFailure } from "./lib/report.mjs";
import { findFreePort, startServer } from "./lib/server.mjs";
import { ensureBuilt, ensureData, ensureEngine, ensureInstalled, requireNode } from "./lib/setup.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {readonly Counts[]} parts @param {keyof Counts} key */
const sumOf = (parts, key) => parts.reduce((total, part) => total + part[key], 0);

/**
 * Runs one program with its output shown.
 * @param {string} title
 * @param {readonly string[]} args of Node
 * @param {Record<string, string>} [env]
 * @returns {Promise<boolean>} whether it ended well
 */
async function passes(title, args, env) {
  const since = Date.now();
  console.log(`\n${title}`);
  const { code } = await start(process.execPath, args, { show: true, env }).ended;
  console.log(
    `${title}: ${code === 0 ? "passed" : "FAILED"} in ${Math.round((Date.now() - since) / 1000)} s`,
  );
  return code === 0;
}

/**
 * Runs a test runner that leaves a JSON report.
 * @param {Parameters<typeof passes>} runner
 * @param {string} file the report
 * @param {(report: any) => Counts} count
 * @returns {Promise<Counts>} a runner that failed without a failed test counts as one
 */
async function counted(runner, file, count) {
  const passed = await passes(...runner);
  const counts = existsSync(file)
    ? count(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  return passed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** Types of the app and of the worker, format and lint. @returns {Promise<Counts>} only failures are counted */
async function checkSources() {
  // Writes the types that the app's pages and style sheets need.
  const routes = await passes("Routes", [bin("next"), "typegen"]);
  const tsc = bin("typescript", "tsc");
  // Each keeps one core, and the app's types take as long as the others together.
  const all = await Promise.all([
    passes("Types", [tsc, "--noEmit"]),
    passes("Types of the worker", [tsc, "--noEmit", "-p", "workers"]),
    passes("Format and lint", [bin("@biomejs/biome"), "check", "--error-on-warnings"]),
  ]);
  return { passed: 0, failed: [routes, ...all].filter((passed) => !passed).length, skipped: 0 };
}

/** @param {string} folder for the report @returns {Promise<Counts>} */
function runUnitTests(folder) {
  const file = join(folder, "unit.json");
  const args = [bin("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return counted(["Unit tests", args], file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

/**
 * The journeys, against a server of their own with a data folder of their own.
 * @param {string} folder for the data and the report
 * @param {string} browser
 * @param {readonly string[]} args for Playwright
 * @param {boolean} typesHold the app need not be checked for them again when it is built
 * @returns {Promise<Counts[]>}
 */
async function runJourneys(folder, browser, args, typesHold) {
  const port = await findFreePort();
  // A store of its own: neither the data folder nor the Vercel Blob store of whoever runs the tests is touched.
  const env = await ensureData({ port, dataDir: join(folder, "data"), token: undefined });
  await ensureBuilt({ token: undefined, typesHold });
  const server = await startServer({ port, command: "start", env });
  /** @param {string} title @param {...string} projects of playwright.config.ts */
  const runProjects = (title, ...projects) => {
    const file = join(folder, `journeys-${title}.json`);
    const chosen = [
      ...projects.map((project) => `--project=${project}`),
      `--output=test-results/${title}`,
      "--pass-with-no-tests",
      ...args,
    ];
    const playwright = [bin("@playwright/test", "playwright"), "test", ...chosen];
    const runner = { BASE_URL: `http://localhost:${port}`, CHROMIUM_PATH: browser, REPORT_FILE: file };
    return counted([`Journeys in the browser, ${title}`, playwright, runner], file, ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }));
  };
  try {
    const parts = [await runProjects("beside", "long", "beside"), await runProjects("alone", "alone")];
    if (sumOf(parts, "failed") > 0) console.log(`\nThe server's last lines:\n${server.output()}`);
    return parts;
  } finally {
    await server.stop();
  }
}

await main(async () => {
  requireNode();
  process.chdir(root);
  const [mode, ...rest] = process.argv.slice(2);
  await ensureInstalled();
  await ensureEngine();
  const folder = mkdtempSync(join(tmpdir(), "descent-"));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  // A missing browser is said before the minutes of tests, not after.
  const browser = mode === "--quick" ? "" : await findBrowser();
  const counts = [];
  if (mode !== "--browser") counts.push(await checkSources());
  const typesHold = counts.length > 0 && sumOf(counts, "failed") === 0;
  if (mode !== "--browser") counts.push(await runUnitTests(folder));
  if (mode !== "--quick") {
    const broken = (error) => {
      printFailure(error);
      return [{ passed: 0, failed: 1, skipped: 0 }];
    };
    counts.push(...(await runJourneys(folder, browser, rest, typesHold).catch(broken)));
  }

  const sum = (key) => sumOf(counts, key);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
  return sum("failed") > 0 ? 1 : 0;
});
