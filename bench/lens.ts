// `npm run bench:lens`: what looking costs the training, in the real app in a real browser. A view is opened and closed again
// every few epochs; in its turn somebody draws digits at a hand's pace, and stops. The same experiment is then trained again
// and nobody looks, as an epoch's time is not the same all through a run: the smaller the numbers become, the slower
// processors reckon with them. Each epoch is held against the same one of that run; with an open view against those right
// after, when it is closed, and these against the ones before anything was opened. Ends with 1 where a ratio is over its
// limit. It needs a quiet machine.
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

/** Lets the epoch under way end, which is neither one thing nor the other, and so many after it. @returns which, from 0 */
async function passEpochs(page: Page, count: number): Promise<number[]> {
  const begun = (await epochSeconds(page)).length + 1;
  while ((await epochSeconds(page)).length < begun + count) await page.waitForTimeout(100);
  return Array.from({ length: count }, (_, i) => begun + i);
}

/** Something that looks into the network. */
interface View {
  name: string;
  /** @returns ends it */
  open(): Promise<() => Promise<void>>;
}

/** Which epochs passed while a view was open, and closed again. */
interface Looked extends View {
  epochs: { open: number[]; closed: number[] };
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

async function train(page: Page): Promise<void> {
  const epochs = page.getByRole("spinbutton", { name: "Epochs", exact: true });
  await epochs.fill("1000");
  await epochs.press("Enter");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("region", { name: "Look closer" }).waitFor();
}

interface Measured {
  /** Seconds of each epoch. */
  seconds: number[];
  before: number[];
  views: Looked[];
}

async function look(page: Page, rounds: number): Promise<Measured> {
  await train(page);
  await passEpochs(page, 1);
  const before = await passEpochs(page, BEFORE);
  const tabs = (await page.getByRole("tab").allTextContents()).map((name) => tab(page, name));
  const views = [...tabs, drawing(page)].map(
    (view): Looked => ({ ...view, epochs: { open: [], closed: [] } }),
  );
  // Round after round, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round++)
    for (const { open, epochs } of views) {
      const close = await open();
      epochs.open.push(...(await passEpochs(page, PART)));
      await close();
      epochs.closed.push(...(await passEpochs(page, PART)));
    }
  return { seconds: await epochSeconds(page), before, views };
}

/** Seconds of so many epochs that nobody looks at. */
async function leaveAlone(page: Page, epochs: number): Promise<number[]> {
  await train(page);
  while ((await epochSeconds(page)).length < epochs) await page.waitForTimeout(100);
  return epochSeconds(page);
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
    const visit = async <T>(use: (page: Page) => Promise<T>): Promise<T> => {
      // What is fetched ahead for later, once in a browser's life, would slow the epochs that nobody looks at.
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
        serviceWorkers: "block",
      });
      await page.goto(`${url}/`);
      try {
        return await use(page);
      } finally {
        await page.close();
      }
    };
    const { seconds, before, views } = await visit((page) => look(page, rounds));
    const alone = await visit((page) => leaveAlone(page, seconds.length));
    /** Of epochs' times, to those of the run that was left alone. */
    const share = (epochs: readonly number[]) =>
      median(epochs.map((epoch) => seconds[epoch]! / alone[epoch]!));
    const base = share(before);
    console.log(
      `Epochs before anybody looks: ${base.toFixed(3)} of the same ones in the run that is left alone (${before.map((epoch) => seconds[epoch]).join(", ")})`,
    );
    let missed = 0;
    for (const { name, epochs } of views)
      for (const state of ["open", "closed"] as const) {
        const ratio = share(epochs[state]) / (state === "open" ? share(epochs.closed) : base);
        if (ratio > limits[state]) missed++;
        const verdict = ratio <= limits[state] ? "ok    " : "MISSED";
        const times = epochs[state].map((epoch) => `${seconds[epoch]} for ${alone[epoch]}`).join(", ");
        console.log(
          `${verdict}  ${name}, ${state}: ${ratio.toFixed(3)} of ${state === "open" ? "closed" : "alone"}, at most ${limits[state]} (${times})`,
        );
      }
    if (values.json)
      console.log(
        JSON.stringify({
          seconds,
          alone,
          before,
          views: views.map(({ name, epochs }) => ({ name, ...epochs })),
        }),
      );
    return missed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
  }
});
