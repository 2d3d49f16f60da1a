import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { cellsOf } from "@/lib/sweeps/cells";
import { batchSizeSweep, learningRateSweep, optimizerSweep } from "@/lib/sweeps/common";
import { rangeOf, type VariedNumber, variedField, variedFields } from "@/lib/sweeps/fields";
import { parseSweep } from "@/lib/sweeps/parse";
import { type Draft, firstDraft, readNumbers, searchable, sweepOfDraft } from "./draft";

const spec = parseExperiment(firstRun);
const fields = variedFields(spec);
const first = firstDraft(spec, fields);
const made = (changes: Partial<Draft>) => sweepOfDraft(spec, { ...first, ...changes }, fields);

describe("what the dialog begins with", () => {
  test("is the comparisons that everybody makes first", () => {
    expect(made({ kind: "optimizers" }).sweep).toEqual(optimizerSweep(spec));
    expect(made({ kind: "learningRates" }).sweep).toEqual(learningRateSweep(spec));
    expect(made({ kind: "batchSizes" }).sweep).toEqual(batchSizeSweep(spec));
  });

  test("is a grid and a search over the learning rate and the first width", () => {
    const grid = made({ kind: "grid" }).sweep!;
    expect(grid.title).toBe("Learning rate × Units of layer 2");
    expect(cellsOf(grid)).toHaveLength(16);
    const search = made({ kind: "search" }).sweep!;
    expect(search).toMatchObject({
      title: "Search: learning rate, units of layer 2",
      trials: 9,
      minEpochs: 1,
      maxEpochs: 9,
      keepOneIn: 3,
    });
  });

  test("is a sweep that can be stored, whatever its kind", () => {
    for (const kind of ["optimizers", "learningRates", "batchSizes", "grid", "search"] as const) {
      const { sweep } = made({ kind });
      expect(parseSweep(JSON.parse(JSON.stringify(sweep)))).toEqual(sweep);
    }
  });
});

describe("a draft", () => {
  test("trains each for as many epochs as it says, and leaves the experiment alone", () => {
    const { sweep } = made({ kind: "optimizers", epochs: 2 });
    expect(cellsOf(sweep!).map((cell) => cell.spec!.training.epochs)).toEqual([2, 2, 2, 2]);
    expect(spec.training.epochs).toBe(5);
  });

  test("takes values as they are typed, once each, also ones that nothing can be trained with", () => {
    expect(readNumbers("0.1, .01;1e6\n0.10 ")).toEqual([0.1, 0.01, 1e6]);
    const axis = { field: "optimizer.learningRate", values: "0.1, 1e6" };
    const { sweep } = made({ kind: "learningRates", single: { ...first.single, learningRates: axis } });
    expect(cellsOf(sweep!).map(({ label, refusal }) => [label, refusal === null])).toEqual([
      ["0.1", true],
      ["1,000,000", false],
    ]);
  });

  test.each<[string, Partial<Draft>, string]>([
    [
      "a word among the numbers",
      { kind: "grid", grid: [{ field: "training.batchSize", values: "16, many" }] },
      "Batch size: “many” is no number: write values such as 0.1, 0.01.",
    ],
    [
      "one value alone",
      { kind: "grid", grid: [{ field: "optimizer", values: ["Adam"] }] },
      "Optimizer: a comparison needs two values or more.",
    ],
    [
      "a field twice",
      { kind: "grid", grid: [first.grid[0]!, first.grid[0]!] },
      "A field is there twice: vary another one.",
    ],
    [
      "more trainings than anybody waits for",
      {
        kind: "grid",
        grid: [
          { field: "seed", values: Array.from({ length: 20 }, (_, seed) => seed).join(" ") },
          { field: "training.epochs", values: Array.from({ length: 20 }, (_, more) => more + 1).join(" ") },
        ],
      },
      "These are 400 trainings: take fewer values, 256 trainings are the most.",
    ],
    ["nothing to draw", { kind: "search", ranges: [] }, "Add a field to search over."],
    [
      "a range from more to less",
      { kind: "search", ranges: [{ ...first.ranges[0]!, min: 0.1, max: 0.01 }] },
      "Learning rate: the range has to go from less to more.",
    ],
    [
      "more epochs at first than at most",
      { kind: "search", minEpochs: 10 },
      "The epochs at first are more than the epochs at most.",
    ],
  ])("says what is wrong with %s", (_, changes, sentence) => {
    expect(made(changes)).toEqual({ sweep: null, problem: sentence });
  });

  test("searches over numbers alone, and not over its own rounds", () => {
    const found = searchable(fields).map(({ field }) => field);
    expect(found).toContain("layers[2].units");
    expect(found).not.toContain("training.epochs");
    expect(found).not.toContain("loss");
    const split = rangeOf(variedField(spec, "validation.split") as VariedNumber);
    expect(made({ kind: "search", ranges: [split] }).problem).toBeNull();
  });
});
