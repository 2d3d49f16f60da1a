import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { Augmenter } from "./augment";
import type { AugmentationSpec } from "./experiment";

const shape = [28, 28, 1];
const source = mnistFromDisk();
const images = (await source.images("train", 0)).slice(0, 64 * 784);

const augmenter = (augmentation: AugmentationSpec[], scale = 255, seed = 1) =>
  new Augmenter(augmentation, shape, scale, seed);
const shift = (pixels: number): AugmentationSpec => ({ kind: "shift", pixels });

/** An augmenter whose maps are given, in 16.16 fixed point. */
function mapped(map: readonly number[], size: readonly number[], scale = 255): Augmenter {
  const fixed = new Augmenter([shift(1)], size, scale, 1);
  fixed.maps = (_, count) =>
    Int32Array.from({ length: 6 * count }, (_, i) => Math.round(65536 * map[i % 6]!));
  return fixed;
}

test("no entries leave the bytes as they are", () => {
  const none = augmenter([]);
  expect(none.active).toBe(false);
  expect(none.apply(images, 0)).toEqual(images);
});

test("entries that move nothing leave them, too", () => {
  const still = augmenter([
    shift(0),
    { kind: "rotate", degrees: 0 },
    { kind: "zoom", factor: 0 },
    { kind: "noise", stddev: 0 },
  ]);
  expect(still.active).toBe(true);
  expect(still.apply(images, 3)).toEqual(images);
});

test("does not write into its input", () => {
  const before = images.slice();
  augmenter([shift(3), { kind: "noise", stddev: 0.3 }]).apply(images, 0);
  expect(images).toEqual(before);
});

test("a shift by whole pixels moves an image exactly, and black comes in", () => {
  // A pixel's colour comes from two columns to the right and one row above.
  const moved = mapped([1, 0, 0, 1, 2, -1], shape).apply(images, 0);
  for (let n = 0; n < 64; n++)
    for (let y = 0; y < 28; y++)
      for (let x = 0; x < 28; x++) {
        const inside = x + 2 < 28 && y - 1 >= 0;
        expect(moved[n * 784 + y * 28 + x]).toBe(inside ? images[n * 784 + (y - 1) * 28 + x + 2] : 0);
      }
});

test("a shift by half a pixel is the mean of two, rounded", () => {
  const [first, half] = [Uint8Array.of(10, 20, 255, 0), mapped([1, 0, 0, 1, 0.5, 0], [1, 4, 1])];
  expect([...half.apply(first, 0)]).toEqual([15, 138, 128, 0]);
});

test("a drawn shift stays within its pixels and differs from image to image", () => {
  const maps = augmenter([shift(3)]).maps(0, 5000)!;
  const shifts = Array.from({ length: 10_000 }, (_, i) => maps[6 * (i >> 1) + 4 + (i & 1)]! / 65536);
  expect(Math.max(...shifts)).toBeLessThanOrEqual(3);
  expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-3);
  expect(new Set(shifts).size).toBeGreaterThan(9000);
  const mean = shifts.reduce((sum, value) => sum + value, 0) / 1e4;
  const spread = Math.sqrt(shifts.reduce((sum, value) => sum + value * value, 0) / 1e4);
  expect(Math.abs(mean)).toBeLessThan(0.07);
  // Uniform between −3 and 3.
  expect(spread).toBeCloseTo(Math.sqrt(3), 1);
});

test("a quarter turn moves every pixel to its place", () => {
  const [size, turned] = [5, mapped([0, 1, -1, 0, 0, 4], [5, 5, 1])];
  const image = Uint8Array.from({ length: 25 }, (_, i) => i * 10);
  const out = turned.apply(image, 0);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) expect(out[y * size + x]).toBe(image[(4 - x) * size + y]);
});

test("a rotation keeps the centre where it is and no length changes", () => {
  const odd = new Augmenter([{ kind: "rotate", degrees: 180 }], [29, 29, 1], 255, 5);
  const maps = odd.maps(2, 100)!;
  const angles = Array.from({ length: 100 }, (_, n) => {
    const [a, b, c, d, e, f] = [...maps.subarray(6 * n, 6 * n + 6)].map((value) => value / 65536);
    expect(a! * 14 + b! * 14 + e!).toBeCloseTo(14, 3);
    expect(c! * 14 + d! * 14 + f!).toBeCloseTo(14, 3);
    expect(a! * d! - b! * c!).toBeCloseTo(1, 3);
    expect([a, b]).toEqual([d, -c!]);
    return Math.atan2(b!, a!);
  });
  expect(Math.max(...angles)).toBeGreaterThan(2.5);
  expect(Math.min(...angles)).toBeLessThan(-2.5);
  const image = new Uint8Array(29 * 29);
  image[14 * 29 + 14] = 200;
  // What fixed point rounds away from the centre costs at most one 256th along each axis.
  for (let step = 0; step < 20; step++)
    expect(odd.apply(image, step)[14 * 29 + 14]).toBeGreaterThanOrEqual(198);
});

test("a zoom keeps the centre and makes images larger or smaller by at most its factor", () => {
  const maps = augmenter([{ kind: "zoom", factor: 0.25 }]).maps(0, 200)!;
  const sizes = Array.from({ length: 200 }, (_, n) => {
    const [a, b, c, d, e, f] = [...maps.subarray(6 * n, 6 * n + 6)].map((value) => value / 65536);
    expect([b === 0, c === 0, a]).toEqual([true, true, d]);
    expect(a! * 13.5 + e!).toBeCloseTo(13.5, 3);
    expect(d! * 13.5 + f!).toBeCloseTo(13.5, 3);
    return 1 / a!;
  });
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1.2501);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.7499);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeGreaterThan(0.4);
});

test("moves are done in the order of the list", () => {
  const turnThenShift = augmenter([{ kind: "rotate", degrees: 90 }, shift(5)]).maps(0, 20)!;
  const shiftThenTurn = augmenter([shift(5), { kind: "rotate", degrees: 90 }]).maps(0, 20)!;
  expect(turnThenShift).not.toEqual(shiftThenTurn);
});

test.each([0.05, 0.1, 0.3])("noise of %f has that spread about 0 where nothing is cut off", (stddev) => {
  const noisy = new Augmenter([{ kind: "noise", stddev }], [100, 100, 1], 255, 9);
  const out = noisy.apply(new Uint8Array(10_000).fill(128), 0);
  const deviations = [...out].map((byte) => (byte - 128) / 255);
  const mean = deviations.reduce((sum, value) => sum + value, 0) / 1e4;
  expect(Math.abs(mean)).toBeLessThan(4 * (stddev / 100) + 0.5 / 255);
  const spread = Math.sqrt(deviations.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 1e4);
  // At 0.3 a tenth of the numbers is beyond black or white.
  if (stddev < 0.2) expect(spread / stddev).toBeCloseTo(1, 1);
  else expect(spread).toBeLessThan(stddev);
});

test("noise is about normal: two thirds lie within one standard deviation, none beyond what four bytes add up to", () => {
  const noisy = new Augmenter([{ kind: "noise", stddev: 0.1 }], [100, 100, 1], 255, 9);
  const sizes = [...noisy.apply(new Uint8Array(10_000).fill(128), 1)].map(
    (byte) => Math.abs(byte - 128) / 25.5,
  );
  expect(sizes.filter((size) => size < 1).length / 1e4).toBeCloseTo(0.68, 1);
  expect(Math.max(...sizes)).toBeGreaterThan(2.5);
  expect(Math.max(...sizes)).toBeLessThan(3.6);
});

test("data whose white is 16 stays between 0 and 16, and has noise in proportion", () => {
  const all: AugmentationSpec[] = [
    shift(2),
    { kind: "rotate", degrees: 30 },
    { kind: "zoom", factor: 0.2 },
    { kind: "noise", stddev: 0.2 },
  ];
  const small = new Augmenter(all, [8, 8, 1], 16, 3);
  const image = Uint8Array.from({ length: 64 * 50 }, (_, i) => (i * 7) % 17);
  const out = small.apply(image, 0);
  expect(Math.max(...out)).toBe(16);
  expect(Math.min(...out)).toBe(0);
  const grey = new Augmenter([{ kind: "noise", stddev: 0.1 }], [100, 100, 1], 16, 3);
  const deviations = [...grey.apply(new Uint8Array(10_000).fill(8), 0)].map((byte) => (byte - 8) / 16);
  const spread = Math.sqrt(deviations.reduce((sum, value) => sum + value ** 2, 0) / 1e4);
  expect(spread / 0.1).toBeCloseTo(1, 1);
});

test("channels of a pixel move together", () => {
  const image = Uint8Array.from({ length: 5 * 5 * 2 }, (_, i) => (i % 2 === 0 ? i * 4 : 255 - i * 4));
  const both = mapped([1, 0, 0, 1, 1, 1], [5, 5, 2]).apply(image, 0);
  for (let y = 0; y < 4; y++)
    for (let x = 0; x < 4; x++)
      for (let c = 0; c < 2; c++)
        expect(both[(y * 5 + x) * 2 + c]).toBe(image[((y + 1) * 5 + x + 1) * 2 + c]);
});

test("the same seed, step and place give the same bytes; any other gives others", () => {
  const all: AugmentationSpec[] = [
    shift(2),
    { kind: "rotate", degrees: 15 },
    { kind: "noise", stddev: 0.1 },
    { kind: "noise", stddev: 0.1 },
  ];
  const twice = new Uint8Array([...images.subarray(0, 784), ...images.subarray(0, 784)]);
  const out = augmenter(all).apply(twice, 4);
  expect(augmenter(all).apply(twice, 4)).toEqual(out);
  // An image's place in the batch decides, not who else is there.
  expect(augmenter(all).apply(twice.subarray(0, 784), 4)).toEqual(out.subarray(0, 784));
  expect(out.subarray(784)).not.toEqual(out.subarray(0, 784));
  expect(augmenter(all).apply(twice, 5)).not.toEqual(out);
  expect(augmenter(all, 255, 2).apply(twice, 4)).not.toEqual(out);
});

test("an old link trains on the very same images: bytes do not change", () => {
  const all: AugmentationSpec[] = [
    shift(2),
    { kind: "rotate", degrees: 15 },
    { kind: "zoom", factor: 0.1 },
    { kind: "noise", stddev: 0.1 },
  ];
  const out = augmenter(all).apply(images, 7);
  const digest = out.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 0);
  expect(digest).toMatchInlineSnapshot(`1620827872`);
});
