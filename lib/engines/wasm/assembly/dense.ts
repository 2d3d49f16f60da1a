// Dense layers on dense inputs. Rows of every matrix are padded to a multiple of four floats; paddings of
// kernels and gradients are zero and stay so. Sums run in the order of the inputs, whatever the blocking.
import { update } from "./optimizers";

/** out[n] = bias + x[n] · kernel. @param inputs columns of x, of which rows are `xStride` floats apart */
export function denseForward(
  x: usize, xStride: usize, count: usize, inputs: usize, kernel: usize, bias: usize, stride: usize, out: usize,
): void {
  const xb = xStride << 2;
  const kb = stride << 2;
  let n: usize = 0;
  for (; n + 4 <= count; n += 4) {
    const x0 = x + n * xb;
    const o = out + n * kb;
    let j: usize = 0;
    for (; j + 32 <= kb; j += 32) {
      let a0 = bias != 0 ? v128.load(bias + j) : f32x4.splat(0);
      let b0 = bias != 0 ? v128.load(bias + j, 16) : a0;
      let a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
      let k = kernel + j;
      for (let i: usize = 0; i < inputs << 2; i += 4, k += kb) {
        const ka = v128.load(k);
        const kc = v128.load(k, 16);
        const p0 = v128.load32_splat(x0 + i);
        a0 = f32x4.add(a0, f32x4.mul(p0, ka)); b0 = f32x4.add(b0, f32x4.mul(p0, kc));
        const p1 = v128.load32_splat(x0 + xb + i);
        a1 = f32x4.add(a1, f32x4.mul(p1, ka)); b1 = f32x4.add(b1, f32x4.mul(p1, kc));
        const p2 = v128.load32_splat(x0 + 2 * xb + i);
        a2 = f32x4.add(a2, f32x4.mul(p2, ka)); b2 = f32x4.add(b2, f32x4.mul(p2, kc));
        const p3 = v128.load32_splat(x0 + 3 * xb + i);
        a3 = f32x4.add(a3, f32x4.mul(p3, ka)); b3 = f32x4.add(b3, f32x4.mul(p3, kc));
      }
      v128.store(o + j, a0); v128.store(o + j, b0, 16);
      v128.store(o + kb + j, a1); v128.store(o + kb + j, b1, 16);
      v128.store(o + 2 * kb + j, a2); v128.store(o + 2 * kb + j, b2, 16);
      v128.store(o + 3 * kb + j, a3); v128.store(o + 3 * kb + j, b3, 16);
    }
    for (; j < kb; j += 16) {
      let a0 = bias != 0 ? v128.load(bias + j) : f32x4.splat(0);
      let a1 = a0, a2 = a0, a3 = a0;
      let k = kernel + j;
      for (let i: usize = 0; i < inputs << 2; i += 4, k += kb) {
        const ka = v128.load(k);
        a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(x0 + i), ka));
        a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(x0 + xb + i), ka));
        a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(x0 + 2 * xb + i), ka));
        a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(x0 + 3 * xb + i), ka));
      }
      v128.store(o + j, a0); v128.store(o + kb + j, a1);
      v128.store(o + 2 * kb + j, a2); v128.store(o + 3 * kb + j, a3);
    }
  }
  for (; n < count; n++) {
    const x0 = x + n * xb;
    for (let j: usize = 0; j < kb; j += 16) {
      let s = bias != 0 ? v128.load(bias + j) : f32x4.splat(0);
      let k = kernel + j;
      for (let i: usize = 0; i < inputs << 2; i += 4, k += kb)
        s = f32x4.add(s, f32x4.mul(v128.load32_splat(x0 + i), v128.load(k)));
      v128.store(out + n * kb + j, s);
    }
  }
}

@inline
function total(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** dx[n][i] = dz[n] · kernel[i]. Each sum runs over four lanes, then across them, in blocks and tails alike. */
export function denseBackward(
  dz: usize, stride: usize, count: usize, kernel: usize, inputs: usize, dx: usize, dxStride: usize,
): void {
  const kb = stride << 2;
  const xb = dxStride << 2;
  let n: usize = 0;
  for (; n + 2 <= count; n += 2) {
    const z0 = dz + n * kb;
    const z1 = z0 + kb;
    const d0 = dx + n * xb;
    let i: usize = 0;
    for (; i + 4 <= inputs; i += 4) {
      const k0 = kernel + i * kb;
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      for (let j: usize = 0; j < kb; j += 16) {
        const za = v128.load(z0 + j);
        const zb = v128.load(z1 + j);
        const w0 = v128.load(k0 + j);
        a0 = f32x4.add(a0, f32x4.mul(za, w0)); b0 = f32x4.add(b0, f32x4.mul(zb, w0));
        const w1 = v128.load(k0 + kb + j);
        a1 = f32x4.add(a1, f32x4.mul(za, w1)); b1 = f32x4.add(b1, f32x4.mul(zb, w1));
        const w2 = v128.load(k0 + 2 * kb + j);
        a2 = f32x4.add(a2, f32x4.mul(za, w2)); b2 = f32x4.add(b2, f32x4.mul(zb, w2));
        const w3 = v128.load(k0 + 3 * kb + j);
        a3 = f32x4.add(a3, f32x4.mul(za, w3)); b3 = f32x4.add(b3, f32x4.mul(zb, w3));
      }
      const o = d0 + (i << 2);
      store<f32>(o, total(a0)); store<f32>(o, total(a1), 4); store<f32>(o, total(a2), 8); store<f32>(o, total(a3), 12);
      const p = o + xb;
      store<f32>(p, total(b0)); store<f32>(p, total(b1), 4); store<f32>(p, total(b2), 8); store<f32>(p, total(b3), 12);
    }
    for (; i < inputs; i++) {
      store<f32>(d0 + (i << 2), dot(z0, kernel + i * kb, kb));
      store<f32>(d0 + xb + (i << 2), dot(z1, kernel + i * kb, kb));
    }
  }
  for (; n < count; n++)
    for (let i: usize = 0; i < inputs; i++)
      store<f32>(dx + n * xb + (i << 2), dot(dz + n * kb, kernel + i * kb, kb));
}

@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let s = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) s = f32x4.add(s, f32x4.mul(v128.load(a + j), v128.load(b + j)));
  return total(s);
}

/**
 * Gradient and step of the kernel, four of its rows at a time: kernel −= step(Σ x[n]ᵀ · dz[n]).
 * @param tile scratch for four rows
 */
export function denseUpdate(
  x: usize, xStride: usize, count: usize, inputs: usize, dz: usize, stride: usize,
  kernel: usize, a: usize, b: usize, tile: usize,
): void {
  const xb = xStride << 2;
  const kb = stride << 2;
  let i: usize = 0;
  for (; i + 4 <= inputs; i += 4) {
    const x0 = x + (i << 2);
    let j: usize = 0;
    for (; j + 32 <= kb; j += 32) {
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let p = x0;
      let z = dz + j;
      for (let n: usize = 0; n < count; n++, p += xb, z += kb) {
        const za = v128.load(z);
        const zb = v128.load(z, 16);
        const p0 = v128.load32_splat(p);
        a0 = f32x4.add(a0, f32x4.mul(p0, za)); b0 = f32x4.add(b0, f32x4.mul(p0, zb));
        const p1 = v128.load32_splat(p, 4);
        a1 = f32x4.add(a1, f32x4.mul(p1, za)); b1 = f32x4.add(b1, f32x4.mul(p1, zb));
        const p2 = v128.load32_splat(p, 8);
        a2 = f32x4.add(a2, f32x4.mul(p2, za)); b2 = f32x4.add(b2, f32x4.mul(p2, zb));
        const p3 = v128.load32_splat(p, 12);
        a3 = f32x4.add(a3, f32x4.mul(p3, za)); b3 = f32x4.add(b3, f32x4.mul(p3, zb));
      }
      const t = tile + j;
      v128.store(t, a0); v128.store(t, b0, 16);
      v128.store(t + kb, a1); v128.store(t + kb, b1, 16);
      v128.store(t + 2 * kb, a2); v128.store(t + 2 * kb, b2, 16);
      v128.store(t + 3 * kb, a3); v128.store(t + 3 * kb, b3, 16);
    }
    for (; j < kb; j += 16) for (let k: usize = 0; k < 4; k++) v128.store(tile + k * kb + j, column(x0 + (k << 2), xb, count, dz + j, kb));
    update(kernel + i * kb, a + i * kb, b + i * kb, tile, stride << 2);
  }
  for (; i < inputs; i++) {
    for (let j: usize = 0; j < kb; j += 16) v128.store(tile + j, column(x + (i << 2), xb, count, dz + j, kb));
    update(kernel + i * kb, a + i * kb, b + i * kb, tile, stride);
  }
}

@inline
function column(p: usize, xb: usize, count: usize, z: usize, kb: usize): v128 {
  let s = f32x4.splat(0);
  for (let n: usize = 0; n < count; n++, p += xb, z += kb) s = f32x4.add(s, f32x4.mul(v128.load32_splat(p), v128.load(z)));
  return s;
}

/** Gradient and step of a bias. @param row scratch for one row */
export function biasUpdate(dz: usize, stride: usize, count: usize, bias: usize, a: usize, b: usize, row: usize): void {
  const kb = stride << 2;
  for (let j: usize = 0; j < kb; j += 16) {
    let s = f32x4.splat(0);
    for (let n: usize = 0; n < count; n++) s = f32x4.add(s, v128.load(dz + n * kb + j));
    v128.store(row + j, s);
  }
  update(bias, a, b, row, stride);
}
