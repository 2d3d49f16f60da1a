// Where a network ends and its loss begins; the same for every engine.
import { bitsAt, streamKey } from "../random";
import type { Program, Step } from "../spec/program";

/**
 * Keras's `keras.config.epsilon()`, 1e-7: probabilities are kept this far from 0 and 1 before a logarithm. As float32
 * numbers, because 1 − p near 1 is what float32 makes of it.
 */
export const MIN_PROBABILITY = Math.fround(1e-7);
export const MAX_PROBABILITY = Math.fround(1 - 1e-7);

/** Keras's slope of `leaky_relu` below zero. */
export const LEAKY_SLOPE = 0.2;

export interface Head {
  /** The Ops to run; without the last activation where the loss is computed from its input. */
  steps: readonly Step[];
  /** The activation that is folded into the loss (log-sum-exp instead of log of a rounded probability). */
  fused: "softmax" | "sigmoid" | null;
}

/** Splits a last softmax (cross-entropy) or sigmoid (binary cross-entropy) off, as Keras does for stability. */
export function splitHead({ steps, loss }: Program): Head {
  const last = steps.at(-1)?.op;
  const folded = loss === "crossentropy" ? "softmax" : loss === "binaryCrossentropy" ? "sigmoid" : null;
  const fused = last?.op === "activation" && last.activation === folded ? folded : null;
  return { steps: fused === null ? steps : steps.slice(0, -1), fused };
}

/** The key of the dropout mask of Op `op` at training step `step` (both from 0). */
export const dropoutKey = (seed: number, step: number, op: number): number =>
  streamKey(seed, "dropout", step, op);

/**
 * A dropout mask: 0 with probability `rate`, else 1/(1−rate), so that the expected sum stays (Srivastava et al.
 * 2014, "inverted" as in Keras).
 * @returns `length` float32 factors, the same on every engine
 */
export function dropoutMask(key: number, rate: number, length: number): Float32Array {
  const mask = new Float32Array(length);
  const threshold = Math.round(rate * 2 ** 32);
  const factor = 1 / (1 - rate);
  for (let i = 0; i < length; i++) if (bitsAt(key, i) >= threshold) mask[i] = factor;
  return mask;
}
