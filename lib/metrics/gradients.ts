// How large a network's weights and gradients are, and how far one step moves it.
import type { OptimizerSpec } from "../spec/experiment";

/** One weight array and its gradient on a batch, as root mean squares. */
export interface GradientNorm {
  /** As the program names the array: "dense_1/kernel". */
  name: string;
  /** Index of its layer in the experiment. */
  layer: number;
  /** Numbers in it. */
  size: number;
  weight: number;
  gradient: number;
}

const lengthOf = (norms: readonly GradientNorm[], of: "weight" | "gradient"): number =>
  Math.sqrt(norms.reduce((sum, norm) => sum + norm.size * norm[of] ** 2, 0));

/** The length of the whole gradient, all arrays as one vector. */
export const gradientLength = (norms: readonly GradientNorm[]): number => lengthOf(norms, "gradient");

/**
 * How far the first step moves the weights, as a share of their own length. Plain descent steps by the gradient; the
 * optimizers that divide by its size step by about the learning rate in each weight, whatever the gradient is.
 */
export function relativeStep(optimizer: OptimizerSpec, norms: readonly GradientNorm[]): number {
  const { learningRate } = optimizer;
  const weights = lengthOf(norms, "weight");
  const gradient = lengthOf(norms, "gradient");
  const root = Math.sqrt(norms.reduce((sum, { size }) => sum + size, 0));
  if (weights === 0) return Number.POSITIVE_INFINITY;
  if (optimizer.kind === "sgd") return (learningRate * gradient) / (1 - optimizer.momentum) / weights;
  if (optimizer.kind !== "adagrad") return (learningRate * root) / weights;
  const mean = gradient / root;
  return (learningRate * gradient) / Math.sqrt(optimizer.initialAccumulatorValue + mean ** 2) / weights;
}
