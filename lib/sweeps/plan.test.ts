import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { cellsOf } from "./cells";
import { axisOf, learningRateSweep } from "./common";
import { costOf, costOfSweep, leftMs, trainingsOf } from "./plan";
import type { CellResult, GridSweep, SearchSweep } from "./sweep";

const base = parseExperiment(firstRun);
const epochs: GridSweep = {
  kind: "grid",
  title: "",
  base,
  axes: [axisOf(base, "training.epochs", [1, 3, 6])],
};
const done = (id: string, elapsedMs: number): CellResult => ({
  id,
  score: 0.9,
  valLoss: 0.3,
  epochs: 1,
  elapsedMs,
  failure: null,
});
const search: SearchSweep = {
  kind: "search",
  title: "",
  base,
  ranges: [
    { field: "optimizer.learningRate", label: "", min: 1e-4, max: 0.1, integer: false, logarithmic: true },
  ],
  trials: 9,
  minEpochs: 1,
  maxEpochs: 9,
  keepOneIn: 3,
  seed: 1,
};
const perEpoch = 48_000 * 109_184;

test("what a sweep costs is what its trainings cost; one that is not allowed costs nothing", () => {
  expect(costOf(base)).toBe(5 * perEpoch);
  expect(trainingsOf(epochs)).toBe(3);
  expect(costOfSweep(epochs)).toBe(10 * perEpoch);
  expect(costOfSweep(learningRateSweep(base, [0.1, 1e6]))).toBe(5 * perEpoch);
});

test("rounds that nobody knows yet cost as much as an average trial's", () => {
  expect(trainingsOf(search)).toBe(13);
  expect(costOfSweep(search)).toBe((9 * 1 + 3 * 3 + 9) * perEpoch);
});

describe("the time that is left", () => {
  test("is unknown before the first step", () => {
    expect(leftMs(epochs, [], [], 1)).toBeNull();
    const [cell] = cellsOf(epochs);
    expect(leftMs(epochs, [], [{ cell: cell!, share: 0, etaMs: null }], 1)).toBeNull();
  });

  test("follows from the training under way, then from those that are over", () => {
    const [first, second] = cellsOf(epochs);
    // Half of one epoch of ten takes a second.
    expect(leftMs(epochs, [], [{ cell: first!, share: 0.5, etaMs: 1000 }], 1)).toBeCloseTo(19_000);
    expect(leftMs(epochs, [done("0", 1000)], [{ cell: second!, share: 1 / 3, etaMs: 1 }], 1)).toBeCloseTo(
      8000,
    );
    expect(leftMs(epochs, [done("0", 1000)], [{ cell: second!, share: 1 / 3, etaMs: 1 }], 2)).toBeCloseTo(
      4000,
    );
  });

  test("counts nothing for what failed", () => {
    const failed = { ...done("1", 5), failure: "It failed.", score: 0 };
    expect(leftMs(epochs, [done("0", 1000), failed], [], 1)).toBeCloseTo(6000);
    expect(leftMs(epochs, [failed], [], 1)).toBeNull();
  });

  test("of a search has its later rounds in it", () => {
    expect(leftMs(search, [done("0.0", 1000)], [], 1)).toBeCloseTo(26_000);
  });
});
