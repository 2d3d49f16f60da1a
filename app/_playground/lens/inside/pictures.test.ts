import { expect, test } from "vitest";
import { draw, type Inks, limitOf, pictureAt, sizeOf } from "./pictures";

const inks: Inks = {
  zero: [255, 255, 255],
  paper: [9, 9, 9],
  above: [0, 0, 255],
  below: [255, 0, 0],
};
/** Three pictures of 1×2 in two columns. */
const sheet = {
  values: Float32Array.of(0, 1, -2, -1, 4, 0.5),
  count: 3,
  height: 1,
  width: 2,
  columns: 2,
  limit: 2,
};

test("what is above 0 goes towards one ink, what is below towards the other, and beyond the limit no further", () => {
  const { width, height } = sizeOf(sheet);
  expect({ width, height }).toEqual({ width: 5, height: 3 });
  const pixels = draw(sheet, inks);
  const at = (x: number, y: number) => [...pixels.subarray(4 * (5 * y + x), 4 * (5 * y + x) + 4)];
  expect(at(0, 0)).toEqual([255, 255, 255, 255]);
  expect(at(1, 0)).toEqual([128, 128, 255, 255]);
  expect(at(2, 0)[3]).toBe(0);
  expect(at(3, 0)).toEqual([255, 0, 0, 255]);
  expect(at(4, 0)).toEqual([255, 128, 128, 255]);
  expect(at(0, 1)[3]).toBe(0);
  expect(at(0, 2)).toEqual([0, 0, 255, 255]);
});

test("where the last row has no picture there is paper", () => {
  const pixels = draw(sheet, inks);
  expect([...pixels.subarray(4 * (5 * 2 + 3), 4 * (5 * 2 + 3) + 4)]).toEqual([9, 9, 9, 255]);
});

test("a number may have more pixels than one", () => {
  const large = { ...sheet, zoom: 3 };
  expect(sizeOf(large)).toEqual({ width: 13, height: 7 });
  const pixels = draw(large, inks);
  expect([...pixels.subarray(4 * (13 * 6 + 2), 4 * (13 * 6 + 2) + 3)]).toEqual([0, 0, 255]);
});

test("a picture is found by a point of the sheet, and none where there is none", () => {
  expect(pictureAt(sheet, 0.2, 0.1)).toBe(0);
  expect(pictureAt(sheet, 0.9, 0.1)).toBe(1);
  expect(pictureAt(sheet, 0.2, 1)).toBe(2);
  expect(pictureAt(sheet, 0.9, 0.9)).toBeNull();
});

test("full ink is for the largest number, and there is something to divide by where all are 0", () => {
  expect(limitOf(Float32Array.of(1, -3))).toBe(3);
  expect(limitOf(new Float32Array(2))).toBe(1);
});
