import { expect, test } from "vitest";
import { createLayer, type ExperimentSpec, type LayerSpec, parseExperiment } from "./experiment";
import { firstRun } from "./presets/first-run";
import { buildProgram, initialWeights } from "./program";

const first = parseExperiment(firstRun);
const dense = (units: number, activation: "relu" | "softmax" | "sigmoid" = "relu"): LayerSpec => ({
  kind: "dense",
  units,
  activation,
});
const withLayers = (layers: LayerSpec[], change: Partial<ExperimentSpec> = {}) =>
  buildProgram({ ...first, layers, ...change });
const flat = createLayer("flatten");

test("counts 109,386 parameters for 128-64-10 and 242,762 for 256-128-64-10", () => {
  expect(buildProgram(first).parameters).toBe(109_386);
  expect(withLayers([flat, dense(256), dense(128), dense(64), dense(10, "softmax")]).parameters).toBe(
    242_762,
  );
});

test("reports shape, parameters and multiply-adds per layer", () => {
  expect(buildProgram(first).layers).toEqual([
    { output: [784], parameters: 0, macs: 0 },
    { output: [128], parameters: 100_480, macs: 100_352 },
    { output: [64], parameters: 8_256, macs: 8_192 },
    { output: [10], parameters: 650, macs: 640 },
  ]);
});

test.each<[string, LayerSpec[], Partial<ExperimentSpec>, string, string]>([
  [
    "Dense on an image",
    [dense(10, "softmax")],
    {},
    "layers[0]",
    "Dense needs a flat list of numbers but gets 28×28×1: put Flatten before it.",
  ],
  ["no layer", [], {}, "layers", "There is no layer yet: add Flatten, then Dense."],
  [
    "too few outputs",
    [flat, dense(5, "softmax")],
    {},
    "layers[1]",
    "The last layer gives 5 numbers for 10 classes: give it 10 units.",
  ],
  [
    "an image as output",
    [createLayer("dropout")],
    {},
    "layers[0]",
    "The network ends in 28×28×1, but the loss needs one number per class: end with Dense.",
  ],
  [
    "one unit for ten classes",
    [flat, dense(1, "sigmoid")],
    { loss: "binaryCrossentropy" },
    "layers[1]",
    "The last layer gives 1 number for 10 classes: give it 10 units.",
  ],
  [
    "a network beyond the budget",
    [flat, ...Array.from({ length: 5 }, () => dense(4096)), dense(10, "softmax")],
    {},
    "layers",
    "This network needs about 1.1 GB to train; the budget is 1 GB: use smaller layers or a smaller batch.",
  ],
])("explains %s at the field", (_, layers, change, field, message) => {
  expect(withLayers(layers, change).problems).toContainEqual({ field, message, severity: "error" });
});

test("takes one sigmoid unit for two classes, without complaint", () => {
  const change = {
    loss: "binaryCrossentropy",
    dataset: { id: "mnist", classes: [0, 1], trainLimit: null },
  } as const;
  const program = withLayers([flat, dense(1, "sigmoid")], change as unknown as Partial<ExperimentSpec>);
  expect([program.problems, program.outputs, program.classes]).toEqual([[], 1, 2]);
});

test("warns where the last activation does not give what the loss expects, but lets it run", () => {
  expect(withLayers([flat, dense(10, "relu")]).problems).toEqual([
    {
      field: "layers[1]",
      message: "This loss expects probabilities, but the last activation is relu: softmax would fit.",
      severity: "warning",
    },
  ]);
});

test("draws Glorot-uniform kernels inside their limit with the right spread, and zero biases", () => {
  const weights = initialWeights(buildProgram(first), 1);
  const limit = Math.sqrt(6 / (784 + 128));
  const kernel = weights[0]!;
  expect(kernel.length).toBe(100_352);
  expect(kernel.every((w) => Math.abs(w) <= limit)).toBe(true);
  const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
  expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
  expect(weights[1]!.every((w) => w === 0)).toBe(true);
  expect(weights).not.toEqual(initialWeights(buildProgram(first), 2));
  expect(weights).toEqual(initialWeights(buildProgram(first), 1));
});
