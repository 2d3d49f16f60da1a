// One batch of training images through a network and back: how large the gradients are, and which units are flat.
import { backpropagate } from "../engines/reference/passes";
import type { Probe, UnitNorm } from "../metrics/probe";
import type { Activation } from "../spec/ops";
import type { Program, Step } from "../spec/program";

/** Bytes of training images, and the class number of each. */
export interface ProbedBatch {
  images: Uint8Array;
  labels: Uint8Array;
  /** The byte that means 1.0. */
  scale: number;
  /** Of the dropout masks. */
  seed: number;
}

/** A slope below this share of the activation's steepest is flat. */
const FLAT = 0.01;

/** The slope at an output, as a share of the steepest; those that have none are never flat. */
const slopes: Partial<Record<Activation, (y: number) => number>> = {
  relu: (y) => (y > 0 ? 1 : 0),
  elu: (y) => (y > 0 ? 1 : y + 1),
  sigmoid: (y) => 4 * y * (1 - y),
  tanh: (y) => 1 - y * y,
};

export function probeBatch(program: Program, weights: readonly Float32Array[], batch: ProbedBatch): Probe {
  const { images, labels, scale, seed } = batch;
  const pass = backpropagate(
    program,
    {
      weights: weights.map((array) => Float64Array.from(array)),
      pixels: Float64Array.from(images, (byte) => byte / scale),
      training: { seed, step: 0 },
    },
    labels,
  );
  const { result, gradients, activations, contexts } = pass;
  const layerOf = (index: number) => program.steps.find((step) => step.weights.includes(index))!.layer;
  const folded = contexts.length < program.steps.length;
  return {
    images: labels.length,
    loss: result.loss,
    arrays: program.weights.flatMap(({ name, trainable }, index) => {
      const [weight, gradient] = [rootMeanSquare(weights[index]!), rootMeanSquare(gradients[index]!)];
      const size = weights[index]!.length;
      return trainable ? [{ name, layer: layerOf(index), size, weight, gradient }] : [];
    }),
    units: contexts.flatMap(({ step }, i) => unitsOf(step, activations[i + 1]!)),
    outputs: folded ? null : outputsOf(activations.at(-1)!, labels.length),
  };
}

function unitsOf({ op, layer, output }: Step, values: Float64Array): UnitNorm[] {
  if (op.op !== "activation" || op.activation === "linear") return [];
  const units = output.at(-1)!;
  const slope = slopes[op.activation] ?? (() => 1);
  const moves = new Uint8Array(units);
  let [sum, squares] = [0, 0];
  for (const [i, value] of values.entries()) {
    sum += value;
    squares += value * value;
    if (slope(value) > FLAT) moves[i % units] = 1;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  const silent = moves.reduce((count, moved) => count + 1 - moved, 0) / units;
  return [{ layer, activation: op.activation, units, silent, mean, deviation }];
}

function outputsOf(values: Float64Array, images: number) {
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return { least, most, meanSum: sum / images };
}

function rootMeanSquare(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}
