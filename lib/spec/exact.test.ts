import { expect, test } from "vitest";
import { cosine, exponential, logarithm, PI, sine } from "./exact";

/** Numbers from `low` to `high`, both included. */
const between = (low: number, high: number, count = 401) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

test.each([
  ["exponential", exponential, Math.exp, [...between(-50, 50), ...between(-1e-6, 1e-6, 11), -700, 700]],
  ["logarithm", logarithm, Math.log, [...between(0.01, 4), 1e-12, 1e-4, 0.75, 1.5, 123456.789, 1e12]],
])("%s agrees with Math to a relative 1e-14", (_, exact, expected, inputs) => {
  for (const x of inputs)
    expect(Math.abs(exact(x) - expected(x)), String(x)).toBeLessThanOrEqual(
      1e-14 * Math.max(Math.abs(expected(x)), Number.MIN_VALUE),
    );
});

test.each([
  ["sine", sine, Math.sin],
  ["cosine", cosine, Math.cos],
])("%s agrees with Math to 1e-14 over two turns", (_, exact, expected) => {
  for (const x of [...between(-4 * PI, 4 * PI), 0, PI / 2, PI])
    expect(Math.abs(exact(x) - expected(x)), String(x)).toBeLessThanOrEqual(1e-14);
});

test("e to the power of 0 is 1 and its logarithm 0, to the bit", () => {
  expect([exponential(0), logarithm(1), sine(0)]).toEqual([1, 0, 0]);
});
