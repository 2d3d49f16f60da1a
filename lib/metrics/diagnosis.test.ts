import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { diagnose, guessing } from "./diagnosis";
import type { GradientNorm } from "./gradients";
import type { EpochMetrics } from "./history";

const spec = parseExperiment(firstRun);
const withOptimizer = (optimizer: object): ExperimentSpec => parseExperiment({ ...firstRun, optimizer });

/** Epochs as [loss, accuracy, validation loss, validation accuracy]. */
const epochs = (...rows: [number, number, number?, number?][]): EpochMetrics[] =>
  rows.map(([loss, accuracy, valLoss = null, valAccuracy = null], i) => ({
    ...{ epoch: i + 1, loss, accuracy, valLoss, valAccuracy },
  }));

/** One array of 100 numbers around 0.1, and a gradient of this size. */
const norms = (gradient: number): GradientNorm[] => [
  { name: "dense_1/kernel", layer: 1, size: 100, weight: 0.1, gradient },
];
const gradients = (before: number, after: number) => ({ before: norms(before), after: norms(after) });

const flat = epochs([2.31, 0.11, 2.3, 0.11], [2.3, 0.12, 2.3, 0.11]);
const parting = epochs([0.5, 0.85, 0.6, 0.82], [0.1, 0.97, 0.5, 0.88], [0.02, 1, 0.7, 0.88]);
const poor = epochs([1.2, 0.5, 1.2, 0.51], [1.15, 0.55, 1.16, 0.54]);
const sound = epochs([0.4, 0.9, 0.3, 0.92], [0.2, 0.95, 0.2, 0.94]);

describe("what is wrong with a run", () => {
  test.each([
    ["flat curves", flat, ["notLearning"]],
    ["curves that part", parting, ["overfitting"]],
    ["two poor curves", poor, ["underfitting"]],
    ["good curves", sound, []],
    ["no epochs", [], []],
    ["a single epoch", flat.slice(0, 1), []],
    ["flat curves without validation", epochs([2.31, 0.11], [2.3, 0.12]), ["notLearning"]],
    ["poor ones without validation", epochs([1.2, 0.5], [1.15, 0.55]), ["underfitting"]],
    ["a loss that ran away and came back to guessing", epochs([3e7, 0.1], [2.32, 0.1]), ["notLearning"]],
    [
      "curves that part while validation still improves",
      epochs([0.5, 0.85, 0.6, 0.82], [0.1, 0.99, 0.5, 0.88]),
      [],
    ],
    [
      "a validation loss that turns next to no gap",
      epochs([0.1, 0.97, 0.1, 0.97], [0.02, 0.99, 0.2, 0.97]),
      [],
    ],
    ["dropout, which makes training look worse", epochs([1, 0.7, 0.5, 0.9], [0.9, 0.72, 0.45, 0.91]), []],
  ] as const)("is told from %s", (_, history, expected) => {
    expect(diagnose({ spec, history }).map(({ issue }) => issue)).toEqual(expected);
  });

  test("is judged at the epoch whose weights were put back", () => {
    expect(diagnose({ spec, history: parting, restoredEpoch: 2 })).toEqual([]);
    expect(diagnose({ spec, history: parting, restoredEpoch: null })).toHaveLength(1);
    const [finding] = diagnose({ spec, history: poor, restoredEpoch: 1 });
    expect(finding!.evidence.join(" ")).toContain("50.0 % of the training images are right");
  });

  test("is shown in numbers", () => {
    const [finding] = diagnose({ spec, history: parting, gradients: gradients(0.02, 0.0001) });
    expect(finding!.evidence).toEqual([
      "100.0 % of the training images are right, and 88.0 % of the validation images: 12.0 points apart.",
      "The validation loss was lowest after epoch 2, 0.5000. Since then it has risen to 0.7000, while the training loss fell from 0.1000 to 0.0200.",
      "109,386 parameters learn from 48,000 images.",
      "The gradient on training images is 0.5 % as long as at first: they have little left to teach.",
    ]);
  });
});

describe("the remedy", () => {
  const remedy = (observed: Parameters<typeof diagnose>[0]) => diagnose(observed)[0]!.remedy;

  test.each([
    ["steps that are too small", 0.001, gradients(0.0001, 0.0001), /too small: raise .* to about 10\.$/],
    ["steps that are too large", 1, gradients(0.1, 0.1), /too large: lower .* to about 0\.01\.$/],
    ["units that are stuck", 1, gradients(0.1, 0), /smaller learning rate than 1: one tenth/],
    ["steps of a sound size", 0.1, gradients(0.01, 0.01), /check the images and their labels/],
  ])("for a flat loss goes by the gradients: %s", (_, learningRate, seen, expected) => {
    const observed = { spec: withOptimizer({ kind: "sgd", learningRate }), history: flat };
    expect(remedy({ ...observed, gradients: seen })).toMatch(expected);
    expect(remedy(observed)).toMatch(/ten times/);
  });

  test.each([
    [
      "few of the images are used",
      { dataset: { id: "mnist", trainLimit: 500 } },
      /^Train on more images, 60,000/,
    ],
    ["all are", {}, /^Add dropout/],
    [
      "dropout is there",
      { layers: [...firstRun.layers.slice(0, -1), { kind: "dropout", rate: 0.2 }, firstRun.layers.at(-1)] },
      /drop more units out/,
    ],
  ])("for overfitting goes by the experiment: %s", (_, changes, expected) => {
    expect(remedy({ spec: parseExperiment({ ...firstRun, ...changes }), history: parting })).toMatch(
      expected,
    );
  });

  test("for underfitting goes by how the loss still moves, and by the steps", () => {
    const falling = epochs([1.5, 0.4], [1.2, 0.5]);
    const still = epochs([1.21, 0.5], [1.2, 0.5]);
    expect(remedy({ spec, history: falling })).toMatch(/train for more epochs/);
    expect(remedy({ spec, history: still })).toMatch(/Make the network larger/);
    const heavy = [...firstRun.layers.slice(0, -1), { kind: "dropout", rate: 0.8 }, firstRun.layers.at(-1)];
    expect(remedy({ spec: parseExperiment({ ...firstRun, layers: heavy }), history: still })).toMatch(
      /Drop fewer/,
    );
    const fast = withOptimizer({ kind: "adam", learningRate: 0.1 });
    expect(remedy({ spec: fast, history: still, gradients: gradients(0.1, 0.1) })).toMatch(
      /100\.0 % of the weights' length: lower the learning rate/,
    );
  });
});

describe("guessing", () => {
  const of = (changes: object) => guessing(parseExperiment({ ...firstRun, ...changes }));
  const one = [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }];

  test("has the entropy of the classes' shares for a loss", () => {
    expect(of({}).loss).toBeCloseTo(2.3013, 3);
    expect(of({}).accuracy).toBeCloseTo(6742 / 60000, 6);
    const share = 5923 / 12665;
    const entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    const binary = { dataset: { id: "mnist", classes: [0, 1] }, layers: one };
    expect(of({ ...binary, loss: "binaryCrossentropy" }).loss).toBeCloseTo(entropy, 6);
    expect(of({ ...binary, loss: "binaryCrossentropy" }).accuracy).toBeCloseTo(1 - share, 6);
    expect(of({ ...binary, loss: "meanSquaredError" }).loss).toBeCloseTo(share * (1 - share), 6);
  });

  test("of ten outputs is ten questions' mean", () => {
    expect(of({ loss: "meanSquaredError" }).loss).toBeCloseTo(0.09, 3);
    expect(of({ loss: "binaryCrossentropy" }).loss).toBeCloseTo(0.325, 2);
  });
});
