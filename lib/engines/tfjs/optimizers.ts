// The five optimizers on TensorFlow.js tensors, after Keras 3 (tfjs's own differ in epsilons and corrections).
import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerKind } from "../../spec/experiment";
import { adamCorrection, type OptimizerOf } from "../optimizer";

export interface Update {
  weights: tf.Tensor;
  gradient: tf.Tensor;
  /** As `slotCount` says, in order. */
  slots: readonly tf.Tensor[];
  learningRate: number;
  /** From 1. */
  step: number;
}

export interface Updated {
  weights: tf.Tensor;
  slots: readonly tf.Tensor[];
}

interface Optimizer<K extends OptimizerKind> {
  slotCount(spec: OptimizerOf<K>): number;
  /** What a slot holds before the first step. */
  initial(spec: OptimizerOf<K>): number;
  update(spec: OptimizerOf<K>, update: Update): Updated;
}

/** average + (value − average)·(1 − decay) */
const blend = (average: tf.Tensor, value: tf.Tensor, decay: number) =>
  tf.add(average, tf.mul(tf.sub(value, average), 1 - decay));

export const optimizers: { [K in OptimizerKind]: Optimizer<K> } = {
  sgd: {
    slotCount: ({ momentum }) => (momentum === 0 ? 0 : 1),
    initial: () => 0,
    update({ momentum, nesterov }, { weights, gradient, slots: [velocity], learningRate }) {
      const pull = tf.mul(gradient, learningRate);
      if (velocity === undefined) return { weights: tf.sub(weights, pull), slots: [] };
      const next = tf.sub(tf.mul(velocity, momentum), pull);
      const move = nesterov ? tf.sub(tf.mul(next, momentum), pull) : next;
      return { weights: tf.add(weights, move), slots: [next] };
    },
  },
  adam: { slotCount: () => 2, initial: () => 0, update: (spec, update) => adamStep(spec, update) },
  adamw: {
    slotCount: () => 2,
    initial: () => 0,
    update(spec, update) {
      // Decoupled decay comes first (Loshchilov & Hutter 2019, as Keras orders it).
      const decayed = tf.mul(update.weights, 1 - spec.weightDecay * update.learningRate);
      return adamStep(spec, { ...update, weights: decayed });
    },
  },
  rmsprop: {
    slotCount: ({ momentum }) => (momentum === 0 ? 1 : 2),
    initial: () => 0,
    update({ rho, momentum, epsilon }, { weights, gradient, slots: [square, velocity], learningRate }) {
      const nextSquare = tf.add(tf.mul(square!, rho), tf.mul(tf.square(gradient), 1 - rho));
      const pull = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(nextSquare, epsilon)));
      if (velocity === undefined) return { weights: tf.sub(weights, pull), slots: [nextSquare] };
      const next = tf.add(tf.mul(velocity, momentum), pull);
      return { weights: tf.sub(weights, next), slots: [nextSquare, next] };
    },
  },
  adagrad: {
    slotCount: () => 1,
    initial: ({ initialAccumulatorValue }) => initialAccumulatorValue,
    update({ epsilon }, { weights, gradient, slots: [sum], learningRate }) {
      const next = tf.add(sum!, tf.square(gradient));
      const pull = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(next, epsilon)));
      return { weights: tf.sub(weights, pull), slots: [next] };
    },
  },
};

type Moments = Pick<OptimizerOf<"adam">, "beta1" | "beta2" | "epsilon">;

/** Kingma & Ba 2015, with the bias corrections folded into the step size as in the paper's section 2. */
function adamStep(
  { beta1, beta2, epsilon }: Moments,
  { weights, gradient, slots, learningRate, step }: Update,
): Updated {
  const m = blend(slots[0]!, gradient, beta1);
  const v = blend(slots[1]!, tf.square(gradient), beta2);
  const alpha = learningRate * adamCorrection(beta1, beta2, step);
  const pull = tf.div(tf.mul(m, alpha), tf.add(tf.sqrt(v), epsilon));
  return { weights: tf.sub(weights, pull), slots: [m, v] };
}
