import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { checkpoint, earlyStopping, keptEpoch, plateauLearningRate, restoresBest } from "./callbacks";
import type { EpochMetrics } from "./history";

const withCallback = (callback: { kind: string; [field: string]: unknown }): ExperimentSpec =>
  parseExperiment({ ...firstRun, callbacks: [callback] });

const epochs = (valLosses: readonly (number | null)[]): EpochMetrics[] =>
  valLosses.map((valLoss, i) => ({
    epoch: i + 1,
    loss: 1,
    accuracy: 0.5,
    valLoss,
    valAccuracy: valLoss === null ? null : 1 - valLoss,
  }));

describe("early stopping", () => {
  const spec = withCallback({ kind: "earlyStopping", patience: 2, restoreBestWeights: true });
  const at = (losses: readonly (number | null)[]) => earlyStopping(spec, epochs(losses));

  test("stops where its patience runs out, and knows the best epoch", () => {
    expect(at([])).toEqual({ best: 0, stops: false });
    expect(at([0.5, 0.4])).toEqual({ best: 2, stops: false });
    expect(at([0.5, 0.4, 0.41])).toEqual({ best: 2, stops: false });
    expect(at([0.5, 0.4, 0.41, 0.4])).toEqual({ best: 2, stops: true });
    expect(at([0.5, 0.4, 0.41, 0.39, 0.4, 0.6])).toEqual({ best: 4, stops: true });
  });

  test("has its patience back where the training goes on, and the best stays", () => {
    const losses = [0.5, 0.4, 0.41, 0.42, 0.43];
    expect(at(losses)).toEqual({ best: 2, stops: false });
    expect(at([...losses, 0.44])).toEqual({ best: 2, stops: true });
  });

  test("an accuracy improves by rising, and by more than the least change", () => {
    const rising = withCallback({
      kind: "earlyStopping",
      monitor: "valAccuracy",
      patience: 1,
      minDelta: 0.05,
    });
    expect(earlyStopping(rising, epochs([0.5, 0.4]))).toEqual({ best: 2, stops: false });
    expect(earlyStopping(rising, epochs([0.5, 0.47]))).toEqual({ best: 1, stops: true });
  });

  test("patience 0 never stops in the first epoch", () => {
    const impatient = withCallback({ kind: "earlyStopping", patience: 0 });
    expect(earlyStopping(impatient, epochs([0.5]))!.stops).toBe(false);
    expect(earlyStopping(impatient, epochs([null]))!.stops).toBe(false);
    expect(earlyStopping(impatient, epochs([0.5, 0.5]))!.stops).toBe(true);
  });

  test("an experiment without it has none", () => {
    const plain = parseExperiment(firstRun);
    expect(earlyStopping(plain, epochs([0.5]))).toBeNull();
    expect([restoresBest(plain), restoresBest(spec)]).toEqual([false, true]);
  });
});

describe("a model checkpoint", () => {
  const spec = withCallback({ kind: "modelCheckpoint" });
  const at = (losses: readonly (number | null)[]) => checkpoint(spec, epochs(losses));

  test("tells of the best epoch, and what it was better than", () => {
    expect(at([])).toBeNull();
    expect(at([0.5])).toEqual({ epoch: 1, monitor: "valLoss", value: 0.5, previous: null });
    const second = { epoch: 2, monitor: "valLoss", value: 0.4, previous: 0.5 };
    expect(at([0.5, 0.4])).toEqual(second);
    expect(at([0.5, 0.4, 0.4, 0.45])).toEqual(second);
    expect(at([null, null])).toBeNull();
  });

  test("is not impressed by a measure that is no number", () => {
    expect(at([Number.NaN, 0.5, Number.NaN])).toMatchObject({ epoch: 2, previous: null });
  });

  test("has its epoch's weights put back before those of early stopping", () => {
    const both = parseExperiment({
      ...firstRun,
      callbacks: [
        { kind: "earlyStopping", monitor: "valLoss", minDelta: 0.2, restoreBestWeights: true },
        { kind: "modelCheckpoint", monitor: "valLoss" },
      ],
    });
    expect(keptEpoch(both, epochs([0.5, 0.4]))).toBe(2);
    expect(keptEpoch({ ...both, callbacks: both.callbacks.slice(0, 1) }, epochs([0.5, 0.4]))).toBe(1);
    expect(keptEpoch(spec, [])).toBeNull();
    expect(keptEpoch(parseExperiment(firstRun), epochs([0.5]))).toBeNull();
  });
});

describe("reduce on plateau", () => {
  const spec = withCallback({ kind: "reduceLROnPlateau", factor: 0.5, patience: 2, cooldown: 1 });
  const rates = (valLosses: readonly number[]) =>
    valLosses.map((_, i) => plateauLearningRate(spec, epochs(valLosses.slice(0, i + 1))));

  test("multiplies the learning rate after its patience, and counts nothing while it cools down", () => {
    expect(rates([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4])).toEqual([
      0.001, 0.001, 0.0005, 0.0005, 0.00025, 0.00025, 0.00025, 0.00025, 0.000125,
    ]);
  });

  test("never goes below the lowest rate", () => {
    const floor = withCallback({ kind: "reduceLROnPlateau", patience: 0, minLearningRate: 0.0004 });
    expect(plateauLearningRate(floor, epochs([0.5, 0.5]))).toBe(0.0004);
    expect(plateauLearningRate(floor, epochs([0.5, 0.5, 0.5]))).toBe(0.0004);
  });

  test("an experiment without it has none", () => {
    expect(plateauLearningRate(parseExperiment(firstRun), epochs([0.5]))).toBeNull();
  });
});
