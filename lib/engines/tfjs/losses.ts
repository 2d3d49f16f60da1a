// The losses with their gradients on TensorFlow.js; the same formulas as in ../reference/losses.
import * as tf from "@tensorflow/tfjs-core";
import type { LossOp } from "../../spec/define";
import { type Head, MAX_PROBABILITY, MIN_PROBABILITY } from "../head";

export interface LossResult {
  /** Mean over the batch and number of right answers, as one tensor of two numbers: one readback gives both. */
  metrics: tf.Tensor1D;
  /** By the outputs (by their logits where fused), of the mean loss. */
  gradient: tf.Tensor2D;
}

interface RuleResult {
  /** [count] */
  losses: tf.Tensor;
  /** [count, width], of each sample's own loss. */
  gradient: tf.Tensor;
}

type Rule = (outputs: tf.Tensor2D, targets: tf.Tensor2D, fused: boolean) => RuleResult;

const clip = (p: tf.Tensor) => tf.clipByValue(p, MIN_PROBABILITY, MAX_PROBABILITY);

/** 1 where the clip let a value through, so that gradients stop where it did not. */
const passed = (p: tf.Tensor, clipped: tf.Tensor) => tf.cast(tf.equal(p, clipped), "float32");

const rules: Record<LossOp, Rule> = {
  crossentropy(outputs, targets, fused) {
    if (fused) {
      const shifted = tf.sub(outputs, tf.max(outputs, 1, true));
      const exponentials = tf.exp(shifted);
      const sum = tf.sum(exponentials, 1, true);
      const picked = tf.sum(tf.mul(shifted, targets), 1);
      return {
        losses: tf.sub(tf.log(tf.squeeze(sum, [1])), picked),
        gradient: tf.sub(tf.div(exponentials, sum), targets),
      };
    }
    const kept = clip(outputs);
    const sum = tf.sum(kept, 1, true);
    const slope = tf.sub(tf.div(1, sum), tf.div(targets, kept));
    const picked = tf.sum(tf.mul(tf.log(kept), targets), 1);
    return {
      losses: tf.sub(tf.log(tf.squeeze(sum, [1])), picked),
      gradient: tf.mul(slope, passed(outputs, kept)),
    };
  },
  binaryCrossentropy(outputs, targets, fused) {
    const width = outputs.shape[1];
    if (fused) {
      // max(z, 0) − z·t + log(1 + e^−|z|); log1p has no kernel everywhere, and e^−|z| ≤ 1 keeps log exact enough.
      const softplus = tf.log(tf.add(tf.exp(tf.neg(tf.abs(outputs))), 1));
      const losses = tf.add(tf.sub(tf.relu(outputs), tf.mul(outputs, targets)), softplus);
      return { losses: tf.mean(losses, 1), gradient: tf.div(tf.sub(tf.sigmoid(outputs), targets), width) };
    }
    const p = clip(outputs);
    const [q, away] = [tf.sub(1, p), tf.sub(1, targets)];
    const losses = tf.neg(tf.add(tf.mul(targets, tf.log(p)), tf.mul(away, tf.log(q))));
    const slope = tf.div(tf.sub(tf.div(away, q), tf.div(targets, p)), width);
    return { losses: tf.mean(losses, 1), gradient: tf.mul(slope, passed(outputs, p)) };
  },
  meanSquaredError(outputs, targets) {
    const difference = tf.sub(outputs, targets);
    return {
      losses: tf.mean(tf.square(difference), 1),
      gradient: tf.mul(difference, 2 / outputs.shape[1]),
    };
  },
};

/**
 * @param outputs [count, width]: logits where `fused` is set, else the network's outputs
 * @param labels class numbers; for width 1 they are the 0/1 target, else one-hot
 */
export function computeLoss(
  loss: LossOp,
  fused: Head["fused"],
  outputs: tf.Tensor2D,
  labels: Uint8Array,
): LossResult {
  const [count, width] = outputs.shape;
  const classes = tf.tensor1d(Int32Array.from(labels), "int32");
  const targets = (
    width === 1 ? tf.reshape(tf.cast(classes, "float32"), [count, 1]) : oneHot(labels, width)
  ) as tf.Tensor2D;
  const { losses, gradient } = rules[loss](outputs, targets, fused !== null);
  const guesses =
    width === 1
      ? tf.cast(tf.greater(tf.squeeze(outputs, [1]), fused === null ? 0.5 : 0), "int32")
      : tf.argMax(outputs, 1);
  const correct = tf.sum(tf.cast(tf.equal(guesses, classes), "float32"));
  return {
    metrics: tf.stack([tf.mean(losses), correct]) as tf.Tensor1D,
    gradient: tf.div(gradient, count) as tf.Tensor2D,
  };
}

/** Built here because the kernel of that name differs between backends in speed, not in result. */
function oneHot(labels: Uint8Array, width: number): tf.Tensor2D {
  const values = new Float32Array(labels.length * width);
  for (const [n, label] of labels.entries()) values[n * width + label] = 1;
  return tf.tensor2d(values, [labels.length, width]);
}
