import { expect, test } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import { parseExperiment } from "../../spec/experiment";
import { smallAndSharp } from "../../spec/presets/small-and-sharp";
import { buildProgram, initialWeights, MEMORY_BUDGET_BYTES } from "../../spec/program";
import type { Engine } from "../engine";
import { wasmFromDisk } from "./testing";

const ROWS = 32;
const source = mnistFromDisk();
const images = (await source.images("train", 0)).subarray(0, ROWS * 784);
const labels = (await source.labels("train")).subarray(0, ROWS);
const rows = Uint32Array.from({ length: ROWS }, (_, i) => i);

async function compiled(experiment: object): Promise<Engine> {
  const spec = parseExperiment(experiment);
  const program = buildProgram(spec);
  expect(program.problems).toEqual([]);
  const engine = await wasmFromDisk();
  const layout = { rows: ROWS, rowBytes: 784, scale: 255 };
  engine.allocate({ train: layout, test: layout });
  for (const split of ["train", "test"] as const) {
    engine.upload(split, 0, images);
    engine.setLabels(split, labels);
  }
  const { optimizer, augmentation, seed, training } = spec;
  const weights = initialWeights(program, seed);
  engine.compile({ program, optimizer, augmentation, weights, seed, batchSize: training.batchSize });
  return engine;
}

test("two hundred epochs leave the memory as the first one did", async () => {
  const engine = await compiled({ ...smallAndSharp.experiment, training: { batchSize: 16 } });
  const epoch = async () => {
    await engine.train(rows, 16, new Float64Array(2).fill(0.001));
    await engine.evaluate("test", rows);
    await engine.predict(images.subarray(0, 784));
  };
  await epoch();
  const before = engine.memory();
  for (let i = 1; i < 200; i++) await epoch();
  expect(engine.memory()).toEqual(before);
});

const dense = (units: number, activation = "relu") => ({ kind: "dense", units, activation });
const conv = (filters: number, kernelSize: number) => ({
  ...{ kind: "conv2d", filters, kernelSize, padding: "same" },
});

test.each([
  [
    "weights",
    32,
    [{ kind: "flatten" }, dense(4096), dense(4096), dense(4096), dense(4096), dense(10, "softmax")],
  ],
  [
    "one kernel",
    8,
    [
      { kind: "maxPooling2d", poolSize: 7 },
      conv(512, 1),
      conv(512, 11),
      { kind: "globalAveragePooling2d" },
      dense(10, "softmax"),
    ],
  ],
  ["activations", 160, [conv(512, 1), { kind: "globalAveragePooling2d" }, dense(10, "softmax")]],
])(
  "a network near the budget for its %s trains within one and a half times of it",
  async (_, batchSize, layers) => {
    const engine = await compiled({
      ...{ version: 1, dataset: { id: "mnist" }, layers, optimizer: { kind: "adam" } },
      training: { batchSize },
    });
    const { losses } = await engine.train(rows.subarray(0, 2), batchSize, Float64Array.of(1e-5));
    expect(losses[0]).toBeGreaterThan(0);
    const { bytes } = engine.memory();
    expect(bytes).toBeGreaterThan(MEMORY_BUDGET_BYTES / 3);
    expect(bytes).toBeLessThan(1.5 * MEMORY_BUDGET_BYTES);
  },
);
