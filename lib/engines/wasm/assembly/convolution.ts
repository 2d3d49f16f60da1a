// Convolutions of one image at a time, so that all of it stays in a phone's first cache. An image is rows of pixels of
// `cin` floats without gaps; a window's row is then one `run` of size·cin floats. Offsets and steps are in bytes;
// kernels are [size · run] rows of `pitch` floats, a multiple of 4, with zeros in the padding.

/**
 * out[y][x] = bias + Σ window(y, x) · kernel, for rows·columns places.
 * @param rowBytes of the image; down, right: from one window to the next
 * @param dark 1 where windows are often black: those are passed over
 */
export function convolve(
  image: usize, rowBytes: usize, down: usize, right: usize, rows: usize, columns: usize,
  size: usize, run: usize, kernel: usize, pitch: usize, bias: usize, out: usize, dark: bool,
): void {
  const kb = pitch << 2;
  const total = rows * columns;
  let y: usize = 0;
  let x: usize = 0;
  let p3 = image;
  for (let place: usize = 0; place < total; place += 4) {
    // Four windows, which may lie in two rows of the image; past the end the last one is repeated.
    const p0 = p3;
    if (place + 1 < total) { if (++x == columns) { x = 0; y++; } p3 = image + y * down + x * right; }
    const p1 = p3;
    if (place + 2 < total) { if (++x == columns) { x = 0; y++; } p3 = image + y * down + x * right; }
    const p2 = p3;
    if (place + 3 < total) { if (++x == columns) { x = 0; y++; } p3 = image + y * down + x * right; }
    const last = p3;
    if (place + 4 < total) { if (++x == columns) { x = 0; y++; } p3 = image + y * down + x * right; }
    const count = total - place < 4 ? total - place : 4;
    const o = out + place * kb;
    if (dark && !(lit(p0, rowBytes, size, run) || lit(p1, rowBytes, size, run) || lit(p2, rowBytes, size, run) || lit(last, rowBytes, size, run))) {
      for (let n: usize = 0; n < count; n++) for (let j: usize = 0; j < kb; j += 16)
        v128.store(o + n * kb + j, bias != 0 ? v128.load(bias + j) : f32x4.splat(0));
      continue;
    }
    let j: usize = 0;
    for (; j + 32 <= kb; j += 32) {
      let a0 = bias != 0 ? v128.load(bias + j) : f32x4.splat(0);
      let b0 = bias != 0 ? v128.load(bias + j, 16) : a0;
      let a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
      let k = kernel + j;
      for (let row: usize = 0; row < size * rowBytes; row += rowBytes)
        for (let i = row; i < row + (run << 2); i += 4, k += kb) {
          const ka = v128.load(k);
          const kc = v128.load(k, 16);
          const s0 = v128.load32_splat(p0 + i);
          a0 = f32x4.add(a0, f32x4.mul(s0, ka)); b0 = f32x4.add(b0, f32x4.mul(s0, kc));
          const s1 = v128.load32_splat(p1 + i);
          a1 = f32x4.add(a1, f32x4.mul(s1, ka)); b1 = f32x4.add(b1, f32x4.mul(s1, kc));
          const s2 = v128.load32_splat(p2 + i);
          a2 = f32x4.add(a2, f32x4.mul(s2, ka)); b2 = f32x4.add(b2, f32x4.mul(s2, kc));
          const s3 = v128.load32_splat(last + i);
          a3 = f32x4.add(a3, f32x4.mul(s3, ka)); b3 = f32x4.add(b3, f32x4.mul(s3, kc));
        }
      v128.store(o + j, a0); v128.store(o + j, b0, 16);
      if (count > 1) { v128.store(o + kb + j, a1); v128.store(o + kb + j, b1, 16); }
      if (count > 2) { v128.store(o + 2 * kb + j, a2); v128.store(o + 2 * kb + j, b2, 16); }
      if (count > 3) { v128.store(o + 3 * kb + j, a3); v128.store(o + 3 * kb + j, b3, 16); }
    }
    for (; j < kb; j += 16) {
      let a0 = bias != 0 ? v128.load(bias + j) : f32x4.splat(0);
      let a1 = a0, a2 = a0, a3 = a0;
      let k = kernel + j;
      for (let row: usize = 0; row < size * rowBytes; row += rowBytes)
        for (let i = row; i < row + (run << 2); i += 4, k += kb) {
          const ka = v128.load(k);
          a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(p0 + i), ka));
          a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(p1 + i), ka));
          a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(p2 + i), ka));
          a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(last + i), ka));
        }
      v128.store(o + j, a0);
      if (count > 1) v128.store(o + kb + j, a1);
      if (count > 2) v128.store(o + 2 * kb + j, a2);
      if (count > 3) v128.store(o + 3 * kb + j, a3);
    }
  }
}

/** True where a window holds anything but zeros; floats past the run may be looked at too. */
@inline
function lit(window: usize, rowBytes: usize, size: usize, run: usize): bool {
  let any = v128.load(window);
  for (let row: usize = 0; row < size; row++)
    for (let i: usize = 0; i < run << 2; i += 16) any = v128.or(any, v128.load(window + row * rowBytes + i));
  return v128.any_true(any);
}

/**
 * gradient[k] += Σ over places of window[k] · dz, where every place has a gradient. Rows of `gradient` are
 * rounded up to a multiple of 4 for each of the window's rows; what the extra ones hold means nothing.
 */
export function convolveKernel(
  image: usize, rowBytes: usize, down: usize, right: usize, rows: usize, columns: usize,
  size: usize, run: usize, dz: usize, pitch: usize, gradient: usize,
): void {
  const kb = pitch << 2;
  let g = gradient;
  for (let row: usize = 0; row < size; row++)
    for (let i: usize = 0; i < run; i += 4, g += kb << 2) {
      const from = image + row * rowBytes + (i << 2);
      let j: usize = 0;
      for (; j + 32 <= kb; j += 32) {
        const t = g + j;
        let a0 = v128.load(t), b0 = v128.load(t, 16);
        let a1 = v128.load(t + kb), b1 = v128.load(t + kb, 16);
        let a2 = v128.load(t + 2 * kb), b2 = v128.load(t + 2 * kb, 16);
        let a3 = v128.load(t + 3 * kb), b3 = v128.load(t + 3 * kb, 16);
        let z = dz + j;
        for (let y: usize = 0; y < rows; y++) {
          let p = from + y * down;
          for (let x: usize = 0; x < columns; x++, p += right, z += kb) {
            const za = v128.load(z);
            const zb = v128.load(z, 16);
            const s0 = v128.load32_splat(p);
            a0 = f32x4.add(a0, f32x4.mul(s0, za)); b0 = f32x4.add(b0, f32x4.mul(s0, zb));
            const s1 = v128.load32_splat(p, 4);
            a1 = f32x4.add(a1, f32x4.mul(s1, za)); b1 = f32x4.add(b1, f32x4.mul(s1, zb));
            const s2 = v128.load32_splat(p, 8);
            a2 = f32x4.add(a2, f32x4.mul(s2, za)); b2 = f32x4.add(b2, f32x4.mul(s2, zb));
            const s3 = v128.load32_splat(p, 12);
            a3 = f32x4.add(a3, f32x4.mul(s3, za)); b3 = f32x4.add(b3, f32x4.mul(s3, zb));
          }
        }
        v128.store(t, a0); v128.store(t, b0, 16);
        v128.store(t + kb, a1); v128.store(t + kb, b1, 16);
        v128.store(t + 2 * kb, a2); v128.store(t + 2 * kb, b2, 16);
        v128.store(t + 3 * kb, a3); v128.store(t + 3 * kb, b3, 16);
      }
      for (; j < kb; j += 16) {
        const t = g + j;
        let a0 = v128.load(t), a1 = v128.load(t + kb), a2 = v128.load(t + 2 * kb), a3 = v128.load(t + 3 * kb);
        let z = dz + j;
        for (let y: usize = 0; y < rows; y++) {
          let p = from + y * down;
          for (let x: usize = 0; x < columns; x++, p += right, z += kb) {
            const za = v128.load(z);
            a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(p), za));
            a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(p, 4), za));
            a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(p, 8), za));
            a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(p, 12), za));
          }
        }
        v128.store(t, a0); v128.store(t + kb, a1); v128.store(t + 2 * kb, a2); v128.store(t + 3 * kb, a3);
      }
    }
}

/**
 * Copies pixels of `channels` floats between grids: pixel (y, x) goes to `to` + y·toDown + x·toRight. This pads,
 * spreads out and cuts; what lies between is left as it is.
 */
export function copyPixels(
  from: usize, fromDown: usize, fromRight: usize, to: usize, toDown: usize, toRight: usize,
  rows: usize, columns: usize, channels: usize,
): void {
  const bytes = channels << 2;
  if (fromRight == bytes && toRight == bytes) {
    for (let y: usize = 0; y < rows; y++) memory.copy(to + y * toDown, from + y * fromDown, columns * bytes);
    return;
  }
  for (let y: usize = 0; y < rows; y++) {
    let source = from + y * fromDown;
    let target = to + y * toDown;
    for (let x: usize = 0; x < columns; x++, source += fromRight, target += toRight) {
      let i: usize = 0;
      for (; i + 16 <= bytes; i += 16) v128.store(target + i, v128.load(source + i));
      for (; i < bytes; i += 4) store<f32>(target + i, load<f32>(source + i));
    }
  }
}

/**
 * A kernel [size][size][cin] of rows [pitch] as the gradient by the input needs it: turned by half a turn, and
 * [size][size][filters] of rows [outPitch], whose padding stays as it is.
 */
export function turnKernel(
  kernel: usize, size: usize, cin: usize, filters: usize, pitch: usize, turned: usize, outPitch: usize,
): void {
  const taps = size * size;
  for (let tap: usize = 0; tap < taps; tap++)
    for (let c: usize = 0; c < cin; c++) {
      const row = kernel + (((tap * cin + c) * pitch) << 2);
      const target = turned + (((taps - 1 - tap) * filters * outPitch + c) << 2);
      for (let f: usize = 0; f < filters; f++)
        store<f32>(target + ((f * outPitch) << 2), load<f32>(row + (f << 2)));
    }
}

/** Drops the extra rows of convolveKernel's gradient, in place. */
export function packRows(gradient: usize, size: usize, run: usize, pitch: usize): void {
  const padded = (run + 3) & ~3;
  if (padded == run) return;
  for (let row: usize = 1; row < size; row++)
    memory.copy(gradient + ((row * run * pitch) << 2), gradient + ((row * padded * pitch) << 2), (run * pitch) << 2);
}
