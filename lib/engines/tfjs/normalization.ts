// Batch normalization on TensorFlow.js; the same formulas as in ../reference/normalization.
import * as tf from "@tensorflow/tfjs-core";
import type { Kernel } from "./kernel";

/** All axes but the channels'. */
const overBatch = (x: tf.Tensor) => x.shape.slice(1).map((_, axis) => axis);

export const batchNormalization: Kernel<"batchNormalization"> = {
  forward({ momentum, epsilon }, x, context) {
    const [gamma, beta, movingMean, movingVariance] = context.weights;
    const scaled = (mean: tf.Tensor, variance: tf.Tensor) => {
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normal = tf.mul(tf.sub(x, mean), inverse);
      context.kept = [normal, inverse];
      return tf.add(tf.mul(normal, gamma!), beta!);
    };
    if (!context.training) return scaled(movingMean!, movingVariance!);
    const mean = tf.mean(x, overBatch(x));
    const variance = tf.mean(tf.square(tf.sub(x, mean)), overBatch(x));
    const blend = (moving: tf.Tensor, value: tf.Tensor) =>
      tf.add(tf.mul(moving, momentum), tf.mul(value, 1 - momentum));
    context.moved[2] = blend(movingMean!, mean);
    context.moved[3] = blend(movingVariance!, variance);
    return scaled(mean, variance);
  },
  backward(_, x, _y, dy, { weights: [gamma], kept: [normal, inverse] }, needsInput) {
    const rows = x.size / gamma!.size;
    const dGamma = tf.sum(tf.mul(dy, normal!), overBatch(x));
    const dBeta = tf.sum(dy, overBatch(x));
    const gradients = [dGamma, dBeta];
    if (!needsInput) return { dx: null, gradients };
    const centred = tf.sub(tf.sub(dy, tf.div(dBeta, rows)), tf.mul(normal!, tf.div(dGamma, rows)));
    return { dx: tf.mul(centred, tf.mul(gamma!, inverse!)), gradients };
  },
};
