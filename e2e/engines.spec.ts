// Every engine trains the same experiment: WebGPU and WebGL computed by the CPU here, so that it can be shown
// on a machine without a GPU.
import type { Page } from "@playwright/test";
import { launchOptions, softwareGpu } from "../scripts/lib/launch.mjs";
import { expect, type Playground, type PrintedRun, test } from "./journey";

test.use({ launchOptions: launchOptions(process.env.CHROMIUM_PATH, softwareGpu) });

declare global {
  interface Window {
    /** Of every run since the page was opened, as the trainer reports them to the page. */
    batchLosses: number[];
  }
}

/** Listens in on what the worker tells the page: the page itself draws batches but prints only epochs. */
async function recordBatchLosses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.batchLosses = [];
    window.MessageChannel = class extends MessageChannel {
      constructor() {
        super();
        this.port1.addEventListener("message", ({ data }) => {
          const events = data?.argumentList?.flatMap(({ value }: { value: unknown }) => value) ?? [];
          for (const event of events) if (event?.type === "batches") window.batchLosses.push(...event.losses);
        });
      }
    };
  });
}

/** Runs the experiment on an engine. @returns what was printed, and the loss of each batch */
async function trainOn(playground: Playground, engine: string): Promise<PrintedRun & { losses: number[] }> {
  await playground.page.evaluate(() => {
    window.batchLosses = [];
  });
  await playground.choose("Engine", engine);
  await playground.train.click();
  const run = await playground.finished(200_000);
  expect(run.engine).toContain(engine);
  return { ...run, losses: await playground.page.evaluate(() => window.batchLosses) };
}

for (const engine of [
  "WebAssembly SIMD",
  "TensorFlow.js WebGPU",
  "TensorFlow.js WebGL",
  "TensorFlow.js WebAssembly",
  "TensorFlow.js JavaScript",
])
  test(`${engine} trains 6,400 images, and its first ten batches agree with the reference`, async ({
    page,
    playground,
  }) => {
    test.setTimeout(300_000);
    await recordBatchLosses(page);
    await playground.open();
    await playground.makeSmall({ images: 6400, epochs: 1 });
    const reference = await trainOn(playground, "Reference");
    await playground.button("Reset").click();
    const run = await trainOn(playground, engine);

    expect(run.losses).toHaveLength(200);
    for (const [batch, loss] of run.losses.slice(0, 10).entries())
      expect(Math.abs(loss / reference.losses[batch]! - 1), `batch ${batch + 1}`).toBeLessThan(1e-3);

    expect(run.before.loss).toBeCloseTo(reference.before.loss, 2);
    expect(run.epochs[0]!.steps).toBe(200);
    expect(Math.abs(run.epochs[0]!.loss / reference.epochs[0]!.loss - 1)).toBeLessThan(0.02);
    expect(run.testAccuracy).toBeGreaterThan(0.88);
  });
