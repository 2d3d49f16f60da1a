// Images stay bytes; these are the ways in which a batch of them becomes numbers.

/** Takes what is read for nothing, so that no compiler leaves the reading out. */
let touched: u32 = 0;

/**
 * Reads a byte of each cache line of these images. They lie anywhere in the file: waiting for all of them together is
 * a fraction of waiting for one after the other.
 */
export function touch(images: usize, rows: usize, count: usize, rowBytes: usize): void {
  let sum: u32 = 0;
  for (let n: usize = 0; n < count; n++) {
    const image = images + <usize>load<u32>(rows + (n << 2)) * rowBytes;
    for (let i: usize = 0; i < rowBytes; i += 64) sum += load<u8>(image + i);
  }
  touched = sum;
}

/** Rows of a file as floats, `stride` apart. @param values f32[256], what each byte means */
export function gather(
  images: usize,
  rows: usize,
  count: usize,
  rowBytes: usize,
  values: usize,
  out: usize,
  stride: usize,
): void {
  touch(images, rows, count, rowBytes);
  for (let n: usize = 0; n < count; n++) {
    const image = images + <usize>load<u32>(rows + (n << 2)) * rowBytes;
    const row = out + ((n * stride) << 2);
    for (let i: usize = 0; i < rowBytes; i++)
      store<f32>(row + (i << 2), load<f32>(values + ((<usize>load<u8>(image + i)) << 2)));
  }
}

/** Marks in `lit` (u8[rowBytes]) every pixel that is not black in one of these images; returns how many were not. */
export function markLit(images: usize, count: usize, rowBytes: usize, lit: usize): u32 {
  let total: u32 = 0;
  for (let n: usize = 0; n < count; n++, images += rowBytes)
    for (let i: usize = 0; i < rowBytes; i++)
      if (load<u8>(images + i) != 0) {
        store<u8>(lit + i, 1);
        total++;
      }
  return total;
}
