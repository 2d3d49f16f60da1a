// Training images moved and blurred, in whole numbers; ../../../spec/augment says what is drawn by lot, and does the same
// to the byte for the other engines.
import { bitsAt } from "./elementwise";

/** Images of a file, by number, through their maps (i32[count, 6], 16.16) into `out`; copied where `maps` is 0. */
export function warp(
  images: usize, rows: usize, count: usize, height: i32, width: i32, channels: i32, maps: usize, out: usize,
): void {
  const bytes = <usize>(height * width * channels);
  for (let n: usize = 0; n < count; n++, out += bytes) {
    const image = images + <usize>load<u32>(rows + (n << 2)) * bytes;
    if (maps == 0) memory.copy(out, image, bytes);
    else warpOne(image, height, width, channels, maps + 24 * n, out);
  }
}

function warpOne(image: usize, height: i32, width: i32, channels: i32, map: usize, out: usize): void {
  const a = load<i32>(map), b = load<i32>(map, 4), c = load<i32>(map, 8), d = load<i32>(map, 12);
  const e = load<i32>(map, 16), f = load<i32>(map, 20);
  for (let row: i32 = 0; row < height; row++) {
    let sx = b * row + e;
    let sy = d * row + f;
    for (let column: i32 = 0; column < width; column++, sx += a, sy += c) {
      const x = sx >> 16, y = sy >> 16;
      const fx = (sx >> 8) & 255, fy = (sy >> 8) & 255;
      for (let channel: i32 = 0; channel < channels; channel++, out++) {
        const upper = at(image, x, y, channel, height, width, channels) * (256 - fx)
          + at(image, x + 1, y, channel, height, width, channels) * fx;
        const lower = at(image, x, y + 1, channel, height, width, channels) * (256 - fx)
          + at(image, x + 1, y + 1, channel, height, width, channels) * fx;
        store<u8>(out, <u8>((upper * (256 - fy) + lower * fy + 32768) >> 16));
      }
    }
  }
}

@inline
function at(image: usize, x: i32, y: i32, channel: i32, height: i32, width: i32, channels: i32): i32 {
  if (<u32>x >= <u32>width || <u32>y >= <u32>height) return 0;
  return <i32>load<u8>(image + <usize>((y * width + x) * channels + channel));
}

/** Adds ((sum of four random bytes − 510) · amplitude) / 2¹⁶ to each byte, kept within 0 and `most`. */
export function addNoise(images: usize, count: usize, bytes: usize, keys: usize, amplitude: i32, most: i32): void {
  for (let n: usize = 0; n < count; n++) {
    const key = load<u32>(keys + (n << 2));
    for (let i: usize = 0; i < bytes; i++, images++) {
      const bits = bitsAt(key, <u32>i);
      const sum = <i32>((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24));
      let value = <i32>load<u8>(images) + (((sum - 510) * amplitude + 32768) >> 16);
      value = value < 0 ? 0 : value > most ? most : value;
      store<u8>(images, <u8>value);
    }
  }
}
