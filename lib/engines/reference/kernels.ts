// Every Op, forward and backward, written as plainly as its formula; float64 throughout, so that the other
// engines can be measured against it. Speed is not its job.

import type { Activation, OpKind, OpOf } from "../../spec/ops";
import { sizeOf } from "../../spec/ops";
import type { Step } from "../../spec/program";
import { LEAKY_SLOPE } from "../head";

export interface Context {
  step: Step;
  /** Samples in this batch. */
  count: number;
  weights: readonly Float64Array[];
  /** Filled by `backward`, same order as `weights`. */
  gradients: readonly Float64Array[];
  /** Dropout factors of this step, or null in inference. */
  mask: (rate: number, length: number) => Float32Array | null;
}

export interface Kernel<K extends OpKind> {
  forward(op: OpOf<K>, x: Float64Array, context: Context): Float64Array;
  /** The gradient by `x`, given that by `y`; writes the weights' gradients. */
  backward(op: OpOf<K>, x: Float64Array, y: Float64Array, dy: Float64Array, context: Context): Float64Array;
}

export const kernels: { [K in OpKind]: Kernel<K> } = {
  flatten: { forward: (_, x) => x, backward: (_, _x, _y, dy) => dy },

  dense: {
    forward({ units, useBias }, x, { count, step, weights }) {
      const inputs = sizeOf(step.input);
      const [kernel, bias] = weights;
      const y = new Float64Array(count * units);
      for (let n = 0; n < count; n++) {
        for (let o = 0; o < units; o++) y[n * units + o] = useBias ? bias![o]! : 0;
        for (let i = 0; i < inputs; i++) {
          const value = x[n * inputs + i]!;
          if (value === 0) continue;
          for (let o = 0; o < units; o++) y[n * units + o]! += value * kernel![i * units + o]!;
        }
      }
      return y;
    },
    backward({ units, useBias }, x, _, dy, { count, step, weights, gradients }) {
      const inputs = sizeOf(step.input);
      const [kernel] = weights;
      const [dKernel, dBias] = gradients;
      const dx = new Float64Array(count * inputs);
      for (let n = 0; n < count; n++) {
        for (let o = 0; o < units && useBias; o++) dBias![o]! += dy[n * units + o]!;
        for (let i = 0; i < inputs; i++) {
          const value = x[n * inputs + i]!;
          let sum = 0;
          for (let o = 0; o < units; o++) {
            const slope = dy[n * units + o]!;
            dKernel![i * units + o]! += value * slope;
            sum += kernel![i * units + o]! * slope;
          }
          dx[n * inputs + i] = sum;
        }
      }
      return dx;
    },
  },

  activation: {
    forward: ({ activation }, x, { step }) => activate(activation, x, step.output.at(-1)!),
    backward: ({ activation }, _, y, dy, { step }) =>
      activateBackward(activation, y, dy, step.output.at(-1)!),
  },

  dropout: {
    forward({ rate }, x, { mask }) {
      const factors = mask(rate, x.length);
      return factors === null ? x : x.map((value, i) => value * factors[i]!);
    },
    backward({ rate }, _x, _y, dy, { mask }) {
      const factors = mask(rate, dy.length);
      return factors === null ? dy : dy.map((slope, i) => slope * factors[i]!);
    },
  },
};

const elementwise: Record<Exclude<Activation, "softmax">, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x > 0 ? x : LEAKY_SLOPE * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

/** The derivative by the input, written in the output. */
const slopes: Record<Exclude<Activation, "softmax">, (y: number) => number> = {
  linear: () => 1,
  relu: (y) => (y > 0 ? 1 : 0),
  leakyRelu: (y) => (y > 0 ? 1 : LEAKY_SLOPE),
  elu: (y) => (y > 0 ? 1 : y + 1),
  sigmoid: (y) => y * (1 - y),
  tanh: (y) => 1 - y * y,
};

/** @param width length of the last axis, which softmax runs along */
export function activate(activation: Activation, x: Float64Array, width: number): Float64Array {
  if (activation !== "softmax") return x.map(elementwise[activation]);
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    let max = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + width; i++) max = Math.max(max, x[i]!);
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += y[i] = Math.exp(x[i]! - max);
    for (let i = start; i < start + width; i++) y[i]! /= sum;
  }
  return y;
}

function activateBackward(
  activation: Activation,
  y: Float64Array,
  dy: Float64Array,
  width: number,
): Float64Array {
  if (activation !== "softmax") return dy.map((slope, i) => slope * slopes[activation](y[i]!));
  const dx = new Float64Array(y.length);
  for (let start = 0; start < y.length; start += width) {
    let dot = 0;
    for (let i = start; i < start + width; i++) dot += dy[i]! * y[i]!;
    for (let i = start; i < start + width; i++) dx[i] = y[i]! * (dy[i]! - dot);
  }
  return dx;
}
