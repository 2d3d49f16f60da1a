import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { cellsOf } from "@/lib/sweeps/cells";
import { axisOf, optimizerSweep } from "@/lib/sweeps/common";
import type { CellProgress } from "@/lib/sweeps/runner";
import type { CellResult, GridSweep, SearchSweep } from "@/lib/sweeps/sweep";
import { tableRows } from "./rows";
import { bestWords, doneWords, planWords, resultWords, shareDone, trainingWords } from "./words";

const base = parseExperiment(firstRun);
const sweep = optimizerSweep(base);
const search: SearchSweep = {
  kind: "search",
  title: "Search",
  base,
  ranges: [
    {
      field: "optimizer.learningRate",
      label: "Learning rate",
      min: 1e-4,
      max: 0.1,
      integer: false,
      logarithmic: true,
    },
  ],
  trials: 3,
  minEpochs: 1,
  maxEpochs: 9,
  keepOneIn: 3,
  seed: 1,
};
const result = (id: string, score: number, epochs = 5, failure: string | null = null): CellResult => ({
  id,
  score,
  valLoss: 0.1,
  epochs,
  elapsedMs: 1000,
  failure,
});
const progress = (change: Partial<CellProgress>): CellProgress => ({
  cell: cellsOf(sweep)[1]!,
  share: 0.25,
  etaMs: 900,
  epoch: 2,
  epochs: 5,
  step: 300,
  steps: 1500,
  score: 0.9,
  waiting: null,
  ...change,
});

describe("what a sweep will do", () => {
  test("is said in trainings and epochs, and in time once that is known", () => {
    expect(planWords(sweep, null)).toBe("4 trainings of 5 epochs");
    expect(planWords(sweep, 12_400)).toBe("4 trainings of 5 epochs, about 12 s on this device");
    const grid: GridSweep = { ...sweep, axes: [axisOf(base, "training.epochs", [1, 20])] };
    expect(planWords(grid, null)).toBe("2 trainings of 1 to 20 epochs");
    expect(planWords(search, null)).toBe("3 trials for 1 epoch, the best 1 for 9");
  });
});

describe("what it is doing", () => {
  test("is said cell by cell", () => {
    expect(trainingWords(progress({}))).toBe("Adam: epoch 2 of 5, step 300 of 1,500");
    expect(trainingWords(progress({ epoch: 0 }))).toBe("Adam: starting");
    const waiting = { loadedBytes: 1, totalBytes: 2 };
    expect(trainingWords(progress({ epoch: 0, waiting }))).toBe("Adam: waiting for the images");
    expect(doneWords(sweep, [result("0", 0.9)])).toBe("1 of 4 done");
    expect(doneWords(search, [])).toBe("0 of at most 4 done");
    expect(shareDone(sweep, [result("0", 0.9)], [progress({ share: 0.5 })])).toBe(0.375);
  });

  test("is said aloud when a cell is over, and why where it failed", () => {
    expect(resultWords(sweep, [])).toBe("");
    expect(resultWords(sweep, [result("1", 0.9747)])).toBe("Adam: 0.9747. 1 of 4 done");
    expect(resultWords(sweep, [result("0", 0, 1, "It failed.")])).toBe("SGD: failed. It failed. 1 of 4 done");
  });
});

describe("what it found", () => {
  test("is the best, by name", () => {
    const results = [result("0", 0.95), result("1", 0.9747), result("2", 0, 0, "It failed.")];
    expect(bestWords(sweep, results, true)).toBe("Best: Adam, 0.9747.");
    expect(bestWords(sweep, results, false)).toBe("Best so far: Adam, 0.9747.");
    expect(bestWords(sweep, [results[2]!], true)).toBeNull();
    const drawn = cellsOf(search)[1]!.values[0]!.label;
    expect(bestWords(search, [result("1.0", 0.9, 1)], false)).toBe(
      `Best so far: trial 2 (learning rate = ${drawn}), 0.9000 after 1 epoch.`,
    );
  });

  test("is a row for each cell of a grid, in its order", () => {
    const rows = tableRows(sweep, [result("1", 0.9)], [progress({ cell: cellsOf(sweep)[2]! })]);
    expect(
      rows.map(({ name, result: found, training, best }) => [name, found?.score, training, best]),
    ).toEqual([
      ["SGD", undefined, false, false],
      ["Adam", 0.9, false, true],
      ["RMSprop", undefined, true, false],
      ["AdaGrad", undefined, false, false],
    ]);
  });

  test("is a row for each trial of a search: those that went further first, failed ones last", () => {
    const results = [
      result("0.0", 0.92, 1),
      result("1.0", 0, 0, "It failed."),
      result("2.0", 0.91, 1),
      result("0.1", 0.9, 9),
    ];
    const rows = tableRows(search, results, []);
    expect(rows.map(({ name, result: found }) => [name, found?.epochs, found?.score])).toEqual([
      ["Trial 1", 9, 0.9],
      ["Trial 3", 1, 0.91],
      ["Trial 2", 0, 0],
    ]);
    expect(rows[0]!.cell.spec!.training.epochs).toBe(9);
    expect(rows[0]!.details).toMatch(/^learning rate = 0\.\d+$/);
  });

  test("of a trial that goes on is what it had before", () => {
    const results = [result("0.0", 0.92, 1), result("1.0", 0.5, 1), result("2.0", 0.91, 1)];
    const cell = cellsOf(search, results).at(-1)!;
    const [row] = tableRows(search, results, [progress({ cell })]);
    expect(row).toMatchObject({ name: "Trial 1", training: true, result: { score: 0.92 } });
  });
});
