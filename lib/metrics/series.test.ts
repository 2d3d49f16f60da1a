import { describe, expect, test } from "vitest";
import { append, curve, cut, emptySeries, MAX_BUCKETS } from "./series";

const ramp = (length: number, from = 0) => Float32Array.from({ length }, (_, i) => from + i);

describe("append", () => {
  test("keeps every value while there is room", () => {
    const series = append(append(emptySeries, [3, 1]), [2]);
    expect(series).toEqual({ steps: 3, stride: 1, means: [3, 1, 2] });
  });

  test("merges neighbours when it is full, and keeps the means right", () => {
    const series = append(emptySeries, ramp(MAX_BUCKETS + 1));
    expect(series.stride).toBe(2);
    expect(series.means).toHaveLength(MAX_BUCKETS / 2 + 1);
    expect(series.means.slice(0, 3)).toEqual([0.5, 2.5, 4.5]);
    expect(series.means.at(-1)).toBe(MAX_BUCKETS);
  });

  test("never has more buckets than allowed, and its mean is that of all values", () => {
    const length = 123_457;
    let series = emptySeries;
    for (let start = 0; start < length; start += 321) {
      series = append(series, ramp(Math.min(321, length - start), start));
      expect(series.means.length).toBeLessThanOrEqual(MAX_BUCKETS);
    }
    expect(series.steps).toBe(length);
    const full = series.means.slice(0, -1);
    const rest = length - full.length * series.stride;
    const sum = full.reduce((total, mean) => total + mean * series.stride, 0) + series.means.at(-1)! * rest;
    expect(sum / length).toBeCloseTo((length - 1) / 2, 3);
  });

  test("gives the same series however the values are cut into events", () => {
    const values = ramp(5000).map((value) => Math.sin(value));
    let pieces = emptySeries;
    for (let i = 0; i < values.length; i += 7) pieces = append(pieces, values.subarray(i, i + 7));
    expect(pieces).toEqual(append(emptySeries, values));
  });

  test("ends at a value that is not finite", () => {
    expect(append(emptySeries, [1, Number.NaN, 2])).toEqual({ steps: 1, stride: 1, means: [1] });
    expect(append(emptySeries, [Number.POSITIVE_INFINITY])).toEqual(emptySeries);
  });

  test("leaves the series it was given as it was", () => {
    const before = append(emptySeries, ramp(10));
    const copy = structuredClone(before);
    append(before, ramp(1000));
    expect(before).toEqual(copy);
  });
});

describe("cut", () => {
  test("drops the steps from there on", () => {
    expect(cut(append(emptySeries, ramp(10)), 4)).toEqual({ steps: 4, stride: 1, means: [0, 1, 2, 3] });
  });

  test("goes on from inside a bucket", () => {
    const series = append(cut(append(emptySeries, ramp(400)), 101), [1000]);
    expect(series.steps).toBe(102);
    expect(series.means).toHaveLength(51);
    expect(series.means[50]).toBeCloseTo((100.5 + 1000) / 2);
  });

  test("does nothing where there is nothing to drop", () => {
    const series = append(emptySeries, [1, 2]);
    expect(cut(series, 2)).toBe(series);
  });
});

describe("curve", () => {
  test("starts at the first value: no bias towards zero", () => {
    expect(curve(append(emptySeries, [2.3]), 50)[0]).toEqual({ step: 0.5, mean: 2.3, smooth: 2.3 });
  });

  test("keeps a constant constant", () => {
    const points = curve(append(emptySeries, new Float32Array(777).fill(0.5)), 20);
    for (const { smooth } of points) expect(smooth).toBeCloseTo(0.5, 10);
  });

  test("weighs a value by 1/e after the window", () => {
    const values = new Float32Array(290);
    values[200] = 1;
    const points = curve(append(emptySeries, values), 20);
    expect(points[220]!.smooth / points[200]!.smooth).toBeCloseTo(Math.exp(-1), 3);
  });

  test("is hardly bent when buckets merge", () => {
    const values = ramp(600).map((step) => 1 / (1 + step / 100));
    const fine = curve(append(emptySeries, values.subarray(0, 300)), 40);
    const coarse = curve(append(emptySeries, values), 40);
    const at = (points: typeof fine, step: number) =>
      points.reduce((best, point) =>
        Math.abs(point.step - step) < Math.abs(best.step - step) ? point : best,
      );
    for (const step of [50, 120, 250]) expect(at(coarse, step).smooth).toBeCloseTo(at(fine, step).smooth, 2);
  });
});
