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
const layersOf = (...layers: object[]): LayerSpec[] => parseExperiment({ ...firstRun, layers }).layers;
const conv = (filters: number, more: object = {}) => ({ kind: "conv2d", filters, ...more });
const block = (...layers: object[]) => ({ kind: "residual", layers });
const joined = (...layers: object[]) => ({ kind: "denseBlock", layers });
const head = [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }];

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

test("counts a small CNN as Keras does: 206,922 parameters for conv16-pool-conv32-pool-dense128-10", () => {
  const pool = { kind: "maxPooling2d" };
  const dense128 = { kind: "dense", units: 128 };
  const { layers, parameters, problems } = withLayers(
    layersOf(
      conv(16, { padding: "same" }),
      pool,
      conv(32, { padding: "same" }),
      pool,
      head[0]!,
      dense128,
      head[1]!,
    ),
  );
  expect(problems).toEqual([]);
  expect(layers.map(({ output }) => output?.join("×"))).toEqual([
    "28×28×16",
    "14×14×16",
    "14×14×32",
    "7×7×32",
    "1568",
    "128",
    "10",
  ]);
  expect(layers.map((layer) => layer.parameters)).toEqual([160, 0, 4640, 0, 0, 200_832, 1290]);
  expect(layers[0]!.macs).toBe(28 * 28 * 9 * 16);
  expect(layers[2]!.macs).toBe(14 * 14 * 9 * 16 * 32);
  expect(parameters).toBe(206_922);
});

test.each([
  ["a valid convolution", conv(4, { kernelSize: 5 }), "24×24×4", 5 * 5 * 4 + 4],
  ["one with strides", conv(4, { strides: 2, padding: "same", useBias: false }), "14×14×4", 9 * 4],
  ["strides that leave a rest", conv(4, { kernelSize: 3, strides: 3 }), "9×9×4", 9 * 4 + 4],
  ["a pooling window that leaves a rest", { kind: "maxPooling2d", poolSize: 3 }, "9×9×1", 0],
  ["one that pads it", { kind: "averagePooling2d", poolSize: 3, padding: "same" }, "10×10×1", 0],
  ["overlapping windows", { kind: "maxPooling2d", poolSize: 3, strides: 2 }, "13×13×1", 0],
  ["global average pooling", { kind: "globalAveragePooling2d" }, "1", 0],
  ["batch normalization", { kind: "batchNormalization" }, "28×28×1", 4],
  ["a block that keeps the shape", block(conv(1, { padding: "same" })), "28×28×1", 10],
  ["a block with a projection", block(conv(6, { padding: "same" })), "28×28×6", 60 + 6],
  ["one that halves the image", block(conv(6, { padding: "same", strides: 2 })), "14×14×6", 60 + 6],
  ["a dense block", joined(conv(6, { padding: "same" })), "28×28×7", 60],
  [
    "one of two layers",
    joined(conv(6, { padding: "same" }), conv(2, { padding: "same" })),
    "28×28×3",
    60 + 110,
  ],
])("knows shape and parameters of %s", (_, layer, output, parameters) => {
  const [report] = withLayers(layersOf(layer, ...head)).layers;
  expect([report!.output?.join("×"), report!.parameters]).toEqual([output, parameters]);
});

test("a residual block becomes a fork, its layers and an add that knows its fork", () => {
  const { steps, weights } = withLayers(
    layersOf(
      conv(4, { padding: "same" }),
      block(conv(4, { padding: "same" }), { kind: "batchNormalization" }),
      block(conv(8, { padding: "same" })),
      ...head,
    ),
  );
  expect(steps.slice(2, 10).map(({ op, fork }) => [op.op, fork])).toEqual([
    ["fork", null],
    ["conv2d", null],
    ["activation", null],
    ["batchNormalization", null],
    ["add", 2],
    ["fork", null],
    ["conv2d", null],
    ["activation", null],
  ]);
  expect(steps[10]).toMatchObject({ op: { op: "add" }, fork: 7, output: [28, 28, 8] });
  expect(steps[10]!.weights.map((index) => weights[index]!.shape)).toEqual([[1, 1, 4, 8]]);
  const names = weights.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(weights.filter(({ trainable }) => !trainable).map(({ shape }) => shape)).toEqual([[4], [4]]);
});

test("a dense block becomes a fork, its layers and a concatenation that knows its fork", () => {
  const { steps, layers } = withLayers(
    layersOf(
      flat,
      joined({ kind: "dense", units: 5 }),
      joined({ kind: "dense", units: 3 }),
      dense(10, "softmax"),
    ),
  );
  expect(steps.slice(1, 9).map(({ op, fork }) => [op.op, fork])).toEqual([
    ["fork", null],
    ["dense", null],
    ["activation", null],
    ["concatenate", 1],
    ["fork", null],
    ["dense", null],
    ["activation", null],
    ["concatenate", 5],
  ]);
  expect(layers.map(({ output }) => output)).toEqual([[784], [789], [792], [10]]);
  // Joining costs no multiplication.
  expect(layers[1]).toMatchObject({ parameters: 784 * 5 + 5, macs: 784 * 5 });
});

test.each<[string, LayerSpec[], Partial<ExperimentSpec>, string, string]>([
  [
    "Dense on an image",
    [dense(10, "softmax")],
    {},
    "layers[0]",
    "Dense needs a flat list of numbers but gets 28×28×1: put Flatten before it.",
  ],
  [
    "a convolution after Flatten",
    layersOf({ kind: "flatten" }, conv(4), ...head),
    {},
    "layers[1]",
    "Convolution needs an image of height, width and channels but gets 784: put it before Flatten.",
  ],
  [
    "a window that is larger than what is left of the image",
    layersOf({ kind: "maxPooling2d", poolSize: 14 }, conv(4, { kernelSize: 5 }), ...head),
    {},
    "layers[1]",
    'A window of 5×5 does not fit an image of 2×2: make it smaller, or pad with "same".',
  ],
  [
    "a block that no projection fits",
    layersOf(block(conv(4, { kernelSize: 5 })), ...head),
    {},
    "layers[0]",
    "The block turns 28×28×1 into 24×24×4, and no 1×1 projection can be added to that: keep the size, or halve it with strides.",
  ],
  [
    "a dense block that makes the image smaller",
    layersOf(joined(conv(4, { strides: 2, padding: "same" })), ...head),
    {},
    "layers[0]",
    'The block turns 28×28×1 into 14×14×4, and only images of one height and width can be joined: keep the size with "same" and strides of 1.',
  ],
  [
    "a dense block that makes a list of an image",
    layersOf(joined(flat), ...head),
    {},
    "layers[0]",
    'The block turns 28×28×1 into 784, and only images of one height and width can be joined: keep the size with "same" and strides of 1.',
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

test("the largest network that the fields allow is refused in one sentence, not built", () => {
  const widest = conv(512, { kernelSize: 11, padding: "same" });
  const { problems } = withLayers(layersOf(...Array.from({ length: 30 }, () => widest), ...head), {
    training: { ...first.training, batchSize: 4096 },
  });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ field: "layers", severity: "error" });
  expect(problems[0]!.message).toMatch(
    /^This network needs about [\d,.]+ GB to train; the budget is 1 GB: use smaller layers or a smaller batch\.$/,
  );
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

test("refuses callbacks that watch what is not measured, each once and by its name, and two that set one rate", () => {
  const problems = (callbacks: object[], split = 0, trainLimit: number | null = null) => {
    const dataset = { id: "mnist", trainLimit };
    return buildProgram(parseExperiment({ ...firstRun, dataset, validation: { split }, callbacks })).problems;
  };
  const stopping = { kind: "earlyStopping", monitor: "valLoss" };
  const checkpoint = { kind: "modelCheckpoint", monitor: "valAccuracy" };
  const messages = problems([stopping, checkpoint]).map(({ field, severity, message }) => {
    expect([field, severity]).toEqual(["callbacks", "error"]);
    return message;
  });
  expect(messages).toEqual([
    "Early stopping watches the validation loss, but no images are kept for validation: keep some, or have it watch the training images.",
    "Model checkpoint watches the validation accuracy, but no images are kept for validation: keep some, or have it watch the training images.",
  ]);
  expect(problems([stopping, checkpoint], 0.2)).toEqual([]);
  // A fifth of four images is none.
  expect(problems([stopping], 0.2, 4)).toHaveLength(1);
  expect(problems([{ ...stopping, monitor: "loss" }])).toEqual([]);
  expect(problems([{ kind: "learningRateSchedule" }, { kind: "reduceLROnPlateau" }], 0.2)).toMatchObject([
    { message: "A schedule and a plateau would both set the learning rate: keep one of them." },
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

test("begins batch normalization at scale one, shift zero, mean zero and variance one", () => {
  const program = withLayers(layersOf(conv(3, { useBias: false }), { kind: "batchNormalization" }, ...head));
  const [, gamma, beta, mean, variance] = initialWeights(program, 1);
  expect([gamma, beta, mean, variance].map((values) => [...values!])).toEqual([
    [1, 1, 1],
    [0, 0, 0],
    [0, 0, 0],
    [1, 1, 1],
  ]);
});

test("draws a convolution's kernel by the fans of its window", () => {
  const [kernel] = initialWeights(withLayers(layersOf(conv(16), conv(64), ...head)), 1);
  const largest = Math.max(...kernel!.map(Math.abs));
  const limit = Math.sqrt(6 / (9 * 1 + 9 * 16));
  expect(largest).toBeLessThanOrEqual(limit);
  expect(largest).toBeGreaterThan(0.95 * limit);
});
