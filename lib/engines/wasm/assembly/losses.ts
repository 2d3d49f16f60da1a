// The losses with their gradients, one sample at a time in float64; formulas as in ../../reference/losses.
import { sigmoid } from "./elementwise";

export const CROSSENTROPY: i32 = 0;
export const BINARY_CROSSENTROPY: i32 = 1;
export const MEAN_SQUARED_ERROR: i32 = 2;

/** As float32 numbers, like ../../head has them. */
const MIN_PROBABILITY: f64 = <f64>(<f32>1e-7);
const MAX_PROBABILITY: f64 = <f64>(<f32>(1 - 1e-7));

let total: f64 = 0;

/** Sum of the losses of the samples of the last call. */
export function lossSum(): f64 {
  return total;
}

/**
 * Adds up the losses, and fills in the gradient of their mean unless `gradient` is 0.
 * @param outputs rows of `stride` floats, `width` of which count: logits if `fused`
 * @param labels u8 for every row of the file @param rows u32[count], this batch's
 * @returns how many of the answers were right
 */
export function loss(
  kind: i32,
  fused: bool,
  outputs: usize,
  count: usize,
  width: usize,
  stride: usize,
  labels: usize,
  rows: usize,
  gradient: usize,
): i32 {
  const scale: f64 = 1 / <f64>count;
  total = 0;
  let correct = 0;
  for (let n: usize = 0; n < count; n++) {
    const row = outputs + ((n * stride) << 2);
    const slope: usize = gradient == 0 ? 0 : gradient + ((n * stride) << 2);
    const label = <usize>load<u8>(labels + <usize>load<u32>(rows + (n << 2)));
    if (kind == CROSSENTROPY)
      total += fused ? logits(row, width, label, slope, scale) : probabilities(row, width, label, slope, scale);
    else if (kind == BINARY_CROSSENTROPY) total += binary(row, width, label, slope, scale, fused);
    else total += squares(row, width, label, slope, scale);
    if (width == 1) {
      if (<usize>(load<f32>(row) > (fused ? <f32>0 : <f32>0.5)) == label) correct++;
    } else if (argMax(row, width) == label) correct++;
  }
  return correct;
}

@inline
function write(slope: usize, i: usize, value: f64): void {
  if (slope != 0) store<f32>(slope + (i << 2), <f32>value);
}

@inline
function read(row: usize, i: usize): f64 {
  return <f64>load<f32>(row + (i << 2));
}

@inline
function target(width: usize, label: usize, i: usize): f64 {
  return width == 1 ? <f64>label : <f64>(i == label);
}

@inline
function clip(p: f64): f64 {
  return NativeMath.min(NativeMath.max(p, MIN_PROBABILITY), MAX_PROBABILITY);
}

function logits(row: usize, width: usize, label: usize, slope: usize, scale: f64): f64 {
  let max = read(row, 0);
  for (let i: usize = 1; i < width; i++) max = NativeMath.max(max, read(row, i));
  let sum: f64 = 0;
  for (let i: usize = 0; i < width; i++) {
    const value = NativeMath.exp(read(row, i) - max);
    sum += value;
    write(slope, i, value);
  }
  if (slope != 0)
    for (let i: usize = 0; i < width; i++) write(slope, i, (read(slope, i) / sum - <f64>(i == label)) * scale);
  return NativeMath.log(sum) + max - read(row, label);
}

function probabilities(row: usize, width: usize, label: usize, slope: usize, scale: f64): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < width; i++) sum += clip(read(row, i));
  for (let i: usize = 0; i < width; i++) {
    const p = clip(read(row, i));
    write(slope, i, p == read(row, i) ? (1 / sum - <f64>(i == label) / p) * scale : 0);
  }
  return NativeMath.log(sum) - NativeMath.log(clip(read(row, label)));
}

function binary(row: usize, width: usize, label: usize, slope: usize, scale: f64, fused: bool): f64 {
  const share = scale / <f64>width;
  let sum: f64 = 0;
  for (let i: usize = 0; i < width; i++) {
    const t = target(width, label, i);
    const value = read(row, i);
    if (fused) {
      sum += NativeMath.max(value, 0) - value * t + NativeMath.log1p(NativeMath.exp(-NativeMath.abs(value)));
      write(slope, i, (sigmoid(value) - t) * share);
    } else {
      const p = clip(value);
      sum -= t * NativeMath.log(p) + (1 - t) * NativeMath.log(1 - p);
      write(slope, i, p == value ? ((1 - t) / (1 - p) - t / p) * share : 0);
    }
  }
  return sum / <f64>width;
}

function squares(row: usize, width: usize, label: usize, slope: usize, scale: f64): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < width; i++) {
    const difference = read(row, i) - target(width, label, i);
    sum += difference * difference;
    write(slope, i, ((2 * difference) / <f64>width) * scale);
  }
  return sum / <f64>width;
}

function argMax(row: usize, width: usize): usize {
  let best: usize = 0;
  for (let i: usize = 1; i < width; i++) if (load<f32>(row + (i << 2)) > load<f32>(row + (best << 2))) best = i;
  return best;
}
