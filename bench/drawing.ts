// `npm run bench:drawing`: how long a stroke waits for its answer while the first lesson's network trains on our engine, in
// the real app in a real browser; on a page as fast as this machine, and on one with a quarter of its processor. Ends with 1
// where an answer came too late. It needs a quiet machine.
import { chromium } from "@playwright/test";
import { answerTimes, watchAnswers } from "../e2e/drawing";
import { Playground } from "../e2e/journey";
import { serveApp } from "../scripts/lib/app.mjs";
import { launchOptions } from "../scripts/lib/launch.mjs";
import { root } from "../scripts/lib/processes.mjs";
import { main } from "../scripts/lib/report.mjs";
import { requireNode } from "../scripts/lib/setup.mjs";

/** Of each pace: how many times slower the page is, and how long all answers but one in twenty may take. */
const paces = [
  { slower: 1, mostMs: 50 },
  { slower: 4, mostMs: 200 },
];
const STROKES = 60;
const SHARE = 0.95;

const quantile = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;

await main(async () => {
  requireNode();
  process.chdir(root);
  const { url, executablePath, server } = await serveApp();
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    // What is fetched ahead for later, once in a browser's life, is not what is measured.
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: "block",
    });
    const playground = new Playground(page);
    await playground.open(`${url}/`);
    await playground.setNumber("Epochs", 1000);
    await playground.choose("Engine", "WebAssembly SIMD");
    await playground.train.click();
    await watchAnswers(page);
    const session = await page.context().newCDPSession(page);
    let missed = 0;
    for (const { slower, mostMs } of paces) {
      await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
      const times = await answerTimes(page, STROKES);
      const most = quantile(times, SHARE);
      if (most > mostMs) missed++;
      const late = times.filter((ms) => ms > mostMs).length;
      console.log(
        `${most <= mostMs ? "ok    " : "MISSED"}  ${slower}× slower: p95 ${most} ms, at most ${mostMs}; median ${quantile(times, 0.5)} ms, slowest ${times.at(-1)} ms; ${late} of ${STROKES} took longer (${times.join(", ")})`,
      );
    }
    return missed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
  }
});
