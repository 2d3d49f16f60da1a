import { describe, expect, test } from "vitest";
import type { EpochRecord } from "../metrics/history";
import { parseRunRecord, type RunRecord } from "../metrics/run-record";
import { recordWith } from "../metrics/testing";
import { curvesOf } from "./preview-curves";

const epoch = (number: number, changes: Partial<EpochRecord> = {}): EpochRecord => ({
  epoch: number,
  steps: 1500,
  loss: 0.3 / number,
  accuracy: 0.9 + number / 100,
  valLoss: 0.4 / number,
  valAccuracy: 0.9,
  elapsedMs: 1000,
  msPerStep: 0.7,
  ...changes,
});

function recordOf(
  means: readonly number[],
  history: EpochRecord[],
  steps = history.length * 1500,
): RunRecord {
  const series = { steps: means.length, stride: 1, means };
  return parseRunRecord(recordWith({ curves: { loss: series, accuracy: series }, steps, history }));
}

describe("the curves of a run", () => {
  test("go from the left to the right, with the last epoch's values written out", () => {
    const { testAccuracy, charts } = curvesOf(recordOf([2, 1, 0.5], [epoch(1), epoch(2)]));
    expect(testAccuracy).toBe("97.52%");
    expect(charts.map(({ name, last }) => [name, last])).toEqual([
      ["Loss", { train: "0.1500", validation: "0.2000" }],
      ["Accuracy", { train: "0.9200", validation: "0.9000" }],
    ]);
    const [loss] = charts;
    expect(loss!.validation.map(({ x }) => x)).toEqual([0.5, 1]);
    expect(loss!.train.map(({ y }) => y)).toEqual([...loss!.train.map(({ y }) => y)].sort((a, b) => b - a));
    expect(loss!.ends[0]).toBe("0");
  });

  test("have no second line without validation", () => {
    const history = [epoch(1, { valLoss: null, valAccuracy: null })];
    for (const { validation, last } of curvesOf(recordOf([1, 0.5], history)).charts) {
      expect(validation).toEqual([]);
      expect(last.validation).toBeNull();
    }
  });

  test("stay within the picture whatever finite numbers a record holds", () => {
    const wild = [1e308, -1e308, 1e308, 0, Number.MIN_VALUE, 1e308];
    const history = [epoch(1, { valLoss: 1e308, steps: 1e9 }), epoch(2, { valLoss: -1e308, loss: 1e308 })];
    for (const record of [recordOf(wild, history), recordOf(wild, history, 0), recordOf([], [epoch(1)], 1e9)])
      for (const { train, validation, ends, last } of curvesOf(record).charts) {
        for (const { x, y } of [...train, ...validation])
          expect([x, y].every((share) => share >= 0 && share <= 1)).toBe(true);
        for (const text of [...ends, last.train, last.validation ?? ""]) expect(text.length).toBeLessThan(9);
      }
  });
});
