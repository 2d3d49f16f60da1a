import { afterEach, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import {
  createOptimizer,
  type ExperimentSpec,
  type LayerSpec,
  optimizerKinds,
  parseExperiment,
} from "../spec/experiment";
import { type Activation, activations } from "../spec/ops";
import { firstRun } from "../spec/presets/first-run";
import { buildProgram, initialWeights } from "../spec/program";
import { mapLabels } from "../spec/samples";
import { checkCanary, runCanary } from "./canary";
import { canaryGradients } from "./canary-gradients";
import type { Engine } from "./engine";
import { ReferenceEngine } from "./reference/engine";
import { createTfjsEngine } from "./tfjs/engine";
import { wasmFromDisk } from "./wasm/testing";

const source = mnistFromDisk();
const images = await source.images("train", 0);
const labels = (await source.labels("train")).subarray(0, 1000);
const rows = Uint32Array.from({ length: 330 }, (_, i) => (i * 7) % 1000);

const open: Engine[] = [];
afterEach(() => {
  for (const engine of open.splice(0)) engine.dispose();
});

function prepare(engine: Engine, spec: ExperimentSpec): Engine {
  open.push(engine);
  const layout = { rows: 1000, rowBytes: 784, scale: 255 };
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels("train", spec.dataset.classes === null ? labels : labels.map((label) => label % 2));
  const program = buildProgram(spec);
  engine.compile({
    program,
    optimizer: spec.optimizer,
    weights: initialWeights(program, spec.seed),
    seed: spec.seed,
    batchSize: 32,
  });
  return engine;
}

/** Ten full batches of 32 and a short one; largest relative differences of losses, weights, outputs and metrics. */
async function difference(spec: ExperimentSpec, id: "wasm" | "tfjs-wasm" | "tfjs-cpu") {
  const reference = prepare(new ReferenceEngine(), spec);
  const tfjs = prepare(await (id === "wasm" ? wasmFromDisk() : createTfjsEngine(id, "test")), spec);
  const { learningRate } = spec.optimizer;
  const [a, b] = [await reference.train(rows, 32, learningRate), await tfjs.train(rows, 32, learningRate)];
  expect(b.losses.length).toBe(11);
  const loss = Math.max(...a.losses.map((value, i) => Math.abs(b.losses[i]! - value) / value));
  const [wa, wb] = [await reference.readWeights(), await tfjs.readWeights()];
  const scale = Math.max(...wa.flatMap((array) => [...array]).map(Math.abs));
  const weights = Math.max(
    ...wa.flatMap((array, k) => [...array].map((w, i) => Math.abs(w - wb[k]![i]!) / scale)),
  );
  const [ea, eb] = [await reference.evaluate("train", rows), await tfjs.evaluate("train", rows)];
  expect(Math.abs(ea.accuracy - eb.accuracy)).toBeLessThanOrEqual(1 / rows.length);
  const [pa, pb] = [
    await reference.predict(images.subarray(0, 7840)),
    await tfjs.predict(images.subarray(0, 7840)),
  ];
  const outputs = Math.max(...pa.map((p, i) => Math.abs(p - pb[i]!)));
  const correct = [...a.correct].reduce((sum, value, i) => sum + Math.abs(value - b.correct[i]!), 0);
  return { loss, weights, outputs, correct, evaluation: Math.abs(ea.loss - eb.loss) / ea.loss };
}

const first = parseExperiment(firstRun);
const dense = (units: number, activation: Activation): LayerSpec => ({ kind: "dense", units, activation });
const mixed: LayerSpec[] = [
  { kind: "flatten" },
  dense(24, "leakyRelu"),
  { kind: "dropout", rate: 0.3 },
  dense(16, "elu"),
  { kind: "activation", activation: "softmax" },
  dense(12, "tanh"),
  dense(10, "softmax"),
];

const cases: [string, ExperimentSpec][] = [
  ["the first lesson's network", first],
  ["every activation and dropout", { ...first, layers: mixed }],
  ...optimizerKinds.map((kind): [string, ExperimentSpec] => [
    `${kind} with all its terms`,
    {
      ...first,
      layers: [{ kind: "flatten" }, dense(20, "sigmoid"), dense(10, "softmax")],
      optimizer: {
        ...createOptimizer(kind),
        ...(kind === "sgd" ? { momentum: 0.9, nesterov: true } : {}),
        ...(kind === "rmsprop" ? { momentum: 0.5 } : {}),
      } as ExperimentSpec["optimizer"],
    },
  ]),
  ["mean squared error", { ...first, loss: "meanSquaredError" }],
  [
    "binary cross-entropy over ten sigmoid units",
    {
      ...first,
      loss: "binaryCrossentropy",
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(10, "sigmoid")],
    },
  ],
  [
    "one sigmoid unit for two classes",
    {
      ...first,
      loss: "binaryCrossentropy",
      dataset: { id: "mnist", classes: [0, 1], trainLimit: null },
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(1, "sigmoid")],
    },
  ],
  [
    "cross-entropy of probabilities that are no softmax",
    { ...first, layers: [{ kind: "flatten" }, dense(16, "relu"), dense(10, "sigmoid")] },
  ],
  [
    "binary cross-entropy of a clipped linear output",
    {
      ...first,
      loss: "binaryCrossentropy",
      dataset: { id: "mnist", classes: [0, 1], trainLimit: null },
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(1, "linear")],
    },
  ],
];

test.each(cases)("TensorFlow.js on WebAssembly trains %s as the reference does", async (_, spec) => {
  const { loss, weights, outputs, correct, evaluation } = await difference(spec, "tfjs-wasm");
  expect(loss).toBeLessThan(1e-3);
  expect(weights).toBeLessThan(1e-3);
  expect(outputs).toBeLessThan(2e-3);
  expect(evaluation).toBeLessThan(1e-3);
  expect(correct).toBeLessThanOrEqual(1);
});

test.each(cases)("our own engine trains %s as the reference does", async (_, spec) => {
  const { loss, weights, outputs, correct, evaluation } = await difference(spec, "wasm");
  expect(loss).toBeLessThan(1e-4);
  expect(weights).toBeLessThan(1e-4);
  expect(outputs).toBeLessThan(1e-4);
  expect(evaluation).toBeLessThan(1e-4);
  expect(correct).toBeLessThanOrEqual(1);
});

test("TensorFlow.js in plain JavaScript does so too", async () => {
  const { loss, weights } = await difference({ ...first, layers: mixed }, "tfjs-cpu");
  expect([loss < 1e-3, weights < 1e-3]).toEqual([true, true]);
});

test("every activation has its own function", () => {
  expect(new Set(activations).size).toBe(7);
});

test("the canary's stored gradients are the reference's, and a wrong kernel is caught", async () => {
  const gradients = await runCanary(new ReferenceEngine());
  expect(gradients.length).toBe(canaryGradients.length);
  for (const [i, value] of canaryGradients.entries()) expect(gradients[i]).toBeCloseTo(value, 5);
  for (const id of ["tfjs-wasm", "tfjs-cpu"] as const) {
    const engine = await createTfjsEngine(id, "test");
    open.push(engine);
    expect(await checkCanary(engine)).toBeNull();
  }
  const broken = new ReferenceEngine();
  const { train } = broken;
  broken.train = (batch, size, rate) => train.call(broken, batch, size, rate * 1.01);
  expect(await checkCanary(broken)).toMatch(/gradients are off by \d/);
});

/** Every length that the blocked loops treat apart: 1 to 9 columns, 33, 37; odd batches; dense and black images. */
test.each([1, 2, 3, 5, 8, 9, 33, 37])(
  "our own engine is exact in its tails: %i units, odd batches",
  async (units) => {
    const spec: ExperimentSpec = {
      ...first,
      layers: [
        { kind: "flatten" },
        dense(units, "tanh"),
        { kind: "dropout", rate: 0.5 },
        dense(units + 1, "leakyRelu"),
        dense(10, "softmax"),
      ],
    };
    for (const batchSize of [1, 7, 30]) {
      const engines = [new ReferenceEngine(), await wasmFromDisk()].map((engine) => prepare(engine, spec));
      const batch = rows.subarray(0, 3 * batchSize + 1);
      const [a, b] = await Promise.all(engines.map((engine) => engine.train(batch, batchSize, 0.01)));
      for (const [i, loss] of a!.losses.entries())
        expect(Math.abs(b!.losses[i]! / loss - 1)).toBeLessThan(1e-4);
      const [wa, wb] = await Promise.all(engines.map((engine) => engine.readWeights()));
      const error = Math.max(
        ...wa!.flatMap((array, k) => [...array].map((w, i) => Math.abs(w - wb![k]![i]!))),
      );
      expect(error).toBeLessThan(1e-4);
    }
  },
);

test("our own engine gives the same bits whether a batch comes as lists of lit pixels or as floats", async () => {
  const run = async (extra: number) => {
    const engine = await wasmFromDisk();
    open.push(engine);
    engine.allocate({
      train: { rows: 1000 + extra, rowBytes: 784, scale: 255 },
      test: { rows: 1, rowBytes: 784, scale: 255 },
    });
    engine.upload("train", 0, images);
    // Bright images that are never trained on make floats the quicker way for the others, too.
    if (extra > 0) engine.upload("train", 1000, new Uint8Array(extra * 784).fill(200));
    engine.setLabels("train", labels);
    const program = buildProgram(first);
    const weights = initialWeights(program, 1);
    engine.compile({ program, optimizer: first.optimizer, weights, seed: 1, batchSize: 32 });
    await engine.train(rows, 32, 0.001);
    return engine.readWeights();
  };
  expect(await run(3000)).toEqual(await run(0));
});

test("a loss that is not finite ends the call at that batch", async () => {
  const spec = {
    ...first,
    optimizer: { ...createOptimizer("sgd"), learningRate: 10 },
    loss: "meanSquaredError",
    layers: [{ kind: "flatten" }, dense(32, "linear"), dense(10, "linear")],
  } as ExperimentSpec;
  for (const engine of [
    new ReferenceEngine(),
    await createTfjsEngine("tfjs-wasm", "test"),
    await wasmFromDisk(),
  ]) {
    const { losses } = await prepare(engine, spec).train(rows, 10, 10);
    expect(losses.length).toBeLessThan(33);
    expect(Number.isFinite(losses.at(-1))).toBe(false);
    expect(losses.subarray(0, -1).every(Number.isFinite)).toBe(true);
  }
});

test.each(["wasm", "tfjs-wasm"] as const)(
  "%s holds as much after two hundred steps as after two",
  async (id) => {
    const created = id === "wasm" ? await wasmFromDisk() : await createTfjsEngine(id, "test");
    const engine = prepare(created, { ...first, layers: mixed });
    await engine.train(rows.subarray(0, 64), 32, 0.001);
    const before = engine.memory();
    for (let i = 0; i < 20; i++) await engine.train(rows, 32, 0.001);
    await engine.evaluate("train", rows);
    await engine.predict(images.subarray(0, 784));
    await engine.readWeights();
    expect(engine.memory()).toEqual(before);
  },
);

test("labels outside a class filter never reach the engine as a class", () => {
  const spec = { ...first, dataset: { id: "mnist", classes: [3, 5], trainLimit: null } } as ExperimentSpec;
  expect(Math.max(...mapLabels(spec, labels))).toBe(1);
});
