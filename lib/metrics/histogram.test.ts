import { expect, test } from "vitest";
import { decadesScale, histogram, quantile, signedScale, sizeScale, weightScale } from "./histogram";

test.each([
  ["signed", signedScale(2.25, 96), [-2.25, -0.3, -1e-4, 1e-4, 0.07, 2.2]],
  ["of sizes", decadesScale(-10, 2, 4), [1e-10, 3e-4, 1, 42]],
] as const)("a scale %s leads to a place and back", (_, scale, values) => {
  for (const value of values) expect(scale.valueAt(scale.at(value))).toBeCloseTo(value, 12);
  expect(values.map(scale.at)).toEqual(values.map(scale.at).toSorted((a, b) => a - b));
});

test("the middle of the signed scale is 0, and what lies outside is in the last bins", () => {
  expect(weightScale.at(0)).toBe(weightScale.bins / 2);
  const shares = histogram([-100, 0, 0, 100], weightScale);
  expect([shares[0], shares[48], shares[95]]).toEqual([0.25, 0.5, 0.25]);
});

test("numbers that are 0 have no size: they count for the whole and are in no bin", () => {
  const shares = histogram([0, 0, 0, 1.5], sizeScale);
  expect(shares[40]).toBe(0.25);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(0.25);
  expect(histogram([Number.NaN], sizeScale).every((share) => share === 0)).toBe(true);
});

test("quantiles are read within a bin, of what is counted", () => {
  expect(quantile(Float32Array.of(0, 0.25, 0.25, 0), 0.5)).toBe(2);
  expect(quantile(Float32Array.of(0, 0.5, 0, 0), 0.25)).toBe(1.25);
  expect(quantile(new Float32Array(3), 0.5)).toBeNull();
});
