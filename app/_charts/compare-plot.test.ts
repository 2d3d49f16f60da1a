import { describe, expect, test } from "vitest";
import type { RunRecord } from "@/lib/metrics/run-record";
import { append, emptySeries } from "@/lib/metrics/series";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { compareCurves, LETTER_PX, readingsAt, spread, usualView } from "./compare-plot";

/** A run of 100 images in batches of 10, whose loss falls to `floor`. */
function run(epochs: number, floor: number, validation: number | null = null): RunRecord {
  const experiment = parseExperiment({
    ...firstRun,
    dataset: { id: "mnist", trainLimit: 100 },
    validation: { split: 0 },
    training: { epochs, batchSize: 10 },
  });
  const steps = 10 * epochs;
  const values = Array.from({ length: steps }, (_, i) => floor + 2 * Math.exp(-i / 2));
  const series = append(emptySeries, values);
  const history = Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    valLoss: validation,
    valAccuracy: validation,
  }));
  const curves = { loss: series, accuracy: { ...series, means: series.means.map(() => 0.93) } };
  return { experiment, steps, history, curves } as unknown as RunRecord;
}

describe("runs on common axes", () => {
  test("reach to the longest run's end and hold every run's values", () => {
    const { x, y, runs } = compareCurves([run(2, 0.1), run(8, 0.9, 1.1)], "loss");
    expect(x.domain).toEqual([0, 8]);
    expect(y.domain[0]).toBe(0);
    expect(y.domain[1]).toBeGreaterThanOrEqual(1.1);
    expect(runs.map(({ train }) => Math.round(train.at(-1)!.x))).toEqual([2, 8]);
    expect(runs.map(({ validation }) => validation.length)).toEqual([0, 8]);
  });

  test("have one axis that all of theirs lie on, and no more than 300 points a line", () => {
    const { runs, y } = compareCurves([run(200, 0.1, 0.81), run(1, 0.1, 0.2)], "accuracy");
    expect(y.domain).toEqual([0, 1]);
    for (const { train, validation } of runs)
      for (const line of [train, validation]) expect(line.length).toBeLessThanOrEqual(300);
  });

  test("are read where the pointer is, each at its own end without one, and not past it", () => {
    const comparison = compareCurves([run(2, 0.1, 0.3), run(8, 0.9)], "loss");
    const [ended, longer] = readingsAt(comparison, 5);
    expect(ended).toEqual({ train: null, validation: null });
    expect(longer!.train).toBeCloseTo(0.9, 1);
    const [atEnd] = readingsAt(comparison, null);
    expect(atEnd!.train).toBeCloseTo(0.1, 1);
    expect(atEnd!.validation).toBe(0.3);
    expect(readingsAt(comparison, 2)[0]!.validation).toBe(0.3);
  });
});

describe("another way to look", () => {
  const runs = [run(2, 0.1, 0.3), run(8, 0.01)];

  test("by decades, an axis holds every value, from the first batches to the last epoch", () => {
    const view = { ...usualView, valuesByDecades: true, epochsByDecades: true };
    const { x, y, runs: curves } = compareCurves(runs, "loss", view);
    expect([x.decades, y.decades]).toEqual(["value", "value"]);
    expect(x.domain[1]).toBe(8);
    for (const { x: at, y: value } of curves.flatMap(({ train, validation }) => [...train, ...validation])) {
      expect(at).toBeGreaterThanOrEqual(x.domain[0]);
      expect(value).toBeGreaterThanOrEqual(y.domain[0]);
      expect(value).toBeLessThanOrEqual(y.domain[1]);
    }
    expect(Math.max(...x.ticks)).toBeLessThanOrEqual(8);
    expect(compareCurves(runs, "accuracy", view).y.decades).toBe("error");
  });

  test("none of the smoothing shows the means as they are, and more of it bends less", () => {
    const { means, stride } = runs[0]!.curves.loss;
    const trainOf = (smoothing: number) =>
      compareCurves(runs, "loss", { ...usualView, smoothing }).runs[0]!.train;
    expect(stride).toBe(1);
    for (const [step, { y }] of trainOf(0).entries()) expect(y).toBeCloseTo(means[step]!);
    const lastOf = (smoothing: number) => trainOf(smoothing).at(-1)!.y;
    // It lags behind a fall.
    expect(lastOf(100)).toBeGreaterThan(lastOf(1));
    expect(compareCurves(runs, "loss", usualView)).toEqual(compareCurves(runs, "loss"));
  });
});

describe("letters at the lines' ends", () => {
  const gaps = (points: readonly { y: number }[]) => {
    const sorted = points.map(({ y }) => y).sort((a, b) => a - b);
    return sorted.slice(1).map((y, i) => y - sorted[i]!);
  };

  test("stay where they are when there is room", () => {
    const ends = [
      { x: 100, y: 20 },
      { x: 100, y: 60 },
      { x: 10, y: 21 },
    ];
    expect(spread(ends, 0, 200)).toEqual(ends);
  });

  test("never lie on one another, within the chart, in the order of the lines", () => {
    const ends = [198, 199, 190, 199.5, 40, 42].map((y) => ({ x: 100, y }));
    const placed = spread(ends, 0, 200);
    expect(Math.min(...gaps(placed))).toBeGreaterThanOrEqual(LETTER_PX);
    for (const { y } of placed) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(200);
    }
    expect(placed[2]!.y).toBeLessThan(placed[0]!.y);
    expect(placed[0]!.y).toBeLessThan(placed[1]!.y);
    expect(placed[1]!.y).toBeLessThan(placed[3]!.y);
  });
});
