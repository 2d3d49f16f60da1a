import { expect, test } from "vitest";
import { toPixels } from "./pixels";

test("a grey image is the same in red, green and blue, and the data set's scale is white", () => {
  const images = Uint8Array.of(1, 2, 3, 4, 0, 4, 8, 16);
  expect([...toPixels(images, 1, { shape: [2, 2, 1], scale: 16 })]).toEqual(
    [0, 64, 128, 255].flatMap((grey) => [grey, grey, grey, 255]),
  );
});

test("a coloured one has its own colours", () => {
  const images = Uint8Array.of(10, 20, 30, 40, 50, 60);
  expect([...toPixels(images, 0, { shape: [1, 2, 3], scale: 255 })]).toEqual([
    10, 20, 30, 255, 40, 50, 60, 255,
  ]);
});
