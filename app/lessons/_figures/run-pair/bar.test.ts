import { expect, test } from "vitest";
import { barsOf } from "./bar";

test("times and losses are drawn from zero, against the longer one", () => {
  expect(barsOf({ unit: "ms", values: [300, 600] })).toEqual([0.5, 1]);
  expect(barsOf({ unit: "loss", values: [0.4, 0.1] })).toEqual([1, 0.25]);
});

test("under accuracies stands what is missing of them", () => {
  const [a, b] = barsOf({ unit: "share", values: [0.96, 0.98] });
  expect(a).toBe(1);
  expect(b).toBeCloseTo(0.5, 10);
});

test("what a run does not have has no bar, and neither has a perfect one", () => {
  expect(barsOf({ unit: "share", values: [null, 0.9] })).toEqual([0, 1]);
  expect(barsOf({ unit: "share", values: [1, 1] })).toEqual([0, 0]);
});
