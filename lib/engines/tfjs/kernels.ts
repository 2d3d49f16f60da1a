// Every Op on TensorFlow.js, forward and backward by hand: no tape, and only kernels that the backends have. Callers
// wrap a step in tf.tidy.
import * as tf from "@tensorflow/tfjs-core";
import type { OpKind } from "../../spec/ops";
import { activation } from "./activations";
import { add, concatenate, fork } from "./blocks";
import { conv2d } from "./convolution";
import type { Kernel } from "./kernel";
import { batchNormalization } from "./normalization";
import { averagePooling2d, globalAveragePooling2d, maxPooling2d } from "./pooling";

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
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  batchNormalization,
  activation,
  dropout: {
    forward({ rate }, x, context) {
      if (!context.training) return x;
      context.kept = [tf.tensor(context.mask(rate, x.size), x.shape)];
      return tf.mul(x, context.kept[0]!);
    },
    backward: (_, _x, _y, dy, { kept }) => ({ dx: tf.mul(dy, kept[0]!), gradients: [] }),
  },
  fork,
  add,
  concatenate,
};
