import { expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { cellsOf } from "@/lib/sweeps/cells";
import { learningRateSweep, optimizerSweep } from "@/lib/sweeps/common";
import type { CellProgress } from "@/lib/sweeps/runner";
import type { SearchSweep } from "@/lib/sweeps/sweep";
import { sweepCsv } from "./sweep-csv";

const base = parseExperiment(firstRun);
const result = { valLoss: 0.1, epochs: 5, elapsedMs: 1500, failure: null };

test("every training has a row with its score in full, also those that failed, train or are to come", () => {
  const sweep = learningRateSweep(base, [0.1, 0.01, 0.001, 1e6]);
  const [, , third] = cellsOf(sweep);
  const results = [
    { ...result, id: "0", score: 0.912345678901 },
    { ...result, id: "3", score: 0, valLoss: null, epochs: 0, elapsedMs: 0, failure: 'It says "no", twice.' },
  ];
  const underway = [{ cell: third, score: 0.8 } as CellProgress];
  expect(sweepCsv(sweep, { results, underway }).split("\r\n")).toEqual([
    "learning rate,state,validation accuracy,validation loss,epochs,seconds,failure",
    "0.1,done,0.912345678901,0.1,5,1.5,",
    "0.01,open,,,,,",
    "0.001,training,0.8,,,,",
    '1000000,failed,0,,0,0,"It says ""no"", twice."',
    "",
  ]);
});

test("what is no number is called as in the chart, and accuracy says which it is", () => {
  const sweep = optimizerSweep({ ...base, validation: { ...base.validation, split: 0 } });
  const [head, first] = sweepCsv(sweep, { results: [], underway: [] }).split("\r\n");
  expect(head).toBe("optimizer,state,training accuracy,validation loss,epochs,seconds,failure");
  expect(first).toBe(`${cellsOf(sweep)[0]!.label},open,,,,,`);
});

test("a search says the trial and the round, both from 1", () => {
  const range = { field: "optimizer.learningRate", label: "Rate", min: 1e-4, max: 0.1 };
  const search: SearchSweep = {
    ...{
      kind: "search",
      title: "Search",
      base,
      trials: 3,
      minEpochs: 1,
      maxEpochs: 3,
      keepOneIn: 3,
      seed: 1,
    },
    ranges: [{ ...range, integer: false, logarithmic: true }],
  };
  const cells = cellsOf(search);
  const results = [{ ...result, id: cells[1]!.id, score: 0.5 }];
  const [head, , second] = sweepCsv(search, { results, underway: [] }).split("\r\n");
  expect(head).toBe("trial,round,rate,state,validation accuracy,validation loss,epochs,seconds,failure");
  expect(second).toBe(`2,1,${cells[1]!.values[0]!.value},done,0.5,0.1,5,1.5,`);
});
