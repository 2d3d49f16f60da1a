import { expect, test } from "vitest";
import { decadesScale, histogram, signedScale, sizeScale } from "./histogram";

test.each([
  ["signed", signedScale(2.25, 96), [-2.25, -0.3, -1e-4, 1e-4, 0.07, 2.2]],
  ["of sizes", decadesScale(-10, 2, 4), [1e-10, 3e-4, 1, 42]],
] as const)("a scale %s leads to a place and back", (_, scale, values) => {
  for (const value of values) expect(scale.valueAt(scale.at(value))).toBeCloseTo(value, 12);
  expect(values.map(scale.at)).toEqual(values.map(scale.at).toSorted((a, b) => a - b));
});

test("the middle of the signed scale is 0, and what lies outside is in the last bins", () => {
  const scale = signedScale(0.5, 64);
  expect(scale.at(0)).toBe(32);
  const shares = histogram([-100, 0, 0, 100], scale);
  expect([shares[0], shares[32], shares[63]]).toEqual([0.25, 0.5, 0.25]);
});

test("numbers that are 0 have no size: they count for the whole and are in no bin", () => {
  const shares = histogram([0, 0, 0, 1.5], sizeScale);
  expect(shares[40]).toBe(0.25);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(0.25);
  expect(histogram([Number.NaN], sizeScale).every((share) => share === 0)).toBe(true);
});
