// For tests: one experiment on the reference and on another engine, and how far apart they end.
import { expect } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import { canonical, type ExperimentSpec } from "../../spec/experiment";
import { learningRates } from "../../spec/learning-rate";
import { buildProgram, initialWeights } from "../../spec/program";
import type { Engine, EngineState } from "../engine";
import { ReferenceEngine } from "../reference/engine";
import { createTfjsEngine } from "../tfjs/engine";
import { wasmFromDisk } from "../wasm/testing";

const source = mnistFromDisk();
/** A thousand real images and their labels. */
export const images = await source.images("train", 0);
export const labels = (await source.labels("train")).subarray(0, 1000);
/** Ten full batches of 32 and a short one. */
export const rows = Uint32Array.from({ length: 330 }, (_, i) => (i * 7) % 1000);

export type TestedEngine = "wasm" | "tfjs-wasm" | "tfjs-cpu" | "reference";

const open: Engine[] = [];

/** Frees what `start` and `prepare` made; for `afterEach`. */
export function disposeAll(): void {
  for (const engine of open.splice(0)) engine.dispose();
}

export async function start(id: TestedEngine): Promise<Engine> {
  const engine =
    id === "reference"
      ? new ReferenceEngine()
      : await (id === "wasm" ? wasmFromDisk() : createTfjsEngine(id, "test"));
  open.push(engine);
  return engine;
}

/** Gives an engine the images and the program, at the beginning or where `state` left off. */
export function prepare(engine: Engine, spec: ExperimentSpec, state?: EngineState): Engine {
  const layout = { rows: 1000, rowBytes: 784, scale: 255 };
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels("train", spec.dataset.classes === null ? labels : labels.map((label) => label % 2));
  const program = buildProgram(spec);
  expect(program.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const { optimizer, augmentation, seed } = spec;
  const weights = state?.weights ?? initialWeights(program, seed);
  engine.compile({ program, optimizer, augmentation, weights, resume: state, seed, batchSize: 32 });
  return engine;
}

/** Trains on batches of 32. @param step that the first of them is */
export const trainOn = (engine: Engine, spec: ExperimentSpec, batches: Uint32Array, step = 0) =>
  engine.train(batches, 32, learningRates(spec, 11, step, Math.ceil(batches.length / 32)));

/** The largest difference of two lists of arrays, relative to the largest number in the first. */
export function distance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const peak = Math.max(...a.flatMap((array) => [...array]).map(Math.abs));
  expect(b.map(({ length }) => length)).toEqual(a.map(({ length }) => length));
  return Math.max(
    ...a.flatMap((array, k) => [...array].map((value, i) => Math.abs(value - b[k]![i]!) / peak)),
  );
}

async function outcome(engine: Engine, spec: ExperimentSpec, batches: Uint32Array) {
  const { losses, correct } = await trainOn(prepare(engine, spec), spec, batches);
  return {
    losses,
    correct,
    weights: await engine.readWeights(),
    evaluated: await engine.evaluate("train", batches),
    outputs: await engine.predict(images.subarray(0, 7840)),
  };
}

const expected = new Map<string, ReturnType<typeof outcome>>();

/**
 * Largest relative differences of losses, weights, outputs and metrics after training.
 * @param count images to train on, in batches of 32
 */
export async function difference(spec: ExperimentSpec, id: TestedEngine, count = rows.length) {
  const batches = rows.subarray(0, count);
  // Several engines are compared with what the reference says only once.
  const key = `${count} ${canonical(spec)}`;
  const reference = expected.get(key) ?? outcome(await start("reference"), spec, batches);
  expected.set(key, reference);
  const [a, b] = [await reference, await outcome(await start(id), spec, batches)];
  expect(b.losses.length).toBe(Math.ceil(count / 32));
  expect(Math.abs(a.evaluated.accuracy - b.evaluated.accuracy)).toBeLessThanOrEqual(1 / count);
  return {
    loss: Math.max(...a.losses.map((value, i) => Math.abs(b.losses[i]! - value) / value)),
    weights: distance(a.weights, b.weights),
    outputs: Math.max(...a.outputs.map((p, i) => Math.abs(p - b.outputs[i]!))),
    evaluation: Math.abs(a.evaluated.loss - b.evaluated.loss) / a.evaluated.loss,
    correct: a.correct.reduce((sum, value, i) => sum + Math.abs(value - b.correct[i]!), 0),
  };
}
