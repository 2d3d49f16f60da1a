import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { ReferenceEngine } from "../engines/reference/engine";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { Lab, type LabParts } from "./lab";
import { create, small } from "./testing";

const parts: LabParts = {
  openDataset: () => mnistFromDisk(),
  selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  createReference: async () => new ReferenceEngine(),
};
const lab = new Lab(parts);

const binary = parseExperiment({
  version: 1,
  title: "Zero or one",
  dataset: { id: "mnist", classes: [0, 1] },
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 25, activation: "sigmoid" },
    { kind: "dense", units: 15, activation: "sigmoid" },
    { kind: "dense", units: 1, activation: "sigmoid" },
  ],
  loss: "binaryCrossentropy",
  optimizer: { kind: "adam" },
});

const normalized = parseExperiment({
  ...small,
  layers: [
    { kind: "conv2d", filters: 3, kernelSize: 5, strides: 3, activation: "relu" },
    { kind: "batchNormalization" },
    { kind: "flatten" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
});

describe("one step of plain gradient descent", () => {
  test.each([
    ["a binary network", binary, 0.1],
    ["a binary network, by long steps", binary, 1],
    ["dropout and ten classes", small, 0.01],
    ["a convolution with batch normalization", normalized, 0.1],
  ] as const)("of %s is W − α·∂J/∂W to 1e-5", async (_, spec, learningRate) => {
    const answer = await lab.gradientStep({ spec, learningRate });
    expect(answer.engine.id).toBe("wasm");
    expect(answer.images).toBe(spec.training.batchSize);
    expect(answer.largestDifference).toBeLessThan(1e-5);
    expect(answer.lossAfter).toBeLessThan(answer.loss);
    let moved = 0;
    for (const { weights, gradients, expected, stepped, largestDifference } of answer.arrays) {
      for (const [i, w] of weights.entries()) {
        expect(expected[i]).toBe(w - learningRate * gradients[i]!);
        expect(Math.abs(expected[i]! - stepped[i]!)).toBeLessThanOrEqual(largestDifference);
        if (Math.abs(w - stepped[i]!) > 1e-4) moved++;
      }
    }
    // Far more than the difference: the step was really made.
    expect(moved).toBeGreaterThan(9);
  });

  test("names the arrays that are trained, with their layers, and leaves the moving averages out", async () => {
    const { arrays } = await lab.gradientStep({ spec: normalized, learningRate: 0.1 });
    expect(arrays.map(({ name, layer, shape }) => [name, layer, shape])).toEqual([
      ["conv2d_0/kernel", 0, [5, 5, 1, 3]],
      ["conv2d_0/bias", 0, [3]],
      ["batchNormalization_1/gamma", 1, [3]],
      ["batchNormalization_1/beta", 1, [3]],
      ["dense_3/kernel", 3, [192, 10]],
      ["dense_3/bias", 3, [10]],
    ]);
  });

  test("is the step that a run with SGD makes, to the bit", async () => {
    const learningRate = 0.25;
    const spec = parseExperiment({
      ...binary,
      dataset: { id: "mnist", classes: [0, 1], trainLimit: 40 },
      validation: { split: 0.2, from: "first" },
      optimizer: { kind: "sgd", learningRate },
      training: { epochs: 1, batchSize: 32, shuffle: true },
    });
    const engine = await wasmFromDisk();
    const { trainer, recorder } = create({
      selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    });
    await trainer.load(spec, "auto", recorder.send);
    await trainer.train();
    const { arrays, loss } = await lab.gradientStep({ spec, learningRate });
    expect(arrays.map(({ stepped }) => stepped)).toEqual((await trainer.snapshot()).weights);
    expect(loss).toBeCloseTo(recorder.all("before")[0]!.loss, 6);
  });

  test("starts from weights and images that are named", async () => {
    const weights = initialWeights(buildProgram(binary), 9);
    const first = await lab.gradientStep({ spec: binary, weights, rows: [0, 5, 7], learningRate: 0.1 });
    expect(first.images).toBe(3);
    expect(first.arrays[0]!.weights).toEqual(weights[0]);
    const second = await lab.gradientStep({
      spec: binary,
      weights: first.arrays.map(({ stepped }) => stepped),
      rows: [0, 5, 7],
      learningRate: 0.1,
    });
    expect(second.loss).toBe(first.lossAfter);
    const other = await lab.gradientStep({ spec: binary, weights, rows: [1, 2, 3], learningRate: 0.1 });
    expect(other.loss).not.toBe(first.loss);
  });

  test("refuses what it cannot step from", async () => {
    const ask = (more: object) => lab.gradientStep({ spec: binary, learningRate: 0.1, ...more });
    await expect(ask({ learningRate: 0 })).rejects.toThrow("learningRate is 0");
    await expect(ask({ learningRate: Number.NaN })).rejects.toThrow("learningRate is NaN");
    await expect(ask({ weights: [new Float32Array(3)] })).rejects.toThrow("not this network's");
    await expect(ask({ rows: [] })).rejects.toThrow("rows has 0 entries");
    await expect(ask({ rows: [-1] })).rejects.toThrow("rows has -1");
    await expect(ask({ rows: [1e7] })).rejects.toThrow("rows has 10000000");
    await expect(ask({ spec: { ...binary, seed: -1 } })).rejects.toThrow("seed is -1");
    await expect(ask({ spec: { ...binary, layers: binary.layers.slice(1) } })).rejects.toThrow(
      /Dense needs a flat list/,
    );
    const weights = initialWeights(buildProgram(binary), 1).map((array) => array.fill(Number.NaN));
    await expect(ask({ weights })).rejects.toThrow("the loss is NaN");
    // And goes on answering.
    expect((await ask({})).largestDifference).toBeLessThan(1e-5);
  });
});

describe("gradient norms", () => {
  /** What the reference says of the run's first batch. */
  async function referenceNorms(spec: ExperimentSpec, weights?: Float32Array[]) {
    const { arrays } = await lab.gradientStep({ spec, weights, learningRate: 1 });
    return arrays.map(({ gradients }) =>
      Math.sqrt(gradients.reduce((sum, g) => sum + g * g, 0) / gradients.length),
    );
  }

  test.each([
    ["a binary network", binary],
    ["dropout", small],
    ["batch normalization", normalized],
  ] as const)("of %s are the reference's", async (_, spec) => {
    const expected = await referenceNorms(spec);
    const { arrays, loss } = await lab.gradients({ spec });
    expect(loss).toBeGreaterThan(0.3);
    expect(arrays).toHaveLength(expected.length);
    for (const [i, { gradient }] of arrays.entries())
      expect(Math.abs(gradient / expected[i]! - 1)).toBeLessThan(1e-4);
  });

  test("are told even where they are far below the weights' rounding", async () => {
    // Later layers that are nearly nothing pass next to nothing back.
    const weights = initialWeights(buildProgram(binary), 1);
    for (const k of [2, 4]) weights[k] = weights[k]!.map((w) => w / 1e5);
    const expected = await referenceNorms(binary, weights);
    const { arrays } = await lab.gradients({ spec: binary, weights });
    expect(expected[0]).toBeGreaterThan(0);
    expect(expected[0]).toBeLessThan(1e-11);
    expect(Math.abs(arrays[0]!.gradient / expected[0]! - 1)).toBeLessThan(1e-3);
    expect(arrays[0]!.weight).toBeGreaterThan(0.01);
  });
});

describe("a network of four weights", () => {
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

  test.each([
    { x: 0.5, y: 1, w1: 0.8, b1: 0.1, w2: -0.6, b2: 0.3 },
    { x: -1.75, y: 0, w1: 2, b1: -0.4, w2: 1.5, b2: 0.9, learningRate: 0.5 },
    { x: 0, y: 1, w1: 0.3, b1: -0.2, w2: 0.7, b2: 0, learningRate: 2 },
  ] as const)("goes forwards, backwards and a step on as the chain rule has it: %#", async (question) => {
    const { x, y, w1, b1, w2, b2 } = question;
    const rate: number = ("learningRate" in question ? question.learningRate : undefined) ?? 0.1;
    const answer = await lab.tiny(question);
    const l1 = w1 * x + b1;
    const s = sigmoid(l1);
    const l2 = w2 * s + b2;
    expect(answer.x).toBeCloseTo(x, 6);
    expect(answer.l1).toBeCloseTo(l1, 6);
    expect(answer.s).toBeCloseTo(s, 6);
    expect(answer.l2).toBeCloseTo(l2, 6);
    expect(answer.loss).toBeCloseTo((y - l2) ** 2 / 2, 6);
    expect(answer.meanSquaredError).toBeCloseTo((y - l2) ** 2, 6);
    const slope = l2 - y;
    const inner = slope * w2 * s * (1 - s);
    const gradients = { w1: inner * x, b1: inner, w2: slope * s, b2: slope };
    for (const name of ["w1", "b1", "w2", "b2"] as const) {
      expect(answer.gradients[name]).toBeCloseTo(gradients[name], 6);
      expect(answer.stepped[name]).toBeCloseTo(question[name] - rate * gradients[name], 6);
    }
    const { stepped } = answer;
    const after = stepped.w2 * sigmoid(stepped.w1 * x + stepped.b1) + stepped.b2;
    expect(answer.lossAfter).toBeCloseTo((y - after) ** 2 / 2, 6);
  });

  test("is refused where something is no number, or no label", async () => {
    const question = { x: 1, y: 1, w1: 1, b1: 0, w2: 1, b2: 0 } as const;
    await expect(lab.tiny({ ...question, w2: Number.NaN })).rejects.toThrow("w2 is NaN");
    await expect(lab.tiny({ ...question, x: 1e60 })).rejects.toThrow("x is 1e+60");
    await expect(lab.tiny({ ...question, y: 3 as 1 })).rejects.toThrow("y is 3");
    await expect(lab.tiny({ ...question, learningRate: -1 })).rejects.toThrow("learningRate is -1");
  });
});

test("questions at the same time do not meet, and an engine that did not start is tried again", async () => {
  let failures = 1;
  const other = new Lab({
    ...parts,
    selectEngine: async (choice) => {
      if (failures-- > 0) throw new Error("No engine works here.");
      return parts.selectEngine(choice);
    },
  });
  const question = { x: 1, y: 1, w1: 1, b1: 0, w2: 1, b2: 0 } as const;
  await expect(other.tiny(question)).rejects.toThrow("No engine works here");
  const [tiny, norms, again] = await Promise.all([
    other.tiny(question),
    other.gradients({ spec: binary }),
    other.tiny(question),
  ]);
  expect(again).toEqual(tiny);
  expect(norms).toEqual(await lab.gradients({ spec: binary }));
});
