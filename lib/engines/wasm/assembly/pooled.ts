// Backward through max pooling into a convolution, at the places of the maxima only: with windows of 2×2 that is a
// quarter of the work. For one image and one filter the gradients that are not zero stand in a list, 8 bytes each:
// u32 where the window begins in the image, f32 gradient. Kernels are turned over here: one filter after the other,
// each [size] rows of `run` floats rounded up to a multiple of 4.

/** Kernel [size · run] rows of `pitch` floats -> by filter. Padding is left as it is: zero. */
export function byFilter(kernel: usize, size: usize, run: usize, filters: usize, pitch: usize, out: usize): void {
  const padded = (run + 3) & ~3;
  for (let f: usize = 0; f < filters; f++)
    for (let row: usize = 0; row < size; row++)
      for (let i: usize = 0; i < run; i++)
        store<f32>(
          out + (((f * size + row) * padded + i) << 2),
          load<f32>(kernel + (((row * run + i) * pitch + f) << 2)),
        );
}

/** The way back. */
export function byRow(turned: usize, size: usize, run: usize, filters: usize, pitch: usize, out: usize): void {
  const padded = (run + 3) & ~3;
  for (let row: usize = 0; row < size; row++)
    for (let i: usize = 0; i < run; i++)
      for (let f: usize = 0; f < filters; f++)
        store<f32>(
          out + (((row * run + i) * pitch + f) << 2),
          load<f32>(turned + (((f * size + row) * padded + i) << 2)),
        );
}

/**
 * One image: adds to the kernel's gradient, and to the image's unless `dImage` is 0.
 * @param dz, places of `pitch` floats: gradients after pooling; arg: u32 like them, where each window begins, in bytes
 * @param kernel, gradient by filter; list scratch for `places` entries
 */
export function pooledBackward(
  image: usize, dImage: usize, rowBytes: usize, size: usize, run: usize, dz: usize, arg: usize, places: usize,
  filters: usize, pitch: usize, kernel: usize, gradient: usize, list: usize,
): void {
  const rowFloats = (run + 3) & ~3;
  const filterBytes = (size * rowFloats) << 2;
  const end = (places * pitch) << 2;
  for (let f: usize = 0; f < filters; f++) {
    let last = list;
    for (let i = f << 2; i < end; i += pitch << 2) {
      const slope = load<f32>(dz + i);
      store<u32>(last, load<u32>(arg + i));
      store<f32>(last, slope, 4);
      last += <usize>(slope != 0) << 3;
    }
    if (last == list) continue;
    kernelOf(list, last, image, rowBytes, size, rowFloats << 2, gradient + f * filterBytes);
    if (dImage != 0) imageOf(list, last, dImage, rowBytes, size, rowFloats << 2, kernel + f * filterBytes);
  }
}

/** gradient += Σ slope · window, up to six vectors held in registers over the whole list. */
function kernelOf(list: usize, end: usize, image: usize, rowBytes: usize, size: usize, bytes: usize, gradient: usize): void {
  if (bytes == 16 && size == 3) {
    let a = v128.load(gradient), b = v128.load(gradient, 16), c = v128.load(gradient, 32);
    for (let e = list; e < end; e += 8) {
      const p = image + <usize>load<u32>(e);
      const g = v128.load32_splat(e, 4);
      a = f32x4.add(a, f32x4.mul(g, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(g, v128.load(p + rowBytes)));
      c = f32x4.add(c, f32x4.mul(g, v128.load(p + 2 * rowBytes)));
    }
    v128.store(gradient, a); v128.store(gradient, b, 16); v128.store(gradient, c, 32);
    return;
  }
  for (let row: usize = 0; row < size; row++) {
    const from = image + row * rowBytes;
    const to = gradient + row * bytes;
    let i: usize = 0;
    for (; i + 96 <= bytes; i += 96) {
      const t = to + i;
      let a = v128.load(t), b = v128.load(t, 16), c = v128.load(t, 32);
      let d = v128.load(t, 48), k = v128.load(t, 64), l = v128.load(t, 80);
      for (let e = list; e < end; e += 8) {
        const p = from + i + <usize>load<u32>(e);
        const g = v128.load32_splat(e, 4);
        a = f32x4.add(a, f32x4.mul(g, v128.load(p))); b = f32x4.add(b, f32x4.mul(g, v128.load(p, 16)));
        c = f32x4.add(c, f32x4.mul(g, v128.load(p, 32))); d = f32x4.add(d, f32x4.mul(g, v128.load(p, 48)));
        k = f32x4.add(k, f32x4.mul(g, v128.load(p, 64))); l = f32x4.add(l, f32x4.mul(g, v128.load(p, 80)));
      }
      v128.store(t, a); v128.store(t, b, 16); v128.store(t, c, 32);
      v128.store(t, d, 48); v128.store(t, k, 64); v128.store(t, l, 80);
    }
    for (; i + 64 <= bytes; i += 64) {
      const t = to + i;
      let a = v128.load(t), b = v128.load(t, 16), c = v128.load(t, 32), d = v128.load(t, 48);
      for (let e = list; e < end; e += 8) {
        const p = from + i + <usize>load<u32>(e);
        const g = v128.load32_splat(e, 4);
        a = f32x4.add(a, f32x4.mul(g, v128.load(p))); b = f32x4.add(b, f32x4.mul(g, v128.load(p, 16)));
        c = f32x4.add(c, f32x4.mul(g, v128.load(p, 32))); d = f32x4.add(d, f32x4.mul(g, v128.load(p, 48)));
      }
      v128.store(t, a); v128.store(t, b, 16); v128.store(t, c, 32); v128.store(t, d, 48);
    }
    for (; i < bytes; i += 16) {
      let a = v128.load(to + i);
      for (let e = list; e < end; e += 8)
        a = f32x4.add(a, f32x4.mul(v128.load32_splat(e, 4), v128.load(from + i + <usize>load<u32>(e))));
      v128.store(to + i, a);
    }
  }
}

/** window += slope · kernel for each entry. Past a run the kernel is zero, so the pixels there stay. */
function imageOf(list: usize, end: usize, image: usize, rowBytes: usize, size: usize, bytes: usize, kernel: usize): void {
  for (let row: usize = 0; row < size; row++) {
    const to = image + row * rowBytes;
    const from = kernel + row * bytes;
    let i: usize = 0;
    for (; i + 192 <= bytes; i += 192) {
      const t = from + i;
      const a = v128.load(t), b = v128.load(t, 16), c = v128.load(t, 32), d = v128.load(t, 48);
      const k = v128.load(t, 64), l = v128.load(t, 80), m = v128.load(t, 96), n = v128.load(t, 112);
      const q = v128.load(t, 128), r = v128.load(t, 144), s = v128.load(t, 160), u = v128.load(t, 176);
      for (let e = list; e < end; e += 8) {
        const p = to + i + <usize>load<u32>(e);
        const g = v128.load32_splat(e, 4);
        v128.store(p, f32x4.add(v128.load(p), f32x4.mul(g, a)));
        v128.store(p, f32x4.add(v128.load(p, 16), f32x4.mul(g, b)), 16);
        v128.store(p, f32x4.add(v128.load(p, 32), f32x4.mul(g, c)), 32);
        v128.store(p, f32x4.add(v128.load(p, 48), f32x4.mul(g, d)), 48);
        v128.store(p, f32x4.add(v128.load(p, 64), f32x4.mul(g, k)), 64);
        v128.store(p, f32x4.add(v128.load(p, 80), f32x4.mul(g, l)), 80);
        v128.store(p, f32x4.add(v128.load(p, 96), f32x4.mul(g, m)), 96);
        v128.store(p, f32x4.add(v128.load(p, 112), f32x4.mul(g, n)), 112);
        v128.store(p, f32x4.add(v128.load(p, 128), f32x4.mul(g, q)), 128);
        v128.store(p, f32x4.add(v128.load(p, 144), f32x4.mul(g, r)), 144);
        v128.store(p, f32x4.add(v128.load(p, 160), f32x4.mul(g, s)), 160);
        v128.store(p, f32x4.add(v128.load(p, 176), f32x4.mul(g, u)), 176);
      }
    }
    for (; i + 64 <= bytes; i += 64) {
      const a = v128.load(from + i), b = v128.load(from + i, 16), c = v128.load(from + i, 32), d = v128.load(from + i, 48);
      for (let e = list; e < end; e += 8) {
        const p = to + i + <usize>load<u32>(e);
        const g = v128.load32_splat(e, 4);
        v128.store(p, f32x4.add(v128.load(p), f32x4.mul(g, a)));
        v128.store(p, f32x4.add(v128.load(p, 16), f32x4.mul(g, b)), 16);
        v128.store(p, f32x4.add(v128.load(p, 32), f32x4.mul(g, c)), 32);
        v128.store(p, f32x4.add(v128.load(p, 48), f32x4.mul(g, d)), 48);
      }
    }
    for (; i < bytes; i += 16) {
      const a = v128.load(from + i);
      for (let e = list; e < end; e += 8) {
        const p = to + i + <usize>load<u32>(e);
        v128.store(p, f32x4.add(v128.load(p), f32x4.mul(v128.load32_splat(e, 4), a)));
      }
    }
  }
}
