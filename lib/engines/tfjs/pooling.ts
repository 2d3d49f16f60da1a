// Pooling on TensorFlow.js, by the backends' own kernels for both directions.
import * as tf from "@tensorflow/tfjs-core";
import { type Shape, slide, type Window } from "../../spec/ops";
import type { Kernel } from "./kernel";
import { paddingOf } from "./padding";

const attributes = (window: Window, x: tf.Tensor) => ({
  filterSize: window.size,
  strides: window.strides,
  pad: paddingOf(window, x.shape),
});

export const maxPooling2d: Kernel<"maxPooling2d"> = {
  forward: ({ window }, x) =>
    tf.maxPool(x as tf.Tensor4D, window.size, window.strides, paddingOf(window, x.shape)),
  // Which of several equal pixels gets the gradient is the backend's choice; pixels are equal where what they come
  // from is, so that no weight can tell.
  backward({ window }, x, output, dy, _, needsInput) {
    if (!needsInput) return { dx: null, gradients: [] };
    // The WebAssembly kernel takes a window's first pixel where all of them are below 0.
    const input = tf.getBackend() === "wasm" ? tf.add(tf.sub(x, tf.min(x)), 1) : x;
    const dx = tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, attributes(window, x));
    return { dx: dx as tf.Tensor, gradients: [] };
  },
};

/** How many of a window's pixels lie in the image, at each of its places along an axis. */
function counts(window: Window, length: number): number[] {
  const { places, before } = slide(window, length);
  return Array.from({ length: places }, (_, place) => {
    const start = place * window.strides - before;
    return Math.min(start + window.size, length) - Math.max(start, 0);
  });
}

/** For each place of a window: its size over the pixels of the image under it. 1 everywhere where nothing is padded. */
function shares(window: Window, [height, width]: Shape): tf.Tensor {
  const [rows, columns] = [counts(window, height!), counts(window, width!)];
  const values = rows.flatMap((r) => columns.map((c) => window.size ** 2 / (r * c)));
  return tf.tensor(values, [1, rows.length, columns.length, 1]);
}

export const averagePooling2d: Kernel<"averagePooling2d"> = {
  forward: ({ window }, x) =>
    tf.avgPool(x as tf.Tensor4D, window.size, window.strides, paddingOf(window, x.shape)),
  backward({ window }, input, _, dy, { step }, needsInput) {
    if (!needsInput) return { dx: null, gradients: [] };
    // The kernel divides by the window's size, padding and all; the mean was over real pixels.
    const slopes = window.padding === "same" ? tf.mul(dy, shares(window, step.input)) : dy;
    const dx = tf.engine().runKernel(tf.AvgPoolGrad, { dy: slopes, input }, attributes(window, input));
    return { dx: dx as tf.Tensor, gradients: [] };
  },
};

export const globalAveragePooling2d: Kernel<"globalAveragePooling2d"> = {
  forward: (_, x) => tf.mean(x, [1, 2]),
  backward(_, x, _y, dy, _context, needsInput) {
    const [count, height, width, channels] = x.shape as [number, number, number, number];
    const each = tf.reshape(tf.div(dy, height * width), [count, 1, 1, channels]);
    return { dx: needsInput ? tf.tile(each, [1, height, width, 1]) : null, gradients: [] };
  },
};
