import { expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { datasetOf, epochOrder, selectSamples } from "@/lib/spec/samples";
import { rowsOfStep } from "./rows";

const spec: ExperimentSpec = parseExperiment({
  ...firstRun,
  dataset: { id: "mnist", trainLimit: 1000 },
  validation: { split: 0.5 },
  training: { epochs: 2, batchSize: 64 },
});
const labels = new Uint8Array(datasetOf(spec).counts.train.reduce((sum, count) => sum + count, 0));
const { train } = selectSamples(spec, { train: labels, test: new Uint8Array(0) });

test("a batch begins with the rows that the trainer gives the engine", () => {
  expect([...rowsOfStep(spec, labels, 2, 16)]).toEqual([...epochOrder(spec, train, 0).subarray(128, 144)]);
});

test("steps are counted over the whole run: the second epoch has an order of its own", () => {
  // 500 images in batches of 64 are 8 steps.
  expect([...rowsOfStep(spec, labels, 8, 16)]).toEqual([...epochOrder(spec, train, 1).subarray(0, 16)]);
});

test("the last batch of an epoch is as short as it is", () => {
  expect(rowsOfStep(spec, labels, 7, 64)).toHaveLength(500 - 7 * 64);
});

test("a batch that is smaller than what is wanted is shown whole, and nothing of the next", () => {
  const small = { ...spec, training: { ...spec.training, batchSize: 4 } };
  expect([...rowsOfStep(small, labels, 1, 16)]).toEqual([...epochOrder(small, train, 0).subarray(4, 8)]);
});
