// Every engine trains the same experiment: WebGPU and WebGL computed by the CPU here, so that it can be shown
// on a machine without a GPU.
import type { Page } from "@playwright/test";
import { mnistFromDisk } from "../lib/datasets/testing";
import { wasmFromDisk } from "../lib/engines/wasm/testing";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { Network } from "../lib/training/network";
import { launchOptions, softwareGpu } from "../scripts/lib/launch.mjs";
import { expect, type Playground, type PrintedRun, test } from "./journey";

test.use({ launchOptions: launchOptions(process.env.CHROMIUM_PATH, softwareGpu) });

declare global {
  interface Window {
    /** Of every run since the page was opened, as the trainer reports them to the page. */
    batchLosses: number[];
    /** The newest of what the worker answered: the network's weights, and what it says to eight test images. */
    network?: { weights: number[][]; images?: number[]; probabilities?: number[] };
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

/** Keeps the weights that the page asks its worker for when a run is over, and what the network says with them. */
async function recordNetwork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }) => {
          const { weights, images, probabilities } = data?.value ?? {};
          const listed = (array: ArrayLike<number>) => Array.from(array);
          if (weights) window.network = { ...window.network, weights: weights.map(listed) };
          if (probabilities && window.network)
            Object.assign(window.network, { images: listed(images), probabilities: listed(probabilities) });
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

/** The reference is slow and always the same: it is trained once for all engines. */
let reference: Awaited<ReturnType<typeof trainOn>> | null = null;

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
    if (reference === null) {
      reference = await trainOn(playground, "Reference");
      await playground.button("Reset").click();
    }
    const run = await trainOn(playground, engine);

    expect(run.losses).toHaveLength(200);
    for (const [batch, loss] of run.losses.slice(0, 10).entries())
      expect(Math.abs(loss / reference.losses[batch]! - 1), `batch ${batch + 1}`).toBeLessThan(1e-3);

    expect(run.before.loss).toBeCloseTo(reference.before.loss, 2);
    expect(run.epochs[0]!.steps).toBe(200);
    expect(Math.abs(run.epochs[0]!.loss / reference.epochs[0]!.loss - 1)).toBeLessThan(0.02);
    expect(run.testAccuracy).toBeGreaterThan(0.88);
  });

const conv = (filters: number) => ({ kind: "conv2d", filters, padding: "same" });
const patterns = parseExperiment({
  version: 1,
  dataset: { id: "mnist", classes: [3, 5, 8], trainLimit: 640 },
  validation: { split: 0 },
  augmentation: [{ kind: "shift" }, { kind: "rotate" }, { kind: "zoom" }, { kind: "noise" }],
  layers: [
    { ...conv(8), strides: 2, activation: "linear" },
    { kind: "batchNormalization", momentum: 0.9 },
    { kind: "activation" },
    { kind: "residual", layers: [conv(8), { ...conv(8), activation: "linear" }] },
    { kind: "denseBlock", layers: [conv(5)] },
    { kind: "maxPooling2d" },
    { kind: "flatten" },
    { kind: "dropout", rate: 0.25 },
    { kind: "dense", units: 3, activation: "softmax" },
  ],
  optimizer: { kind: "adam", learningRate: 0.003 },
  training: { epochs: 2 },
});

test("a network with normalization, dropout, augmentation and blocks is trained on WebGL, and our engine answers alike", async ({
  page,
  playground,
}) => {
  test.setTimeout(300_000);
  await recordBatchLosses(page);
  await recordNetwork(page);
  await playground.open(`/x/${encodeExperiment(patterns)}`);
  const own = await trainOn(playground, "WebAssembly SIMD");
  await playground.button("Reset").click();
  await page.evaluate(() => {
    window.network = undefined;
  });
  const run = await trainOn(playground, "TensorFlow.js WebGL");

  expect(run.losses).toHaveLength(40);
  for (const [batch, loss] of run.losses.slice(0, 5).entries())
    expect(Math.abs(loss / own.losses[batch]! - 1), `batch ${batch + 1}`).toBeLessThan(1e-3);
  expect(run.epochs[1]!.loss).toBeLessThan(0.6 * run.before.loss);
  expect(run.testAccuracy).toBeGreaterThan(0.6);

  const answered = () => page.evaluate(() => window.network?.probabilities?.length);
  await playground.button("another eight").click();
  await expect.poll(answered, { timeout: 60_000 }).toBe(24);
  const { weights, images, probabilities } = (await page.evaluate(() => window.network))!;
  const network = new Network({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  await network.open(
    patterns,
    weights.map((array) => Float32Array.from(array)),
  );
  const outputs = await network.predict(Uint8Array.from(images!));
  const apart = [...outputs].map((value, i) => Math.abs(value - probabilities![i]!));
  console.log(`WebGL and our engine differ by ${Math.max(...apart).toExponential(1)} at most`);
  expect(Math.max(...apart)).toBeLessThan(1e-3);
});
