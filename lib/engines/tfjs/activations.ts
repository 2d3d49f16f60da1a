// The activation functions with their derivatives on TensorFlow.js.
import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../../spec/ops";
import { LEAKY_SLOPE } from "../head";
import type { Kernel } from "./kernel";

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

export const activation: Kernel<"activation"> = {
  forward: ({ activation }, x) => activate(activation, x),
  backward: ({ activation }, _, y, dy) => ({ dx: slopes[activation](y, dy), gradients: [] }),
};
