// What a kernel on TensorFlow.js is given and gives.
import type * as tf from "@tensorflow/tfjs-core";
import type { OpKind, OpOf, Shape } from "../../spec/ops";
import type { Step } from "../../spec/program";

/** What a fork keeps for the step that takes it; both have the same one. */
export interface Forked {
  shape: Shape;
  x: tf.Tensor | null;
  /** The gradient by `x` that comes the short way; filled by the taker's `backward`. */
  dx: tf.Tensor | null;
  /** False where nothing before the fork asks for a gradient. */
  needsInput: boolean;
}

export interface Context {
  step: Step;
  /** False in inference: no dropout, moving averages instead of the batch's. */
  training: boolean;
  weights: readonly tf.Tensor[];
  /** What weights without a gradient become by this step, at their places; filled by `forward` in training. */
  moved: tf.Tensor[];
  /** What `forward` leaves for `backward`, beside its input and output. */
  kept: tf.Tensor[];
  /** Dropout factors of this step. */
  mask: (rate: number, length: number) => Float32Array;
  /** Of a fork, and of the step that takes it. */
  forked: Forked;
}

export interface Backward {
  /** The gradient by the input; null where `needsInput` was false. */
  dx: tf.Tensor | null;
  /** In the order of the step's weights; those that are not trained come last and have none. */
  gradients: readonly tf.Tensor[];
}

export interface Kernel<K extends OpKind> {
  forward(op: OpOf<K>, x: tf.Tensor, context: Context): tf.Tensor;
  /** In training. */
  backward(
    op: OpOf<K>,
    x: tf.Tensor,
    y: tf.Tensor,
    dy: tf.Tensor,
    context: Context,
    needsInput: boolean,
  ): Backward;
}
