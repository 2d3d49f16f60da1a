import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lossAxis } from "./axis";
import { decadesAxis, decadeText, errorAxis, placeOn, valueOn } from "./decades";

describe("an axis by decades", () => {
  test.each([
    [
      [0.03, 2.3],
      [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    ],
    [
      [0.0004, 2.3],
      [0.001, 0.01, 0.1, 1],
    ],
    [
      [0.2, 0.2],
      [0.2, 0.5],
    ],
    [
      [1, 10],
      [1, 2, 5, 10],
    ],
    [
      [1e-6, 1e9],
      [1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6, 1e8],
    ],
  ])("around %j has ticks at %j", (values, ticks) => {
    expect(decadesAxis(values).ticks).toEqual(ticks);
  });

  test("holds every value, between short numbers", () => {
    const loss = fc.double({ min: 1e-5, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(loss, { minLength: 1, maxLength: 20 }), (values) => {
        const { domain, ticks } = decadesAxis(values);
        expect(domain[0]).toBeLessThanOrEqual(Math.min(...values));
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values));
        expect(domain[0]).toBeLessThan(domain[1]);
        expect(ticks.length).toBeLessThanOrEqual(8);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(domain[0]);
          expect(tick).toBeLessThanOrEqual(domain[1]);
        }
      }),
    );
  });

  test("is still an axis without values, and where a loss is 0", () => {
    expect(decadesAxis([]).domain).toEqual([0.1, 1]);
    const axis = decadesAxis([0, 1]);
    expect(placeOn(axis, 0)).toBe(Math.log10(axis.domain[0]));
  });
});

describe("accuracies by their error", () => {
  test.each([
    [
      [0.91, 0.988],
      [0.9, 0.95, 0.98, 0.99],
    ],
    [
      [0.1, 0.93],
      [0, 0.5, 0.8, 0.9, 0.95],
    ],
    [
      [0.5, 1],
      [0.9, 0.99, 0.999, 0.9999],
    ],
  ])("around %j have ticks at %j", (values, ticks) => {
    expect(errorAxis(values).ticks).toEqual(ticks);
  });

  test("are as far apart as their errors' decades, and better ones are higher", () => {
    const axis = errorAxis([0.1, 0.9999]);
    const [a, b, c] = [0.9, 0.99, 0.999].map((accuracy) => placeOn(axis, accuracy)) as [
      number,
      number,
      number,
    ];
    expect(b - a).toBeCloseTo(1);
    expect(c - b).toBeCloseTo(1);
    expect(placeOn(axis, 1)).toBe(placeOn(axis, 0.9999));
  });
});

test("the value at a value's place is the value again, on every kind of axis", () => {
  for (const axis of [lossAxis([2]), decadesAxis([0.01, 2]), errorAxis([0.1, 0.99])])
    for (const value of [0.1, 0.5, 0.95]) expect(valueOn(axis, placeOn(axis, value))).toBeCloseTo(value);
});

test("ticks are as short as can be", () => {
  expect([0.001, 0.5, 1, 200, 20_000].map(decadeText)).toEqual(["0.001", "0.5", "1", "200", "2e4"]);
});
