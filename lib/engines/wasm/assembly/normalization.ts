// Batch normalization (Ioffe & Szegedy 2015, as Keras 3 has it) over `rows` rows of `pitch` floats, one channel a
// column. Sums go through float32 for a few rows at a time and through float64 for all of them.

const BLOCK: usize = 64;

/**
 * sums[c] = Σ a · b, with b = 1 where it is 0 and a, b less their means where `means` is not 0.
 * @param sums f64[pitch], partial scratch f32[4]
 */
@inline
function columnSums(a: usize, b: usize, means: usize, rows: usize, pitch: usize, sums: usize): void {
  const kb = pitch << 2;
  for (let j: usize = 0; j < kb; j += 16) {
    const mean = means != 0 ? v128.load(means + j) : f32x4.splat(0);
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let row: usize = 0; row < rows; ) {
      const end = row + BLOCK < rows ? row + BLOCK : rows;
      let partial = f32x4.splat(0);
      for (; row < end; row++) {
        let value = v128.load(a + row * kb + j);
        if (means != 0) value = f32x4.sub(value, mean);
        if (b == a) value = f32x4.mul(value, value);
        else if (b != 0) value = f32x4.mul(value, v128.load(b + row * kb + j));
        partial = f32x4.add(partial, value);
      }
      low = f64x2.add(low, f64x2.promote_low_f32x4(partial));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(partial, partial, 2, 3, 2, 3)));
    }
    v128.store(sums + (j << 1), low);
    v128.store(sums + (j << 1), high, 16);
  }
}

/** Means and 1/√(variance + epsilon) of the batch, and the moving averages' next values. @param sums scratch f64[pitch] */
export function batchStatistics(
  x: usize, rows: usize, channels: usize, pitch: usize, epsilon: f32, momentum: f32,
  mean: usize, scale: usize, movingMean: usize, movingVariance: usize, sums: usize,
): void {
  columnSums(x, 0, 0, rows, pitch, sums);
  for (let c: usize = 0; c < channels; c++) {
    const value = <f32>(load<f64>(sums + (c << 3)) / <f64>rows);
    store<f32>(mean + (c << 2), value);
    blend(movingMean + (c << 2), value, momentum);
  }
  columnSums(x, x, mean, rows, pitch, sums);
  for (let c: usize = 0; c < channels; c++) {
    const variance = <f32>(load<f64>(sums + (c << 3)) / <f64>rows);
    store<f32>(scale + (c << 2), <f32>1 / sqrt<f32>(variance + epsilon));
    blend(movingVariance + (c << 2), variance, momentum);
  }
}

@inline
function blend(place: usize, value: f32, momentum: f32): void {
  store<f32>(place, load<f32>(place) * momentum + value * (1 - momentum));
}

/** 1/√(moving variance + epsilon), for inference. */
export function movingScale(movingVariance: usize, channels: usize, epsilon: f32, scale: usize): void {
  for (let c: usize = 0; c < channels; c++)
    store<f32>(scale + (c << 2), <f32>1 / sqrt<f32>(load<f32>(movingVariance + (c << 2)) + epsilon));
}

/** y = (x − mean) · scale · gamma + beta. */
export function normalize(
  x: usize, rows: usize, pitch: usize, mean: usize, scale: usize, gamma: usize, beta: usize, y: usize,
): void {
  const kb = pitch << 2;
  for (let j: usize = 0; j < kb; j += 16) {
    const m = v128.load(mean + j);
    const s = f32x4.mul(v128.load(scale + j), v128.load(gamma + j));
    const b = v128.load(beta + j);
    for (let row: usize = 0; row < rows; row++) {
      const at = row * kb + j;
      v128.store(y + at, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + at), m), s), b));
    }
  }
}

/**
 * dx = gamma · scale · (dy − mean(dy) − x̂ · mean(dy · x̂)), unless `dx` is 0.
 * @param dGamma, dBeta f32[pitch], filled in; sums scratch f64[pitch]
 */
export function normalizeBackward(
  x: usize, dy: usize, rows: usize, channels: usize, pitch: usize, mean: usize, scale: usize, gamma: usize,
  dGamma: usize, dBeta: usize, dx: usize, sums: usize,
): void {
  const kb = pitch << 2;
  columnSums(dy, 0, 0, rows, pitch, sums);
  for (let c: usize = 0; c < channels; c++) store<f32>(dBeta + (c << 2), <f32>load<f64>(sums + (c << 3)));
  // Σ dy·(x − mean), since x − mean is what the other order of arguments subtracts.
  columnSums(x, dy, mean, rows, pitch, sums);
  for (let c: usize = 0; c < channels; c++)
    store<f32>(dGamma + (c << 2), <f32>(load<f64>(sums + (c << 3)) * <f64>load<f32>(scale + (c << 2))));
  if (dx == 0) return;
  const share = f32x4.splat(1 / <f32>rows);
  for (let j: usize = 0; j < kb; j += 16) {
    const m = v128.load(mean + j);
    const s = v128.load(scale + j);
    const lead = f32x4.mul(s, v128.load(gamma + j));
    const shift = f32x4.mul(v128.load(dBeta + j), share);
    const tilt = f32x4.mul(f32x4.mul(v128.load(dGamma + j), share), s);
    for (let row: usize = 0; row < rows; row++) {
      const at = row * kb + j;
      const away = f32x4.mul(f32x4.sub(v128.load(x + at), m), tilt);
      v128.store(dx + at, f32x4.mul(lead, f32x4.sub(f32x4.sub(v128.load(dy + at), shift), away)));
    }
  }
}
