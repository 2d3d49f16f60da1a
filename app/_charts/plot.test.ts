import { describe, expect, test } from "vitest";
import { accuracyAxis, lossAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { append, emptySeries } from "@/lib/metrics/series";
import { buildPlot, formatTick, holdAxis, type PlotInput, valuesAt } from "./plot";

/** A loss that falls as the first run's does: from 2.3, below 0.8 within a tenth of an epoch. */
const falling = (steps: number) =>
  Float32Array.from({ length: steps }, (_, i) => 2.3 * Math.exp(-i / 60) + 0.1);
const epoch = (number: number, valLoss: number | null): EpochMetrics => ({
  epoch: number,
  loss: 0.2,
  accuracy: 0.9,
  valLoss,
  valAccuracy: null,
});
const input = (steps: number, history: EpochMetrics[] = []): PlotInput => ({
  series: append(emptySeries, falling(steps)),
  history,
  stepsPerEpoch: 1500,
  epochs: 5,
  planned: 5,
  validationOf: ({ valLoss }) => valLoss,
  axis: lossAxis,
});

describe("a plot", () => {
  test("puts batches in epochs, and validation where an epoch ends", () => {
    const plot = buildPlot(input(3000, [epoch(1, 0.14), epoch(2, 0.1)]));
    expect(plot.validation).toEqual([
      { x: 1, y: 0.14 },
      { x: 2, y: 0.1 },
    ]);
    expect(plot.train.at(-1)!.x).toBeCloseTo(2, 1);
    expect(plot.batches.map(({ x }) => x)).toEqual(plot.train.map(({ x }) => x));
    expect(plot.x.domain).toEqual([0, 5]);
  });

  test("shows means over epochs as they are", () => {
    const means = [0.5, 0.1, 0.4];
    const series = { steps: 3, stride: 1, means };
    const plot = buildPlot({ ...input(0), series, stepsPerEpoch: 1, raw: true });
    expect(plot.train).toEqual(means.map((y, index) => ({ x: index + 0.5, y })));
  });

  test("has at most 300 points a line, however many epochs", () => {
    const history = Array.from({ length: 1000 }, (_, i) => epoch(i + 1, 0.1));
    const plot = buildPlot({ ...input(150_000, history), epochs: 1000, planned: 1000 });
    expect(plot.train.length).toBeLessThanOrEqual(300);
    expect(plot.validation).toHaveLength(300);
  });

  test("shows the whole fall at first, then an axis that no longer moves", () => {
    const first = buildPlot(input(40));
    expect(first.y.domain[1]).toBeGreaterThanOrEqual(2.3);
    expect(holdAxis(null, first)).toBeNull();
    const settled = holdAxis(null, buildPlot(input(200)))!;
    expect(settled.domain[1]).toBeLessThanOrEqual(0.8);
    // Merging buckets drops the first settled value, which must not shrink the axis.
    for (const steps of [500, 1500, 3000, 7500])
      expect(holdAxis(settled, buildPlot(input(steps)))).toBe(settled);
  });

  test("makes room for a loss that rises again", () => {
    const values = [...falling(1000), ...new Float32Array(1000).fill(4)];
    const plot = buildPlot({ ...input(0), series: append(emptySeries, values) });
    expect(plot.y.domain[1]).toBeGreaterThanOrEqual(3.9);
    expect(holdAxis({ domain: [0, 0.8], ticks: [] }, plot)).toBe(plot.y);
  });

  test("has axes and no lines before the first batch", () => {
    const plot = buildPlot({ ...input(0), axis: accuracyAxis });
    expect(plot).toMatchObject({ train: [], batches: [], validation: [], y: { domain: [0, 1] } });
  });

  test("reads the nearest training value and the last validation at a place", () => {
    const plot = buildPlot(input(3000, [epoch(1, 0.14), epoch(2, 0.1)]));
    expect(valuesAt(plot, 1.4).validation).toEqual({ x: 1, y: 0.14 });
    expect(valuesAt(plot, 0.5).validation).toBeUndefined();
    expect(valuesAt(plot, 1.4).train!.x).toBeCloseTo(1.4, 2);
    expect(valuesAt(buildPlot(input(0)), 1)).toEqual({});
  });
});

test("ticks have the same decimals all along an axis", () => {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  expect(ticks.map((tick) => formatTick(tick, ticks))).toEqual(["0.00", "0.25", "0.50", "0.75", "1.00"]);
  expect(formatTick(2, [0, 1, 2])).toBe("2");
  expect(formatTick(1.2e12, [0, 1.2e12])).toBe("1.2e12");
});
