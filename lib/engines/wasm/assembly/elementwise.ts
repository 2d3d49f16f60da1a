// Functions of one number, four at a time where arithmetic suffices; exponentials one at a time, in float64 and
// compiled into this module, so that every browser rounds them alike.

export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const LEAKY_RELU: i32 = 2;
export const ELU: i32 = 3;
export const SIGMOID: i32 = 4;
export const TANH: i32 = 5;
export const SOFTMAX: i32 = 6;

/** y = f(x), rows of `stride` floats of which `width` count. `slope` is leaky relu's. x and y may be the same. */
export function activate(
  kind: i32,
  x: usize,
  y: usize,
  count: usize,
  width: usize,
  stride: usize,
  slope: f32,
): void {
  if (kind == SOFTMAX) return softmax(x, y, count, width, stride);
  const bytes = (count * stride) << 2;
  const zero = f32x4.splat(0);
  if (kind == RELU) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, f32x4.max(v128.load(x + i), zero));
  } else if (kind == LEAKY_RELU) {
    const below = f32x4.splat(slope);
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = v128.load(x + i);
      v128.store(y + i, v128.bitselect(v, f32x4.mul(v, below), f32x4.gt(v, zero)));
    }
  } else if (kind == LINEAR) {
    if (x != y) memory.copy(y, x, bytes);
  } else {
    for (let i: usize = 0; i < bytes; i += 4) store<f32>(y + i, <f32>curve(kind, <f64>load<f32>(x + i)));
  }
}

@inline
function curve(kind: i32, x: f64): f64 {
  if (kind == SIGMOID) return sigmoid(x);
  if (kind == TANH) return NativeMath.tanh(x);
  return x > 0 ? x : NativeMath.expm1(x);
}

@inline
export function sigmoid(x: f64): f64 {
  return 1 / (1 + NativeMath.exp(-x));
}

function softmax(x: usize, y: usize, count: usize, width: usize, stride: usize): void {
  const bytes = width << 2;
  for (let n: usize = 0; n < count; n++, x += stride << 2, y += stride << 2) {
    let max = load<f32>(x);
    for (let i: usize = 4; i < bytes; i += 4) max = NativeMathf.max(max, load<f32>(x + i));
    let sum: f64 = 0;
    for (let i: usize = 0; i < bytes; i += 4) {
      const value = NativeMath.exp(<f64>load<f32>(x + i) - <f64>max);
      store<f32>(y + i, <f32>value);
      sum += value;
    }
    const scale = <f32>(1 / sum);
    for (let i: usize = 0; i < bytes; i += 4) store<f32>(y + i, load<f32>(y + i) * scale);
  }
}

/** dx = dy · f′, with the derivative written in the output y. dx and dy may be the same. */
export function activateBackward(
  kind: i32,
  y: usize,
  dy: usize,
  dx: usize,
  count: usize,
  width: usize,
  stride: usize,
  slope: f32,
): void {
  if (kind == SOFTMAX) return softmaxBackward(y, dy, dx, count, width, stride);
  const bytes = (count * stride) << 2;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const below = f32x4.splat(slope);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = v128.load(y + i);
    const up = v128.load(dy + i);
    let down = up;
    if (kind == RELU) down = v128.and(up, f32x4.gt(v, zero));
    else if (kind == LEAKY_RELU) down = v128.bitselect(up, f32x4.mul(up, below), f32x4.gt(v, zero));
    else if (kind == ELU) down = f32x4.mul(up, f32x4.add(f32x4.min(v, zero), one));
    else if (kind == SIGMOID) down = f32x4.mul(up, f32x4.mul(v, f32x4.sub(one, v)));
    else if (kind == TANH) down = f32x4.mul(up, f32x4.sub(one, f32x4.mul(v, v)));
    v128.store(dx + i, down);
  }
}

function softmaxBackward(y: usize, dy: usize, dx: usize, count: usize, width: usize, stride: usize): void {
  const bytes = width << 2;
  for (let n: usize = 0; n < count; n++, y += stride << 2, dy += stride << 2, dx += stride << 2) {
    let dot: f32 = 0;
    for (let i: usize = 0; i < bytes; i += 4) dot += load<f32>(dy + i) * load<f32>(y + i);
    for (let i: usize = 0; i < bytes; i += 4)
      store<f32>(dx + i, load<f32>(y + i) * (load<f32>(dy + i) - dot));
  }
}

@inline
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

/** The number at `index` of the stream `key`, as lib/random has it. */
@inline
export function bitsAt(key: u32, index: u32): u32 {
  return mix(mix(key + index * 0x9e3779b9) ^ index);
}

/** y += x, `count` floats, a multiple of 4. */
export function add(y: usize, x: usize, count: usize): void {
  for (let i: usize = 0; i < count << 2; i += 16) v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(x + i)));
}

/**
 * y = x times a dropout mask: 0 where the stream's number is below `threshold`, else `factor`. Numbers are counted without the rows' padding.
 */
export function dropout(
  key: u32,
  threshold: u32,
  factor: f32,
  x: usize,
  y: usize,
  count: usize,
  width: usize,
  stride: usize,
): void {
  let index: u32 = 0;
  for (let n: usize = 0; n < count; n++, x += stride << 2, y += stride << 2)
    for (let i: usize = 0; i < width << 2; i += 4, index++) {
      store<f32>(y + i, bitsAt(key, index) >= threshold ? load<f32>(x + i) * factor : 0);
    }
}
