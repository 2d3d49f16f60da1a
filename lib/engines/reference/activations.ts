// The activation functions with their derivatives, in float64.
import type { Activation } from "../../spec/ops";
import { LEAKY_SLOPE } from "../head";
import type { Kernel } from "./kernel";

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

export const activation: Kernel<"activation"> = {
  forward: ({ activation }, x, { step }) => activate(activation, x, step.output.at(-1)!),
  backward: ({ activation }, _, y, dy, { step }) => activateBackward(activation, y, dy, step.output.at(-1)!),
};
