import { expect, test } from "vitest";
import { epochAt, MARGIN, X_PADDING, Y_AXIS_WIDTH } from "./size";

test("a pointer's place is read in epochs, within the chart", () => {
  const chart = { left: 100, width: 400 };
  const first = chart.left + MARGIN.left + Y_AXIS_WIDTH;
  const last = chart.left + chart.width - MARGIN.right - X_PADDING.right;
  expect(epochAt(first, chart, 5)).toBe(0);
  expect(epochAt(last, chart, 5)).toBe(5);
  expect(epochAt((first + last) / 2, chart, 5)).toBeCloseTo(2.5);
  expect(epochAt(0, chart, 5)).toBe(0);
  expect(epochAt(9999, chart, 5)).toBe(5);
});

test("a chart whose axis fills it is read from edge to edge", () => {
  const chart = { left: 100, width: 400 };
  const sides = { left: 0, right: 0 };
  expect([100, 300, 500].map((x) => epochAt(x, chart, 4, sides))).toEqual([0, 2, 4]);
});
