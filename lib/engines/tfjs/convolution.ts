// Convolution on TensorFlow.js: the kernels of the backend for its gradients where it has them all; where it has none
// for the filters (WebAssembly), the gradients are convolutions themselves, which are its quickest kernel.
import * as tf from "@tensorflow/tfjs-core";
import { slide, type Window } from "../../spec/ops";
import type { Kernel } from "./kernel";
import { edges, type Padding, paddingOf } from "./padding";

interface Gradients {
  /** The gradient by the kernel, [height, width, in, out]. */
  kernel(window: Window, x: tf.Tensor4D, dy: tf.Tensor4D): tf.Tensor4D;
  /** The gradient by the images. */
  input(window: Window, x: tf.Tensor4D, kernel: tf.Tensor4D, dy: tf.Tensor4D): tf.Tensor4D;
}

const byKernel: Gradients = {
  kernel(window, x, dy) {
    const { size, strides } = window;
    const filterShape = [size, size, x.shape[3], dy.shape[3]];
    const attributes = { strides, pad: paddingOf(window, x.shape), dataFormat: "NHWC", filterShape };
    return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, attributes) as tf.Tensor4D;
  },
  input: (window, x, kernel, dy) =>
    tf.conv2dTranspose(dy, kernel, x.shape, window.strides, paddingOf(window, x.shape)),
};

const byConvolution: Gradients = {
  // dK[tap, i, o] = Σ over samples and places of x·dy: a convolution of x by dy, with channels as samples, samples as
  // channels and the strides as gaps between the taps.
  kernel(window, x, dy) {
    const [count, height, width, channels] = x.shape;
    const [rows, columns] = [edges(window, height), edges(window, width)];
    // What lies beyond the last place would give taps that there are not.
    const reach = (length: number, [before]: [number, number]) =>
      Math.min(length, (slide(window, length).places - 1) * window.strides + window.size - before);
    const under = tf.slice(x, [0, 0, 0, 0], [count, reach(height, rows), reach(width, columns), channels]);
    const images = tf.transpose(under, [3, 1, 2, 0]);
    const filters = tf.transpose(dy, [1, 2, 0, 3]);
    const pads: Padding = [[0, 0], rows, columns, [0, 0]];
    const taps = tf.conv2d(images, filters, 1, pads, "NHWC", window.strides);
    return tf.transpose(taps, [1, 2, 0, 3]);
  },
  input(window, x, kernel, dy) {
    const { size, strides } = window;
    if (strides > 1) return byKernel.input(window, x, kernel, dy);
    const edge = (axis: 1 | 2): [number, number] => {
      const front = size - 1 - slide(window, x.shape[axis]).before;
      return [front, x.shape[axis] + size - 1 - dy.shape[axis] - front];
    };
    const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2d(dy, turned, 1, [[0, 0], edge(1), edge(2), [0, 0]]);
  },
};

const gradients = (): Gradients =>
  tf.getKernel(tf.Conv2DBackpropFilter, tf.getBackend()) === undefined ? byConvolution : byKernel;

/** @param x [count, height, width, in] @param kernel [size, size, in, out] */
export const convolve = (window: Window, x: tf.Tensor, kernel: tf.Tensor, bias?: tf.Tensor): tf.Tensor4D =>
  tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: kernel as tf.Tensor4D,
    strides: window.strides,
    pad: paddingOf(window, x.shape),
    bias,
  });

/** The gradients of `convolve`. */
export function convolveBackward(
  window: Window,
  x: tf.Tensor,
  kernel: tf.Tensor,
  dy: tf.Tensor,
  needsInput: boolean,
): { dx: tf.Tensor4D | null; dKernel: tf.Tensor4D } {
  const [images, slopes] = [x as tf.Tensor4D, dy as tf.Tensor4D];
  const by = gradients();
  return {
    dx: needsInput ? by.input(window, images, kernel as tf.Tensor4D, slopes) : null,
    dKernel: by.kernel(window, images, slopes),
  };
}

export const conv2d: Kernel<"conv2d"> = {
  forward: ({ window }, x, { weights: [kernel, bias] }) => convolve(window, x, kernel!, bias),
  backward({ window, useBias }, x, _, dy, { weights: [kernel] }, needsInput) {
    const { dx, dKernel } = convolveBackward(window, x, kernel!, dy, needsInput);
    return { dx, gradients: useBias ? [dKernel, tf.sum(dy, [0, 1, 2])] : [dKernel] };
  },
};
