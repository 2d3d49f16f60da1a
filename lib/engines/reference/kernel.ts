// What a kernel of the reference is given and gives.
import type { OpKind, OpOf, Shape } from "../../spec/ops";
import type { Step } from "../../spec/program";

/** What a fork keeps for the step that takes it; both have the same one. */
export interface Forked {
  shape: Shape;
  x: Float64Array;
  /** The gradient by `x` that comes the short way; filled by the taker's `backward`. */
  dx: Float64Array;
}

export interface Context {
  step: Step;
  /** Samples in this batch. */
  count: number;
  /** False in inference: no dropout, moving averages instead of the batch's. */
  training: boolean;
  weights: readonly Float64Array[];
  /** Filled by `backward`, same order as `weights`; empty until then. */
  gradients: readonly Float64Array[];
  /** What weights without a gradient become by this step, at their places; filled by `forward` in training. */
  moved: Float64Array[];
  /** Dropout factors of this step. */
  mask: (rate: number, length: number) => Float32Array;
  /** Of a fork, and of the step that takes it. */
  forked: Forked;
}

export interface Kernel<K extends OpKind> {
  forward(op: OpOf<K>, x: Float64Array, context: Context): Float64Array;
  /** The gradient by `x`, given that by `y`, in the mode of the forward pass; adds to the weights' gradients. */
  backward(op: OpOf<K>, x: Float64Array, y: Float64Array, dy: Float64Array, context: Context): Float64Array;
}
