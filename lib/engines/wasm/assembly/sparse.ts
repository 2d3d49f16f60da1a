// The first layer on images that are mostly black: only lit pixels are looked at, in the forward pass by image,
// in the backward pass by pixel. A list entry is 8 bytes: u32 where its row begins, f32 value.
import { touch } from "./images";
import { idleIsFree, isPlainAdam, plainAdam, sleepsWithoutGradient, update } from "./optimizers";

/**
 * Lists the lit pixels of a batch, by image and by pixel.
 * @param values f32[256], what each byte means; stride of the rows of kernel and gradients, in floats
 * @param starts u32[count + 1], entries: by image; columnStarts u32[rowBytes + 1], columns: by pixel
 */
export function listLit(
  images: usize, rows: usize, count: usize, rowBytes: usize, values: usize, stride: usize,
  starts: usize, entries: usize, columnStarts: usize, columns: usize,
): void {
  const bytes = <u32>stride << 2;
  touch(images, rows, count, rowBytes);
  memory.fill(columnStarts, 0, (<usize>rowBytes + 1) << 2);
  let entry = entries;
  const whole = rowBytes & ~15;
  for (let n: usize = 0; n < count; n++) {
    store<u32>(starts + (n << 2), <u32>((entry - entries) >> 3));
    const image = images + <usize>load<u32>(rows + (n << 2)) * rowBytes;
    for (let i: usize = 0; i < whole; i += 16) {
      let lit = i8x16.bitmask(i8x16.ne(v128.load(image + i), i8x16.splat(0)));
      while (lit != 0) {
        const pixel = i + <usize>ctz(lit);
        lit &= lit - 1;
        entry = note(entry, pixel, image, values, columnStarts);
      }
    }
    for (let i: usize = whole; i < rowBytes; i++)
      if (load<u8>(image + i) != 0) entry = note(entry, i, image, values, columnStarts);
  }
  store<u32>(starts + (count << 2), <u32>((entry - entries) >> 3));

  // Counts become ends, and filling from the back turns ends into starts.
  let sum: u32 = 0;
  for (let i: usize = 0; i <= rowBytes; i++) {
    const place = columnStarts + (i << 2);
    sum += load<u32>(place);
    store<u32>(place, sum);
  }
  for (let n: i32 = <i32>count - 1; n >= 0; n--) {
    const begin = entries + ((<usize>load<u32>(starts + (n << 2))) << 3);
    const end = entries + ((<usize>load<u32>(starts + (n << 2), 4)) << 3);
    for (let e = begin; e < end; e += 8) {
      const pixel = load<u32>(e);
      store<u32>(e, pixel * bytes);
      const place = columnStarts + ((<usize>pixel) << 2);
      const at = load<u32>(place) - 1;
      store<u32>(place, at);
      const column = columns + ((<usize>at) << 3);
      store<u32>(column, <u32>n * bytes);
      store<u32>(column, load<u32>(e, 4), 4);
    }
  }
}

@inline
function note(entry: usize, pixel: usize, image: usize, values: usize, columnStarts: usize): usize {
  store<u32>(entry, <u32>pixel);
  store<f32>(entry, load<f32>(values + ((<usize>load<u8>(image + pixel)) << 2)), 4);
  const place = columnStarts + ((<usize>pixel) << 2);
  store<u32>(place, load<u32>(place) + 1);
  return entry + 8;
}

/**
 * out[n] = bias + Σ value · kernel[pixel]. Rows of kernel, bias and out are `stride` floats, a multiple of 4. All images
 * go over a few columns of the kernel before the next ones: those stay in a small cache.
 */
export function sparseForward(
  starts: usize, entries: usize, count: usize, kernel: usize, bias: usize, stride: usize, out: usize,
): void {
  const bytes = stride << 2;
  for (let j: usize = 0; j < bytes; ) {
    const block = blockAt(j, bytes);
    for (let n: usize = 0; n < count; n++) {
      const begin = entries + ((<usize>load<u32>(starts + (n << 2))) << 3);
      const end = entries + ((<usize>load<u32>(starts + (n << 2), 4)) << 3);
      const to = out + n * bytes;
      if (block == 96) sumBlock(begin, end, kernel + j, j, bias, to);
      else if (block == 64) sumFour(begin, end, kernel + j, j, bias, to);
      else sumVector(begin, end, kernel + j, j, bias, to);
    }
    j += block;
  }
}

/**
 * 24 columns of to = from + Σ value · matrix row over a list, from column `j` on (in bytes); `from` 0 means zeros. Six sums at a time: compilers
 * load all of an entry's row before they add, and with more the registers do not suffice.
 */
@inline
function sumBlock(begin: usize, end: usize, matrix: usize, j: usize, from: usize, to: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
  if (from != 0) {
    const b = from + j;
    s0 = v128.load(b); s1 = v128.load(b, 16); s2 = v128.load(b, 32);
    s3 = v128.load(b, 48); s4 = v128.load(b, 64); s5 = v128.load(b, 80);
  }
  for (let e = begin; e < end; e += 8) {
    const x = v128.load32_splat(e, 4);
    const row = matrix + <usize>load<u32>(e);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(x, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(x, v128.load(row, 80)));
  }
  const o = to + j;
  v128.store(o, s0); v128.store(o, s1, 16); v128.store(o, s2, 32);
  v128.store(o, s3, 48); v128.store(o, s4, 64); v128.store(o, s5, 80);
}

/** The same for 16 columns. */
@inline
function sumFour(begin: usize, end: usize, matrix: usize, j: usize, from: usize, to: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  if (from != 0) {
    const b = from + j;
    s0 = v128.load(b); s1 = v128.load(b, 16); s2 = v128.load(b, 32); s3 = v128.load(b, 48);
  }
  for (let e = begin; e < end; e += 8) {
    const x = v128.load32_splat(e, 4);
    const row = matrix + <usize>load<u32>(e);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)));
  }
  const o = to + j;
  v128.store(o, s0); v128.store(o, s1, 16); v128.store(o, s2, 32); v128.store(o, s3, 48);
}

/** How many columns of the rest go together: two blocks of 16 where 32 are left, which is quicker than 24 and 8. */
@inline
function blockAt(j: usize, bytes: usize): usize {
  const left = bytes - j;
  if (left >= 96 && left != 128 && left != 112) return 96;
  return left >= 64 ? 64 : 16;
}

@inline
function sumVector(begin: usize, end: usize, matrix: usize, j: usize, from: usize, to: usize): void {
  let s = from != 0 ? v128.load(from + j) : f32x4.splat(0);
  for (let e = begin; e < end; e += 8)
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(e, 4), v128.load(matrix + <usize>load<u32>(e))));
  v128.store(to + j, s);
}

/**
 * Gradient and step of the kernel, one pixel's row at a time.
 * @param lit u8[inputs]: 0 for a pixel that is black in all training images @param row scratch for one row
 */
export function sparseUpdate(
  columnStarts: usize, columns: usize, inputs: usize, lit: usize, dz: usize, stride: usize,
  kernel: usize, a: usize, b: usize, row: usize,
): void {
  const skipsIdle = idleIsFree();
  const skipsDark = sleepsWithoutGradient();
  const isAdam = isPlainAdam();
  const bytes = stride << 2;
  for (let i: usize = 0; i < inputs; i++) {
    if (skipsDark && load<u8>(lit + i) == 0) continue;
    const begin = columns + ((<usize>load<u32>(columnStarts + (i << 2))) << 3);
    const end = columns + ((<usize>load<u32>(columnStarts + (i << 2), 4)) << 3);
    if (begin == end && skipsIdle) continue;
    const offset = i * bytes;
    for (let j: usize = 0; j < bytes; ) {
      const block = blockAt(j, bytes);
      if (block == 96) sumBlock(begin, end, dz + j, j, 0, row);
      else if (block == 64) sumFour(begin, end, dz + j, j, 0, row);
      else sumVector(begin, end, dz + j, j, 0, row);
      // Block by block: while the divisions of one are under way, the sums of the next begin.
      if (isAdam) plainAdam(kernel + offset + j, a + offset + j, b + offset + j, row + j, block);
      j += block;
    }
    if (!isAdam) update(kernel + offset, a + offset, b + offset, row, stride);
  }
}
