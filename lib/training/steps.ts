// Single steps of plain gradient descent on an engine that holds one batch and nothing else; what the laboratory's
// answers are made of.
import type { Engine } from "../engines/engine";
import type { OptimizerSpec } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import type { Program } from "../spec/program";

/** A batch as an engine takes it. */
export interface StepBatch {
  program: Program;
  /** Bytes, row-major, and the class number of each image. */
  images: Uint8Array;
  labels: Uint8Array;
  /** The byte that means 1.0. */
  scale: number;
  /** Of the dropout masks. */
  seed: number;
}

export interface Stepped {
  /** The batch's mean loss before the step, in training mode. */
  loss: number;
  /** After the step. */
  weights: Float32Array[];
}

/**
 * So long a step that the weight it starts from hardly matters: what remains of W − (W − α·g), over α, is g to about
 * seven digits, however small it is beside W. A power of two, so that no digit is lost to α itself.
 */
const LONG_STEP = 2 ** 20;

const descent: OptimizerSpec = { kind: "sgd", learningRate: 1, momentum: 0, nesterov: false };

const rowsOf = ({ labels }: StepBatch) => Uint32Array.from(labels.keys());

/** Gives an engine the batch's images, as its whole training file. */
export function upload(engine: Engine, { program, images, labels, scale }: StepBatch): void {
  const layout = { rows: labels.length, rowBytes: sizeOf(program.input), scale };
  engine.allocate({ train: layout, test: { ...layout, rows: 1 } });
  engine.upload("train", 0, images);
  engine.setLabels("train", labels);
}

/** Gives an engine the program with these weights, to be trained by plain gradient descent. */
export function compile(engine: Engine, batch: StepBatch, weights: readonly Float32Array[]): void {
  const { program, seed, labels } = batch;
  engine.compile({
    program,
    optimizer: descent,
    augmentation: [],
    weights,
    seed,
    batchSize: labels.length,
  });
}

/**
 * One step down the batch's gradient, from these weights, on an engine that has the batch.
 * @throws RangeError where the loss is no finite number
 */
export async function step(
  engine: Engine,
  batch: StepBatch,
  weights: readonly Float32Array[],
  learningRate: number,
): Promise<Stepped> {
  compile(engine, batch, weights);
  const rows = rowsOf(batch);
  const { losses } = await engine.train(rows, rows.length, Float64Array.of(learningRate));
  const loss = losses[0]!;
  if (!Number.isFinite(loss))
    throw new RangeError(`With these weights the loss is ${loss}: nothing can be computed from it.`);
  return { loss, weights: await engine.readWeights() };
}

/** The loss alone, with the very dropout masks that `step` has. @throws as `step` does */
export const lossAt = async (engine: Engine, batch: StepBatch, weights: readonly Float32Array[]) =>
  (await step(engine, batch, weights, 0)).loss;

/** The engine's own gradients, read off a step; zeros for what is not trained. @throws as `step` does */
export async function gradientsAt(engine: Engine, batch: StepBatch, weights: readonly Float32Array[]) {
  const { loss, weights: after } = await step(engine, batch, weights, LONG_STEP);
  const gradients = weights.map((array, k) =>
    Float64Array.from(array, (w, i) =>
      batch.program.weights[k]!.trainable ? (w - after[k]![i]!) / LONG_STEP : 0,
    ),
  );
  return { loss, gradients };
}
