// `npm run lighthouse`: how Lighthouse judges the pages that people land on, as a phone on a slow line would see them. It
// needs a quiet machine: performance is the median of three visits. `-- --only /leaderboard` looks at one page, `-- --runs 1`
// visits once, `-- --json path` writes the whole reports.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { serveApp } from "./lib/app.mjs";
import { launchOptions } from "./lib/launch.mjs";
import { root } from "./lib/processes.mjs";
import { Failure, main, step } from "./lib/report.mjs";
import { requireNode } from "./lib/setup.mjs";

const pages = ["/", "/lessons/training-optimization", "/leaderboard"];

/** The least that each page must have, of 100. */
const aims = { performance: 90, accessibility: 95, "best-practices": 95, seo: 95 };

/** What performance is made of. */
const timings = {
  "first-contentful-paint": "FCP",
  "largest-contentful-paint": "LCP",
  "total-blocking-time": "TBT",
  "cumulative-layout-shift": "CLS",
  "speed-index": "SI",
};

/**
 * Visits a page with an empty cache, as Lighthouse's phone on its slow line does by default.
 * @param {string} url
 * @param {string} executablePath the browser
 * @param {number} [tries]
 * @returns {Promise<import("lighthouse").Result>}
 */
async function visit(url, executablePath, tries = 3) {
  // After the packages are there.
  const [{ launch }, { default: lighthouse }] = await Promise.all([
    import("puppeteer-core"),
    import("lighthouse"),
  ]);
  const browser = await launch({ executablePath, args: launchOptions(executablePath).args });
  try {
    const port = Number(new URL(browser.wsEndpoint()).port);
    const { lhr } = await lighthouse(url, { port, onlyCategories: Object.keys(aims), logLevel: "error" });
    if (lhr.runtimeError === undefined) return lhr;
    // Now and then a trace lacks its beginning, which says nothing about the page.
    if (tries > 1) return await visit(url, executablePath, tries - 1);
    throw new Failure(`Lighthouse could not look at ${url}: ${lhr.runtimeError.message}`);
  } finally {
    await browser.close();
  }
}

const scoreOf = (result, category) => Math.round(100 * (result.categories[category].score ?? 0));

/** The visit whose performance is in the middle. @param {import("lighthouse").Result[]} visits */
function middle(visits) {
  const sorted = [...visits].sort((a, b) => scoreOf(a, "performance") - scoreOf(b, "performance"));
  return sorted[Math.floor(sorted.length / 2)];
}

/** What took points off, one line each. @param {import("lighthouse").Result} result @param {string} category */
function faults(result, category) {
  return result.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (result.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${id}: ${result.audits[id].displayValue ?? result.audits[id].title}`);
}

/** @param {string} path @param {import("lighthouse").Result} result @returns {boolean} whether it has what it must have */
function print(path, result) {
  const scores = Object.keys(aims).map((category) => `${category} ${scoreOf(result, category)}`);
  const measured = Object.entries(timings).map(([id, name]) => `${name} ${result.audits[id].displayValue}`);
  console.log(`\n${path}\n  ${scores.join(" · ")}\n  ${measured.join(" · ")}`);
  const low = Object.keys(aims).filter((category) => scoreOf(result, category) < aims[category]);
  for (const category of low)
    for (const line of faults(result, category))
      console.log(`  ${category} below ${aims[category]}: ${line}`);
  return low.length === 0;
}

await main(async () => {
  requireNode();
  process.chdir(root);
  const { values } = parseArgs({
    options: { only: { type: "string" }, runs: { type: "string" }, json: { type: "string" } },
  });
  const runs = Number(values.runs ?? 3);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Failure(`--runs is "${values.runs}": it must be a whole number from 1.`);
  const { url, executablePath, server } = await serveApp();
  const results = [];
  try {
    for (const path of values.only === undefined ? pages : [values.only]) {
      const visits = [];
      await step(`Visiting ${path}`, async () => {
        for (let run = 0; run < runs; run++) visits.push(await visit(`${url}${path}`, executablePath));
      });
      results.push([path, middle(visits)]);
    }
  } finally {
    await server.stop();
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(Object.fromEntries(results)));
  const good = results.map(([path, result]) => print(path, result));
  return good.every(Boolean) ? 0 : 1;
});
