import { afterEach, expect, test } from "vitest";
import { createOptimizer, type ExperimentSpec } from "../spec/experiment";
import { activations } from "../spec/ops";
import { buildProgram, initialWeights } from "../spec/program";
import { mapLabels } from "../spec/samples";
import { cases, convolutional, dense, denseBlock, first, mixed, network, residual } from "./testing/cases";
import {
  difference,
  disposeAll,
  images,
  labels,
  prepare,
  rows,
  start,
  type TestedEngine,
  trainOn,
} from "./testing/parity";

afterEach(disposeAll);

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

test.each(cases)("TensorFlow.js in plain JavaScript trains %s as the reference does", async (_, spec) => {
  // Two batches and a short one: it is slow.
  const { loss, weights, outputs, evaluation } = await difference(spec, "tfjs-cpu", 74);
  expect(loss).toBeLessThan(1e-3);
  expect(weights).toBeLessThan(1e-3);
  expect(outputs).toBeLessThan(2e-3);
  expect(evaluation).toBeLessThan(1e-3);
});

test("every activation has its own function", () => {
  expect(new Set(activations).size).toBe(7);
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
      const engines = [await start("reference"), await start("wasm")].map((engine) => prepare(engine, spec));
      const batch = rows.subarray(0, 3 * batchSize + 1);
      const rates = new Float64Array(4).fill(0.01);
      const [a, b] = await Promise.all(engines.map((engine) => engine.train(batch, batchSize, rates)));
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
    const engine = await start("wasm");
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
    engine.compile({
      program,
      optimizer: first.optimizer,
      augmentation: [],
      weights,
      seed: 1,
      batchSize: 32,
    });
    await trainOn(engine, first, rows);
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
  for (const id of ["reference", "tfjs-wasm", "wasm"] as const) {
    const { losses } = await prepare(await start(id), spec).train(rows, 10, new Float64Array(33).fill(10));
    expect(losses.length).toBeLessThan(33);
    expect(Number.isFinite(losses.at(-1))).toBe(false);
    expect(losses.subarray(0, -1).every(Number.isFinite)).toBe(true);
  }
});

const augmented = { augmentation: [{ kind: "shift", pixels: 1 }] };
const kept: [TestedEngine, string, ExperimentSpec][] = (["wasm", "tfjs-wasm"] as const).flatMap((id) => [
  [id, "dense layers", { ...first, layers: mixed }],
  [
    id,
    "convolutions and blocks",
    network([...convolutional, residual(dense(16, "relu")), denseBlock(dense(5, "relu"))], augmented),
  ],
]);

test.each(kept)("%s with %s holds as much after two hundred steps as after two", async (id, _, spec) => {
  const engine = prepare(await start(id), spec);
  await trainOn(engine, spec, rows.subarray(0, 64));
  const before = engine.memory();
  for (let i = 0; i < 20; i++) await trainOn(engine, spec, rows);
  await engine.evaluate("train", rows);
  await engine.predict(images.subarray(0, 784));
  await engine.readWeights();
  await engine.readState();
  expect(engine.memory()).toEqual(before);
});

test("labels outside a class filter never reach the engine as a class", () => {
  const spec = { ...first, dataset: { id: "mnist", classes: [3, 5], trainLimit: null } } as ExperimentSpec;
  expect(Math.max(...mapLabels(spec, labels))).toBe(1);
});
