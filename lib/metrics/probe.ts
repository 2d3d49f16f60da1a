// What a look into a network finds on one batch: how large its gradients are, and what its units do.
import type { Activation } from "../spec/ops";
import type { GradientNorm } from "./gradients";

/** One activation's outputs on a batch. */
export interface UnitNorm {
  /** Index of its layer in the experiment. */
  layer: number;
  activation: Activation;
  /** Units, or channels of an image. */
  units: number;
  /**
   * The share of units, 0 to 1, that are flat for every image of the batch, at every place: a ReLU that gives 0, a sigmoid
   * at one of its ends. Nothing reaches the weights before them.
   */
  silent: number;
  /** Of all outputs. */
  mean: number;
  deviation: number;
}

export interface Probe {
  /** How many images the batch has. */
  images: number;
  /** Their mean loss, in training mode. */
  loss: number;
  /** In the order of the program's weights, without those that are not trained. */
  arrays: readonly GradientNorm[];
  /** In the order of the steps. */
  units: readonly UnitNorm[];
  /** Of the network's answers, where the last activation is not folded into the loss; else null. */
  outputs: { least: number; most: number; meanSum: number } | null;
}
