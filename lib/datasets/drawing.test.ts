import { describe, expect, test } from "vitest";
import { digits } from "../spec/datasets/digits";
import { mnist } from "../spec/datasets/mnist";
import { toImage } from "./drawing";
import { digitsFromDisk, mnistFromDisk } from "./testing";

const draw = (width: number, height: number, inked: (x: number, y: number) => boolean) => ({
  ink: Array.from({ length: width * height }, (_, i) => (inked(i % width, Math.floor(i / width)) ? 255 : 0)),
  width,
  height,
});

const bounds = (image: Uint8Array) => {
  const rows = [...image.entries()].filter(([, value]) => value > 0).map(([i]) => Math.floor(i / 28));
  const columns = [...image.entries()].filter(([, value]) => value > 0).map(([i]) => i % 28);
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
};

describe("a drawing as an image of MNIST", () => {
  test("fills a box of 20 pixels in the middle, wherever and however large it was drawn", () => {
    const large = toImage(
      draw(280, 280, (x, y) => x >= 10 && x < 90 && y >= 100 && y < 260),
      mnist,
    )!;
    const small = toImage(
      draw(280, 280, (x, y) => x >= 200 && x < 220 && y >= 5 && y < 45),
      mnist,
    )!;
    expect(bounds(large)).toEqual([10, 19, 5, 24]);
    expect(small).toEqual(large);
    expect(large[14 * 28 + 14]).toBe(255);
  });

  test("is put by its mass, not by its frame", () => {
    // A bar at the left with a thin arm to the right: the mass is in the bar.
    const image = toImage(
      draw(200, 200, (x, y) => (x < 40 && y < 200) || (y < 10 && x < 200)),
      mnist,
    )!;
    expect(bounds(image)[0]).toBeGreaterThan(6);
  });

  test("has the grey levels of what it covers", () => {
    const image = toImage(
      draw(41, 41, (x) => x % 2 === 0),
      mnist,
    )!;
    const middle = image[14 * 28 + 14]!;
    expect(middle).toBeGreaterThan(60);
    expect(middle).toBeLessThan(200);
  });

  test("is nothing where nothing is drawn, and follows the data set's shape and scale", () => {
    expect(
      toImage(
        draw(50, 50, () => false),
        mnist,
      ),
    ).toBeNull();
    const image = toImage(
      draw(50, 50, () => true),
      { ...mnist, shape: [8, 8, 3], scale: 16 },
    )!;
    expect([image.length, Math.max(...image)]).toEqual([3 * 64, 16]);
  });

  test("leaves MNIST's own images about as they are", async () => {
    const images = await mnistFromDisk().images("test", 0);
    let difference = 0;
    for (let i = 0; i < 100; i++) {
      const original = images.subarray(i * 784, (i + 1) * 784);
      const again = toImage({ ink: original, width: 28, height: 28 }, mnist)!;
      for (const [pixel, value] of again.entries()) difference += Math.abs(value - original[pixel]!);
    }
    // An image moved by one pixel differs by about 25 a pixel.
    expect(difference / 78_400).toBeLessThan(2);
  });
});

const rowsOf = (image: Uint8Array) =>
  Array.from({ length: 8 }, (_, y) => [...image.subarray(8 * y, 8 * y + 8)]);
const drawn = (inked: (x: number, y: number) => boolean) => rowsOf(toImage(draw(280, 280, inked), digits)!);

describe("a drawing as an image of the UCI repository's", () => {
  test("is as high as the image and 20 of 32 wide, wherever, however large and however narrow it was drawn", () => {
    const ring = (x: number, y: number) => Math.abs(Math.hypot((x - 14) / 0.6, y - 14) - 10) < 2;
    const sized = (size: number, left: number) =>
      drawn((x, y) => ring(Math.floor(x / size) - left, Math.floor(y / size)));
    const image = sized(10, 0);
    const columns = image[0]!.map((_, x) => image.some((row) => row[x]! > 0));
    expect(columns).toEqual([false, true, true, true, true, true, true, false]);
    expect([image[0], image[7]].every((row) => row!.some((count) => count > 8))).toBe(true);
    expect([image[3]![3], image[4]![4]]).toEqual([0, 0]);
    expect(sized(5, 0)).toEqual(image);
    expect(sized(10, 6)).toEqual(image);
    expect(drawn((x, y) => ring(Math.floor(x / 3), Math.floor(y / 10)))).toEqual(image);
  });

  test("counts, in each of its pixels, how many of 4×4 are on", () => {
    // Two bars with a gap between them: rows 0–6 and 25–31 of 32, columns 6–25.
    const image = drawn((x, y) => x >= 40 && x < 240 && y >= 12 && y < 268 && Math.abs(y - 139.5) > 72);
    expect(image.slice(0, 4)).toEqual([
      [0, 8, 16, 16, 16, 16, 8, 0],
      [0, 6, 12, 12, 12, 12, 6, 0],
      [0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(image.toReversed()).toEqual(image);
  });

  test("has thin lines made thicker, and thick ones thinner", () => {
    const share = (image: number[][]) => image.flat().reduce((sum, count) => sum + count, 0) / 1024;
    const cross = (half: number) =>
      share(drawn((x, y) => Math.abs(x - 140) < half || Math.abs(y - 140) < half));
    // A row and a column of the bitmap are .05 of it, the whole frame is .63.
    expect(cross(4)).toBeGreaterThan(0.1);
    expect(share(drawn(() => true))).toBeCloseTo((16 * 28) / 1024, 10);
    expect(cross(20)).toBeGreaterThan(cross(4));
    expect(cross(40)).toBeLessThan(0.41);
  });

  test("is put upright", () => {
    const bar = (slant: number) => drawn((x, y) => Math.abs(x - 140 - slant * (y - 140)) < 14);
    const [upright, slanted] = [bar(0), bar(-0.4)];
    const edges = slanted.map((row) => row.findIndex((count) => count > 0));
    expect(Math.max(...edges) - Math.min(...edges)).toBeLessThanOrEqual(1);
    expect(upright.map((row) => row.findIndex((count) => count > 0))).toEqual(Array(8).fill(2));
  });

  test("fills its frame as all of the real ones do", async () => {
    const images = await digitsFromDisk().images("train", 0);
    const handwritten = (await mnistFromDisk().images("test", 0)).subarray(0, 200 * 784);
    const own = Array.from({ length: 200 }, (_, i) => rowsOf(images.subarray(64 * i, 64 * (i + 1))));
    const made = Array.from({ length: 200 }, (_, i) => {
      const ink = handwritten.subarray(784 * i, 784 * (i + 1));
      return rowsOf(toImage({ ink, width: 28, height: 28 }, digits)!);
    });
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    for (const set of [own, made]) {
      for (const image of set)
        for (const row of [image[0]!, image[7]!]) expect(Math.max(...row)).toBeGreaterThan(0);
      expect(mean(set.flat(2)) / 16).toBeCloseTo(0.3, 1);
      expect(mean(set.flatMap((image) => image.map((row) => row[0]! + row[7]!)))).toBeLessThan(0.5);
    }
  });
});
