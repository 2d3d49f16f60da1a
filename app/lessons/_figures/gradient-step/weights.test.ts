import { expect, test } from "vitest";
import type { StepArray } from "@/lib/training/contract";
import { arrayLabel, steepest, weightPlace } from "./weights";

const array = (name: string, layer: number, shape: number[]): StepArray => ({
  ...{ name, layer, shape, weights: new Float32Array(), gradients: new Float64Array() },
  ...{ expected: new Float64Array(), stepped: new Float32Array(), largestDifference: 0 },
});
const arrays = [
  array("dense_1/kernel", 1, [784, 25]),
  array("dense_1/bias", 1, [25]),
  array("dense_2/kernel", 2, [25, 15]),
];

test("arrays are named by their layer, counted from the input", () => {
  expect(arrays.map((_, index) => arrayLabel(arrays, index))).toEqual([
    "first layer, weights 784 × 25",
    "first layer, biases 25",
    "second layer, weights 25 × 15",
  ]);
});

test("a weight is told by what it connects", () => {
  expect(weightPlace(arrays[0]!, 0, 28)).toBe("from pixel 1, 1 to unit 1");
  expect(weightPlace(arrays[0]!, 29 * 25 + 4, 28)).toBe("from pixel 2, 2 to unit 5");
  expect(weightPlace(arrays[1]!, 24, 28)).toBe("of unit 25");
  expect(weightPlace(arrays[2]!, 3 * 15 + 14, 28)).toBe("from unit 4 to unit 15");
});

test("the steepest weight has the largest gradient of either sign", () => {
  expect(steepest({ gradients: Float64Array.of(0.1, -3, 2) })).toBe(1);
  expect(steepest({ gradients: Float64Array.of(0, 0) })).toBe(0);
});
