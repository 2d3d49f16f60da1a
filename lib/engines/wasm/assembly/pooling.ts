// Pooling of one image, four channels at a time. A window that hangs over the edge sees only the pixels that are
// there. Pixels are `pitch` floats, a multiple of 4; `top` and `left` are pixels of padding.

/**
 * The largest of each window, the first where there are several.
 * @param arg u32 like `out`: where the largest was, as y·argDown + x·argRight
 */
export function maxPool(
  image: usize, height: i32, width: i32, pitch: usize, tall: i32, wide: i32, strides: i32, top: i32, left: i32,
  rows: i32, columns: i32, out: usize, arg: usize, argDown: u32, argRight: u32,
): void {
  const kb = pitch << 2;
  if (tall == 2 && wide == 2 && top == 0 && left == 0 && (rows - 1) * strides + 2 <= height && (columns - 1) * strides + 2 <= width)
    return maxOfFour(image, width, kb, strides, rows, columns, out, arg, argDown, argRight);
  for (let y: i32 = 0; y < rows; y++)
    for (let x: i32 = 0; x < columns; x++, out += kb, arg += kb) {
      const y0 = max(y * strides - top, 0), y1 = min(y * strides - top + tall, height);
      const x0 = max(x * strides - left, 0), x1 = min(x * strides - left + wide, width);
      for (let j: usize = 0; j < kb; j += 16) {
        const first = <u32>y0 * argDown + <u32>x0 * argRight;
        let best = v128.load(image + <usize>(y0 * width + x0) * kb + j);
        let where = i32x4.splat(first);
        for (let iy = y0; iy < y1; iy++) {
          let p = image + <usize>(iy * width + x0) * kb + j;
          let place = <u32>iy * argDown + <u32>x0 * argRight;
          for (let ix = x0; ix < x1; ix++, p += kb, place += argRight) {
            const value = v128.load(p);
            const larger = f32x4.gt(value, best);
            best = v128.bitselect(value, best, larger);
            where = v128.bitselect(i32x4.splat(place), where, larger);
          }
        }
        v128.store(out + j, best);
        v128.store(arg + j, where);
      }
    }
}

/** The same for windows of 2×2 that lie within the image. */
function maxOfFour(
  image: usize, width: i32, kb: usize, strides: i32, rows: i32, columns: i32, out: usize, arg: usize,
  argDown: u32, argRight: u32,
): void {
  const down = <usize>width * kb;
  for (let y: i32 = 0; y < rows; y++) {
    let p = image + <usize>(y * strides) * down;
    let place = <u32>(y * strides) * argDown;
    for (let x: i32 = 0; x < columns; x++, out += kb, arg += kb, p += <usize>strides * kb, place += <u32>strides * argRight) {
      const here = i32x4.splat(place);
      const right = i32x4.splat(place + argRight);
      const below = i32x4.splat(place + argDown);
      const last = i32x4.splat(place + argDown + argRight);
      for (let j: usize = 0; j < kb; j += 16) {
        const a = v128.load(p + j), b = v128.load(p + kb + j), c = v128.load(p + down + j), d = v128.load(p + down + kb + j);
        const b1 = f32x4.gt(b, a);
        const upper = v128.bitselect(b, a, b1);
        const c1 = f32x4.gt(c, upper);
        const three = v128.bitselect(c, upper, c1);
        const d1 = f32x4.gt(d, three);
        v128.store(out + j, v128.bitselect(d, three, d1));
        const where = v128.bitselect(below, v128.bitselect(right, here, b1), c1);
        v128.store(arg + j, v128.bitselect(last, where, d1));
      }
    }
  }
}

@inline
function max(a: i32, b: i32): i32 {
  return a > b ? a : b;
}

@inline
function min(a: i32, b: i32): i32 {
  return a < b ? a : b;
}

/** Adds each gradient to the pixel that it came from: `arg` counts bytes from `dImage`, which holds zeros. */
export function maxPoolBackward(dz: usize, arg: usize, places: usize, pitch: usize, dImage: usize): void {
  const kb = pitch << 2;
  for (let place: usize = 0; place < places; place++)
    for (let j: usize = 0; j < kb; j += 4, dz += 4, arg += 4) {
      const pixel = dImage + <usize>load<u32>(arg) + j;
      store<f32>(pixel, load<f32>(pixel) + load<f32>(dz));
    }
}

/** The mean of each window's pixels. `backward` spreads gradients from `out` over `image`, which holds zeros. */
export function averagePool(
  image: usize, height: i32, width: i32, pitch: usize, tall: i32, wide: i32, strides: i32, top: i32, left: i32,
  rows: i32, columns: i32, out: usize, backward: bool,
): void {
  const kb = pitch << 2;
  for (let y: i32 = 0; y < rows; y++)
    for (let x: i32 = 0; x < columns; x++, out += kb) {
      const y0 = max(y * strides - top, 0), y1 = min(y * strides - top + tall, height);
      const x0 = max(x * strides - left, 0), x1 = min(x * strides - left + wide, width);
      const share = f32x4.splat(1 / <f32>((y1 - y0) * (x1 - x0)));
      for (let j: usize = 0; j < kb; j += 16) {
        const slope = f32x4.mul(v128.load(out + j), share);
        let sum = f32x4.splat(0);
        for (let iy = y0; iy < y1; iy++) {
          let p = image + <usize>(iy * width + x0) * kb + j;
          for (let ix = x0; ix < x1; ix++, p += kb)
            if (backward) v128.store(p, f32x4.add(v128.load(p), slope));
            else sum = f32x4.add(sum, v128.load(p));
        }
        if (!backward) v128.store(out + j, f32x4.mul(sum, share));
      }
    }
}
