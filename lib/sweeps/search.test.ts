import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { drawTrial, goesOnAsPlanned, roundsOf, searchCells } from "./search";
import type { Cell, CellResult, SearchSweep } from "./sweep";

const base = parseExperiment(firstRun);
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
    { field: "layers[1].units", label: "Units", min: 16, max: 18, integer: true, logarithmic: false },
  ],
  trials: 9,
  minEpochs: 1,
  maxEpochs: 9,
  keepOneIn: 3,
  seed: 1,
};
const result = ({ id, spec }: Cell, score: number): CellResult => ({
  id,
  score,
  valLoss: 1 - score,
  epochs: spec?.training.epochs ?? 0,
  elapsedMs: 1,
  failure: score === 0 ? "It failed." : null,
});

describe("the rounds", () => {
  test.each([
    [{}, "9×1 3×3 1×9"],
    [{ trials: 16, maxEpochs: 16, keepOneIn: 2 }, "16×1 8×2 4×4 2×8 1×16"],
    [{ trials: 20, minEpochs: 2, maxEpochs: 10 }, "20×2 6×6 2×10"],
    [{ trials: 4 }, "4×1 1×9"],
    [{ trials: 1 }, "1×1 1×9"],
    [{ minEpochs: 9 }, "9×9"],
  ])("of %j are %s", (change, text) => {
    const rounds = roundsOf({ ...search, ...change });
    expect(rounds.map(({ trials, epochs }) => `${trials}×${epochs}`).join(" ")).toBe(text);
  });
});

describe("what is drawn", () => {
  const many = { ...search, trials: 2000 };
  const drawn = Array.from({ length: many.trials }, (_, trial) => drawTrial(many, trial));
  const numbers = (index: number) => drawn.map((values) => values[index]!.value as number);

  test("is the same for the same seed, however many trials there are", () => {
    expect(drawTrial(search, 3)).toEqual(drawTrial(many, 3));
    expect(drawTrial({ ...search, seed: 2 }, 3)).not.toEqual(drawTrial(search, 3));
    expect(drawTrial(search, 0)).not.toEqual(drawTrial(search, 1));
  });

  test("is spread evenly over decades, in numbers of three digits within the range", () => {
    const rates = numbers(0);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
    for (const [from, to] of [
      [1e-4, 1e-3],
      [1e-3, 1e-2],
      [1e-2, 1e-1],
    ] as const)
      expect(rates.filter((rate) => rate >= from && rate < to).length / 2000).toBeCloseTo(1 / 3, 1);
    for (const rate of rates) expect(String(Number(rate.toPrecision(3)))).toBe(String(rate));
  });

  test("is whole where it must be, the ends as often as the middle", () => {
    const units = numbers(1);
    for (const wanted of [16, 17, 18])
      expect(units.filter((found) => found === wanted).length / 2000).toBeCloseTo(1 / 3, 1);
  });
});

describe("who goes on", () => {
  const first = searchCells(search, []);

  test("is decided when a round is over, and not before", () => {
    expect(first.map(({ id, label }) => [id, label])).toEqual(
      Array.from({ length: 9 }, (_, trial) => [`${trial}.0`, `Trial ${trial + 1}`]),
    );
    expect(first.every(({ spec }) => spec!.training.epochs === 1)).toBe(true);
    const results = first.slice(1).map((cell) => result(cell, 0.5));
    expect(searchCells(search, results)).toHaveLength(9);
  });

  test("is the best third, the most promising last, with the same values for more epochs", () => {
    const results = first.map((cell, index) => result(cell, 0.1 + index / 20));
    const cells = searchCells(search, results);
    expect(cells.slice(9).map(({ id }) => id)).toEqual(["6.1", "7.1", "8.1"]);
    expect(cells[9]!.values).toEqual(first[6]!.values);
    expect(cells[9]!.spec!.training.epochs).toBe(3);
    const second = cells.slice(9).map((cell, index) => result(cell, 0.9 - index / 10));
    expect(
      searchCells(search, [...results, ...second])
        .slice(12)
        .map(({ id }) => id),
    ).toEqual(["6.2"]);
  });

  test("is nobody who failed", () => {
    const results = first.map((cell, index) => result(cell, index === 4 ? 0.8 : 0));
    expect(
      searchCells(search, results)
        .slice(9)
        .map(({ id }) => id),
    ).toEqual(["4.1"]);
    expect(
      searchCells(
        search,
        first.map((cell) => result(cell, 0)),
      ),
    ).toHaveLength(9);
  });
});

test("a training goes on as planned unless its plan says how long it is", () => {
  const stopping = { kind: "earlyStopping", monitor: "valLoss", patience: 1, minDelta: 0 } as const;
  expect(goesOnAsPlanned(base)).toBe(true);
  expect(goesOnAsPlanned({ ...base, callbacks: [{ ...stopping, restoreBestWeights: false }] })).toBe(false);
});
