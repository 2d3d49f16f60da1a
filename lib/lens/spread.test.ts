// What the lens says of the next step is held to the step that our engine then makes.
import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { signedScale, sizeScale } from "../metrics/histogram";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { epochOrder, selectSamples } from "../spec/samples";
import { small, trained } from "../training/testing";
import { createLens, untrained } from "./testing";

const rms = (values: Float64Array | number[]) =>
  Math.sqrt([...values].reduce((sum, value) => sum + value * value, 0) / values.length);
const sum = (shares: Float32Array) => shares.reduce((all, share) => all + share, 0);

async function open(spec: ExperimentSpec, weights = untrained(spec)) {
  const { lens } = createLens();
  await lens.open(spec, weights, true);
  return lens;
}

async function firstBatch(spec: ExperimentSpec): Promise<Uint32Array> {
  const source = mnistFromDisk();
  const [train, test] = await Promise.all([source.labels("train"), source.labels("test")]);
  const { train: rows } = selectSamples(spec, { train, test });
  return epochOrder(spec, rows, 0).slice(0, spec.training.batchSize);
}

test.each(["adam", "sgd"] as const)(
  "the updates are those of the next step of a run with %s",
  async (kind) => {
    const optimizer =
      kind === "adam" ? small.optimizer : { kind, learningRate: 0.05, momentum: 0.9, nesterov: false };
    const spec = parseExperiment({ ...small, optimizer });
    const { trainer } = await trained(spec);
    const state = await trainer.state();
    expect(state.step).toBe(30);
    expect(state.learningRate).toBe(spec.optimizer.learningRate);
    const lens = await open(spec);
    const { weights, ...optimizerState } = state;
    const { layers, loss, images } = await lens.ask("spread", { weights, optimizer: optimizerState });
    expect(images).toBe(32);

    const engine = await wasmFromDisk();
    const layout = { rows: 60_000, rowBytes: 784, scale: 255 };
    engine.allocate({ train: layout, test: { ...layout, rows: 1 } });
    engine.upload("train", 0, (await mnistFromDisk().images("train", 0)).slice(0, 784 * 400));
    engine.setLabels("train", await mnistFromDisk().labels("train"));
    const program = buildProgram(spec);
    engine.compile({
      ...{ program, optimizer: spec.optimizer, augmentation: [], weights, resume: optimizerState },
      ...{ seed: spec.seed, batchSize: 32 },
    });
    const rows = await firstBatch(spec);
    const { losses } = await engine.train(rows, 32, Float64Array.of(state.learningRate));
    expect(loss).toBeCloseTo(losses[0]!, 5);
    const after = await engine.readWeights();
    expect(layers.map(({ layer }) => layer)).toEqual([1, 3]);
    for (const [i, { update, weight, updates }] of layers.entries()) {
      const before = [2 * i, 2 * i + 1].flatMap((k) => [...weights[k]!]);
      const changes = [2 * i, 2 * i + 1].flatMap((k) =>
        [...after[k]!].map((value, j) => value - weights[k]![j]!),
      );
      expect(weight).toBeCloseTo(rms(before), 6);
      expect(update! / (rms(changes) / rms(before))).toBeCloseTo(1, 3);
      expect(sum(updates!)).toBeGreaterThan(0.3);
    }
  },
);

test("weights are counted where they are, and first biases, all 0, in the middle", async () => {
  const lens = await open(small);
  const { layers } = await lens.ask("spread", { weights: null, optimizer: null });
  const [first] = layers;
  expect(sum(first!.weights)).toBeCloseTo(1, 5);
  // Within the limit of Glorot and Bengio's uniform weights, a quarter of the scale's.
  const limit = Math.sqrt(6 / (784 + 12));
  expect(first!.limit).toBeCloseTo(4 * limit, 10);
  const { at } = signedScale(first!.limit, first!.weights.length);
  const [from, to] = [Math.floor(at(-limit)), Math.ceil(at(limit))];
  expect(sum(first!.weights.slice(from, to))).toBeCloseTo(1, 5);
  expect(Math.min(...first!.weights.slice(from + 1, to - 1))).toBeGreaterThan(0.02);
  // Pixels that no image of the batch has lit give gradients of 0, which have no size.
  expect(first!.still).toBeGreaterThan(0.2);
  expect(sum(first!.gradients)).toBeCloseTo(1 - first!.still, 5);
  expect(first!.gradients).toHaveLength(sizeScale.bins);
  expect([first!.updates, first!.update]).toEqual([null, null]);
});

test("weights of another network, and such that are no numbers, are refused in a sentence", async () => {
  const lens = await open(small);
  const weights = [new Float32Array(3)];
  await expect(lens.ask("spread", { weights, optimizer: null })).rejects.toThrow("not this network's");
  const broken = await open(
    small,
    untrained(small).map((array) => array.fill(Number.NaN)),
  );
  await expect(broken.ask("spread", { weights: null, optimizer: null })).rejects.toThrow("no gradient");
});
