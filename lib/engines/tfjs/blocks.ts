// A block's ends on TensorFlow.js: the fork keeps its input, the add or the concatenation brings it back.
import * as tf from "@tensorflow/tfjs-core";
import { projectionStrides, type Window } from "../../spec/ops";
import { convolve, convolveBackward } from "./convolution";
import type { Context, Kernel } from "./kernel";

export const fork: Kernel<"fork"> = {
  forward(_, x, { forked }) {
    forked.x = x;
    return x;
  },
  backward: (_, _x, _y, dy, { forked }, needsInput) => ({
    dx: needsInput ? tf.add(dy, forked.dx!) : null,
    gradients: [],
  }),
};

/** Rank 4 for a convolution: a flat list is an image of one pixel. */
const asImage = (x: tf.Tensor) => (x.rank === 2 ? tf.reshape(x, [x.shape[0]!, 1, 1, x.shape[1]!]) : x);
const kernelOf = ({ weights: [kernel] }: Context) =>
  kernel!.rank === 2 ? tf.reshape(kernel!, [1, 1, ...kernel!.shape]) : kernel!;

const windowOf = ({ forked, step }: Context): Window => ({
  size: 1,
  strides: projectionStrides(forked.shape, step.output)!,
  padding: "valid",
});

export const add: Kernel<"add"> = {
  forward(_, x, context) {
    const { forked, weights } = context;
    if (weights.length === 0) return tf.add(x, forked.x!);
    const short = convolve(windowOf(context), asImage(forked.x!), kernelOf(context));
    return tf.add(x, tf.reshape(short, x.shape));
  },
  backward(_, _x, _y, dy, context) {
    const { forked, weights } = context;
    if (weights.length === 0) {
      forked.dx = dy;
      return { dx: dy, gradients: [] };
    }
    const [x, kernel] = [asImage(forked.x!), kernelOf(context)];
    const back = convolveBackward(windowOf(context), x, kernel, asImage(dy), forked.needsInput);
    forked.dx = back.dx === null ? null : tf.reshape(back.dx, forked.x!.shape);
    return { dx: dy, gradients: [back.dKernel] };
  },
};

export const concatenate: Kernel<"concatenate"> = {
  forward: (_, x, { forked }) => tf.concat([forked.x!, x], -1),
  backward(_, x, _y, dy, { forked }) {
    const before = forked.shape.at(-1)!;
    const [short, dx] = tf.split(dy, [before, x.shape.at(-1)!], -1);
    forked.dx = short!;
    return { dx: dx!, gradients: [] };
  },
};
