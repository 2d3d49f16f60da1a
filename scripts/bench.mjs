// `npm run bench`: sets up what it needs and measures our engines against their peers; bench/run.ts does that.
import { join } from "node:path";
import { findBrowser } from "./lib/browser.mjs";
import { bin, root, start } from "./lib/processes.mjs";
import { main } from "./lib/report.mjs";
import { ensureEngine, ensureInstalled, requireNode } from "./lib/setup.mjs";

await main(async () => {
  requireNode();
  process.chdir(root);
  await ensureInstalled();
  await ensureEngine();
  const env = { CHROMIUM_PATH: await findBrowser() };
  const args = [bin("tsx"), join(root, "bench", "run.ts"), ...process.argv.slice(2)];
  return (await start(process.execPath, args, { env, show: true }).ended).code;
});
