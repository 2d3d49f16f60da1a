import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { batchSizeSweep, optimizerSweep } from "./common";
import { parseResults, parseSweep } from "./parse";
import type { CellResult, SearchSweep } from "./sweep";

const base = parseExperiment(firstRun);
const search: SearchSweep = {
  kind: "search",
  title: "Search",
  base,
  ranges: [
    {
      field: "layers[1].units",
      label: "Units of layer 2",
      min: 16,
      max: 256,
      integer: true,
      logarithmic: true,
    },
  ],
  trials: 9,
  minEpochs: 1,
  maxEpochs: 9,
  keepOneIn: 3,
  seed: 1,
};
const result: CellResult = { id: "0", score: 0.9, valLoss: 0.3, epochs: 5, elapsedMs: 1200, failure: null };
const stored = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("what was stored", () => {
  test.each([optimizerSweep(base), batchSizeSweep(base), search])("comes back as it was: $title", (sweep) => {
    expect(parseSweep(stored(sweep))).toEqual(sweep);
  });

  test.each([
    ["no sweep", null],
    ["another kind", { ...search, kind: "grid" }],
    ["an experiment that is none", { ...search, base: { ...base, seed: -1 } }],
    ["a path that is none", { ...search, ranges: [{ ...search.ranges[0], field: "a b" }] }],
    ["a range that ends before it begins", { ...search, ranges: [{ ...search.ranges[0], max: 1 }] }],
    ["decades from 0", { ...search, ranges: [{ ...search.ranges[0], min: 0 }] }],
    ["a search without an end", { ...search, keepOneIn: 1 }],
    ["fewer epochs at the end than at the beginning", { ...search, maxEpochs: 1, minEpochs: 2 }],
    ["four axes", { ...optimizerSweep(base), axes: Array(4).fill(optimizerSweep(base).axes[0]) }],
    ["no axis", { ...optimizerSweep(base), axes: [] }],
    ["a field that nobody knows", { ...search, extra: 1 }],
  ])("is refused where it is %s", (_, input) => {
    expect(() => parseSweep(stored(input))).toThrow(/must be/);
  });

  test("is refused where it would never end", () => {
    const values = Array.from({ length: 20 }, (_, value) => ({ label: String(value), value }));
    const axes = ["seed", "training.epochs"].map((field) => ({ field, label: field, values }));
    expect(() => parseSweep({ kind: "grid", title: "Many", base, axes })).toThrow(
      "The sweep is 400 trainings; it must be at most 256.",
    );
  });

  test("is results, failed ones too", () => {
    const results = [result, { ...result, id: "1", score: 0, valLoss: null, failure: "It failed." }];
    expect(parseResults(stored(results))).toEqual(results);
    for (const change of [
      { score: 2 },
      { score: null },
      { epochs: -1 },
      { failure: 3 },
      { id: "" },
      { more: 1 },
    ])
      expect(() => parseResults([{ ...result, ...change }])).toThrow(/must be/);
  });
});
