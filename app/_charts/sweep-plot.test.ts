import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { cellsOf } from "@/lib/sweeps/cells";
import { axisOf, batchSizeSweep, learningRateSweep, optimizerSweep } from "@/lib/sweeps/common";
import type { CellProgress } from "@/lib/sweeps/runner";
import type { CellResult, GridSweep, SearchSweep } from "@/lib/sweeps/sweep";
import {
  chartOf,
  heatMaps,
  inOrder,
  lineScale,
  numberScale,
  placeLabels,
  scoreAxis,
  shareOf,
  shownCells,
  trialLines,
} from "./sweep-plot";

const base = parseExperiment(firstRun);
const grid = (...axes: GridSweep["axes"]): GridSweep => ({ kind: "grid", title: "Grid", base, axes });
const result = (id: string, score: number, failure: string | null = null): CellResult => ({
  id,
  score,
  valLoss: 0.1,
  epochs: 5,
  elapsedMs: 1000,
  failure,
});
const search: SearchSweep = {
  kind: "search",
  title: "Search",
  base,
  ranges: [
    {
      field: "optimizer.learningRate",
      label: "Rate",
      min: 1e-4,
      max: 0.1,
      integer: false,
      logarithmic: true,
    },
  ],
  trials: 3,
  minEpochs: 1,
  maxEpochs: 3,
  keepOneIn: 3,
  seed: 1,
};

test("numbers are drawn as a line, other things as bars, two and three axes as maps", () => {
  const units = axisOf(base, "layers[1].units");
  const sizes = axisOf(base, "training.batchSize");
  expect(chartOf(optimizerSweep(base))).toBe("bars");
  expect(chartOf(learningRateSweep(base))).toBe("line");
  expect(chartOf(learningRateSweep(base, [0.1, 0.01]))).toBe("bars");
  expect(chartOf(grid(units, sizes))).toBe("heat");
  expect(chartOf(grid(units, sizes, axisOf(base, "optimizer")))).toBe("heat");
  expect(chartOf(search)).toBe("search");
});

describe("what is shown of a cell", () => {
  const sweep = learningRateSweep(base, [0.1, 0.01, 0.001, 1e6]);
  const training = { cell: cellsOf(sweep)[2]!, score: 0.8 } as CellProgress;
  const shown = shownCells(sweep, {
    results: [result("3", 0, "It failed."), result("0", 0.9)],
    underway: [training],
  });

  test("is its score, why it failed, or that it is training or open", () => {
    expect(shown.map(({ state, score, failure, best }) => [state, score, failure, best])).toEqual([
      ["done", 0.9, null, true],
      ["open", null, null, false],
      ["training", 0.8, null, false],
      ["failed", null, "It failed.", false],
    ]);
  });

  test("has the best on top, then what trains, what is open, and what failed", () => {
    expect(inOrder(shown).map(({ cell }) => cell.label)).toEqual(["0.1", "0.001", "0.01", "1,000,000"]);
  });

  test("stretches no axis where it failed: neither the scores' nor the numbers'", () => {
    expect(scoreAxis(shown).domain).toEqual([0.8, 1]);
    expect(lineScale(shown)).toEqual({ scale: "log", domain: [0.001, 0.1], ticks: [0.001, 0.01, 0.1] });
  });
});

test("numbers stand by their decades where they span some", () => {
  expect(numberScale([16, 32, 64, 128, 256])).toMatchObject({ scale: "log", domain: [16, 256] });
  expect(numberScale([0, 0.25, 0.5])).toMatchObject({ scale: "linear", domain: [0, 0.5] });
  expect(numberScale([3, 5, 7])).toMatchObject({ scale: "linear" });
  expect(numberScale([4])).toMatchObject({ domain: [3, 5] });
  expect(lineScale(shownCells(batchSizeSweep(base), { results: [], underway: [] })).ticks).toHaveLength(5);
});

test("no number at a point lies on another", () => {
  expect(
    placeLabels([
      { x: 0, y: 0 },
      { x: 60, y: 0 },
    ]),
  ).toEqual(["above", "above"]);
  expect(
    placeLabels([
      { x: 0, y: 0 },
      { x: 20, y: 2 },
      { x: 30, y: 1 },
    ]),
  ).toEqual(["above", "below", null]);
});

test("a map has a row for each value of the first axis, and there is one for each of the third", () => {
  const sweep = grid(
    axisOf(base, "layers[1].units", [32, 64]),
    axisOf(base, "training.batchSize", [16, 32, 64]),
    axisOf(base, "optimizer", ["sgd", "adam"]),
  );
  const cells = shownCells(sweep, { results: [], underway: [] });
  const maps = heatMaps(sweep, cells);
  expect(maps.map(({ title }) => title)).toEqual(["Optimizer SGD", "Optimizer Adam"]);
  expect(maps[1]!.rows.map(({ label, cells: row }) => [label, row.map(({ cell }) => cell.label)])).toEqual([
    ["32", ["32 · 16 · Adam", "32 · 32 · Adam", "32 · 64 · Adam"]],
    ["64", ["64 · 16 · Adam", "64 · 32 · Adam", "64 · 64 · Adam"]],
  ]);
  const two = { ...sweep, axes: sweep.axes.slice(0, 2) };
  const [only, ...others] = heatMaps(two, shownCells(two, { results: [], underway: [] }));
  expect(others).toEqual([]);
  expect(only!.title).toBeNull();
  expect(only!.rows.map((row) => row.cells.length)).toEqual([3, 3]);
});

test("the shade of a cell is its score's place between the least and the most, in halves of the error", () => {
  const cells = shownCells(learningRateSweep(base, [0.1, 0.01, 0.001]), {
    results: [result("0", 0.2), result("1", 0.9), result("2", 0.8)],
    underway: [],
  });
  expect(shareOf(0.2, cells)).toBe(0);
  expect(shareOf(0.6, cells)).toBeCloseTo(1 / 3);
  expect(shareOf(0.8, cells)).toBeCloseTo(2 / 3);
  expect(shareOf(0.9, cells)).toBe(1);
  expect(shareOf(1, cells)).toBeGreaterThan(1);
  expect(shareOf(0.9, cells.slice(1, 2))).toBe(1);
});

test("a trial is a line through its rounds", () => {
  const results = [
    result("0.0", 0.7),
    result("1.0", 0.8),
    result("2.0", 0, "It failed."),
    result("1.1", 0.9),
  ];
  const lines = trialLines(shownCells(search, { results, underway: [] }));
  expect(
    lines.map(({ label, points, best }) => [label, points.map(({ epochs, score }) => [epochs, score]), best]),
  ).toEqual([
    ["Trial 1", [[1, 0.7]], false],
    [
      "Trial 2",
      [
        [1, 0.8],
        [3, 0.9],
      ],
      true,
    ],
    ["Trial 3", [], false],
  ]);
});
