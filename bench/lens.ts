// `npm run bench:lens`: what looking costs the training, in the real app in a real browser, within one run. The view is
// opened and closed again every few epochs; in its turn somebody draws digits at a hand's pace, and stops. An epoch's time with
// an open view is held against those right after, when it is closed again, and these against the time before anything was
// opened. Ends with 1 where a ratio is over its limit. It needs a quiet machine.
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { drawAtHumanPace } from "../e2e/drawing";
import { serveApp } from "../scripts/lib/app.mjs";
import { launchOptions } from "../scripts/lib/launch.mjs";
import { root } from "../scripts/lib/processes.mjs";
import { Failure, main } from "../scripts/lib/report.mjs";
import { requireNode } from "../scripts/lib/setup.mjs";

/** Time with a view open to that with it closed, and closed again to that of training alone. */
const limits = { open: 1.15, closed: 1.05 };
/** Epochs that are timed before anybody looks, and in each part after that. */
const BEFORE = 6;
const PART = 3;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

/** Seconds of each epoch that the log has printed. */
async function epochSeconds(page: Page): Promise<number[]> {
  const text = (await page.getByRole("log", { name: "Training log" }).allInnerTexts()).join("\n");
  return [...text.matchAll(/^(\d+)\/\1 - ([\d.]+)s/gm)].map(([, , seconds]) => Number(seconds));
}

/** Lets the epoch under way end, which is neither one thing nor the other, and times so many after it. */
async function timeEpochs(page: Page, count: number): Promise<number[]> {
  const begun = (await epochSeconds(page)).length + 1;
  while ((await epochSeconds(page)).length < begun + count) await page.waitForTimeout(100);
  return (await epochSeconds(page)).slice(begun, begun + count);
}

/** Something that looks into the network. */
interface View {
  name: string;
  /** @returns ends it */
  open(): Promise<() => Promise<void>>;
}

interface Measured extends View {
  times: { open: number[]; closed: number[] };
}

const tab = (page: Page, name: string): View => ({
  name,
  async open() {
    await page.getByRole("tab", { name, exact: true }).click();
    return () => page.getByRole("button", { name: "close", exact: true }).click();
  },
});

/** After this the pad has given up what it asked, once the pointer has left it. */
const PAD_GONE_MS = 6000;

const drawing = (page: Page): View => ({
  name: "Drawing",
  async open() {
    let draws = true;
    const hand = (async () => {
      while (draws) await drawAtHumanPace(page);
    })();
    // Whoever waits for it hears of it.
    hand.catch(() => {});
    return async () => {
      draws = false;
      await hand;
      await page.mouse.move(0, 0);
      await page.waitForTimeout(PAD_GONE_MS);
    };
  },
});

async function measure(page: Page, rounds: number): Promise<{ alone: number[]; views: Measured[] }> {
  const epochs = page.getByRole("spinbutton", { name: "Epochs", exact: true });
  await epochs.fill("1000");
  await epochs.press("Enter");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("region", { name: "Look closer" }).waitFor();
  await timeEpochs(page, 1);
  const alone = await timeEpochs(page, BEFORE);
  const tabs = (await page.getByRole("tab").allTextContents()).map((name) => tab(page, name));
  const views = [...tabs, drawing(page)].map(
    (view): Measured => ({ ...view, times: { open: [], closed: [] } }),
  );
  // Round after round, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round++)
    for (const { open, times } of views) {
      const close = await open();
      times.open.push(...(await timeEpochs(page, PART)));
      await close();
      times.closed.push(...(await timeEpochs(page, PART)));
    }
  return { alone, views };
}

await main(async () => {
  requireNode();
  process.chdir(root);
  const { values } = parseArgs({ options: { rounds: { type: "string" }, json: { type: "boolean" } } });
  const rounds = Number(values.rounds ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Failure(`--rounds is "${values.rounds}": it must be a whole number from 1.`);
  const { url, executablePath, server } = await serveApp();
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    // What is fetched ahead for later, once in a browser's life, would slow the epochs that nobody looks at.
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: "block",
    });
    await page.goto(`${url}/`);
    const { alone, views } = await measure(page, rounds);
    const base = median(alone);
    console.log(`An epoch before anybody looks: ${base.toFixed(2)} s (${alone.join(", ")})`);
    let missed = 0;
    for (const { name, times } of views)
      for (const state of ["open", "closed"] as const) {
        const ratio = median(times[state]) / (state === "open" ? median(times.closed) : base);
        if (ratio > limits[state]) missed++;
        const verdict = ratio <= limits[state] ? "ok    " : "MISSED";
        console.log(
          `${verdict}  ${name}, ${state}: ${ratio.toFixed(3)} of ${state === "open" ? "closed" : "alone"}, at most ${limits[state]} (${times[state].join(", ")})`,
        );
      }
    if (values.json)
      console.log(JSON.stringify({ alone, views: views.map(({ name, times }) => ({ name, ...times })) }));
    return missed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
  }
});
