// Every Op on TensorFlow.js, forward and backward by hand: no tape, and only kernels that all four backends
// have. Callers wrap a step in tf.tidy.
import * as tf from "@tensorflow/tfjs-core";
import type { Activation, OpKind, OpOf } from "../../spec/ops";
import { sizeOf } from "../../spec/ops";
import type { Step } from "../../spec/program";
import { LEAKY_SLOPE } from "../head";

export interface Context {
  step: Step;
  weights: readonly tf.Tensor[];
  /** Dropout factors of this step for `length` numbers, or null in inference. */
  mask: (rate: number, length: number) => Float32Array | null;
}

export interface Backward {
  /** The gradient by the input; null where `needsInput` was false. */
  dx: tf.Tensor | null;
  /** In the order of the step's weights. */
  gradients: readonly tf.Tensor[];
}

export interface Kernel<K extends OpKind> {
  forward(op: OpOf<K>, x: tf.Tensor, context: Context): tf.Tensor;
  backward(
    op: OpOf<K>,
    x: tf.Tensor,
    y: tf.Tensor,
    dy: tf.Tensor,
    context: Context,
    needsInput: boolean,
  ): Backward;
}

export const kernels: { [K in OpKind]: Kernel<K> } = {
  flatten: {
    forward: (_, x) => tf.reshape(x, [x.shape[0]!, -1]),
    backward: (_, x, _y, dy) => ({ dx: tf.reshape(dy, x.shape), gradients: [] }),
  },

  dense: {
    forward: ({ useBias }, x, { weights: [kernel, bias] }) =>
      tf.fused.matMul({ a: x as tf.Tensor2D, b: kernel as tf.Tensor2D, bias: useBias ? bias : undefined }),
    backward({ useBias }, x, _, dy, { weights: [kernel] }, needsInput) {
      const dKernel = tf.matMul(x, dy, true, false);
      return {
        dx: needsInput ? tf.matMul(dy, kernel!, false, true) : null,
        gradients: useBias ? [dKernel, tf.sum(dy, 0)] : [dKernel],
      };
    },
  },

  activation: {
    forward: ({ activation }, x) => activate(activation, x),
    backward: ({ activation }, _, y, dy) => ({ dx: slopes[activation](y, dy), gradients: [] }),
  },

  dropout: {
    forward: ({ rate }, x, context) => applyMask(rate, x, context),
    backward: ({ rate }, _x, _y, dy, context) => ({ dx: applyMask(rate, dy, context), gradients: [] }),
  },
};

function applyMask(rate: number, x: tf.Tensor, { mask, step }: Context): tf.Tensor {
  const factors = mask(rate, x.shape[0]! * sizeOf(step.input));
  return factors === null ? x : tf.mul(x, tf.tensor(factors, x.shape));
}

export function activate(activation: Activation, x: tf.Tensor): tf.Tensor {
  return forward[activation](x);
}

const forward: Record<Activation, (x: tf.Tensor) => tf.Tensor> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, LEAKY_SLOPE),
  elu: (x) => tf.elu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  softmax: (x) => tf.softmax(x, -1),
};

/** dy times the derivative by the input, which each of these functions can say of its output. */
const slopes: Record<Activation, (y: tf.Tensor, dy: tf.Tensor) => tf.Tensor> = {
  linear: (_, dy) => dy,
  relu: (y, dy) => tf.mul(dy, tf.step(y)),
  leakyRelu: (y, dy) => tf.mul(dy, tf.add(tf.mul(tf.step(y), 1 - LEAKY_SLOPE), LEAKY_SLOPE)),
  // Where y > 0 the slope is 1, elsewhere y + 1; min(y, 0) + 1 is both.
  elu: (y, dy) => tf.mul(dy, tf.add(tf.minimum(y, 0), 1)),
  sigmoid: (y, dy) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  tanh: (y, dy) => tf.mul(dy, tf.sub(1, tf.square(y))),
  softmax: (y, dy) => tf.mul(y, tf.sub(dy, tf.sum(tf.mul(dy, y), -1, true))),
};
