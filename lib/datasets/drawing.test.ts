import { describe, expect, test } from "vitest";
import { toImage } from "./drawing";
import { mnistFromDisk } from "./testing";

const shape = [28, 28, 1];
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

describe("a drawing as an image of the data set", () => {
  test("fills a box of 20 pixels in the middle, wherever and however large it was drawn", () => {
    const large = toImage(
      draw(280, 280, (x, y) => x >= 10 && x < 90 && y >= 100 && y < 260),
      shape,
      255,
    )!;
    const small = toImage(
      draw(280, 280, (x, y) => x >= 200 && x < 220 && y >= 5 && y < 45),
      shape,
      255,
    )!;
    expect(bounds(large)).toEqual([10, 19, 5, 24]);
    expect(small).toEqual(large);
    expect(large[14 * 28 + 14]).toBe(255);
  });

  test("is put by its mass, not by its frame", () => {
    // A bar at the left with a thin arm to the right: the mass is in the bar.
    const image = toImage(
      draw(200, 200, (x, y) => (x < 40 && y < 200) || (y < 10 && x < 200)),
      shape,
      255,
    )!;
    expect(bounds(image)[0]).toBeGreaterThan(6);
  });

  test("has the grey levels of what it covers", () => {
    const image = toImage(
      draw(41, 41, (x) => x % 2 === 0),
      shape,
      255,
    )!;
    const middle = image[14 * 28 + 14]!;
    expect(middle).toBeGreaterThan(60);
    expect(middle).toBeLessThan(200);
  });

  test("is nothing where nothing is drawn, and follows the data set's shape and scale", () => {
    expect(
      toImage(
        draw(50, 50, () => false),
        shape,
        255,
      ),
    ).toBeNull();
    const image = toImage(
      draw(50, 50, () => true),
      [8, 8, 1],
      16,
    )!;
    expect([image.length, Math.max(...image)]).toEqual([64, 16]);
  });

  test("leaves MNIST's own images about as they are", async () => {
    const images = await mnistFromDisk().images("test", 0);
    let difference = 0;
    for (let i = 0; i < 100; i++) {
      const original = images.subarray(i * 784, (i + 1) * 784);
      const again = toImage({ ink: original, width: 28, height: 28 }, shape, 255)!;
      for (const [pixel, value] of again.entries()) difference += Math.abs(value - original[pixel]!);
    }
    // An image moved by one pixel differs by about 25 a pixel.
    expect(difference / 78_400).toBeLessThan(2);
  });
});
