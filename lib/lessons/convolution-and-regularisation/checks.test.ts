import { expect, test } from "vitest";
import { parseExperiment } from "../../spec/experiment";
import {
  bestEpoch,
  differInOneThing,
  dropoutRate,
  finished,
  hasBestWeights,
  keepsBest,
  normalizesBeforeActivation,
  overfits,
} from "./checks";
import {
  augmented,
  droppedOut,
  main,
  overfitting,
  tuned,
  withNormalization,
  withoutNormalization,
} from "./experiments";
import { runOf } from "./testing";

test("a run is finished when all of its epochs are there", () => {
  expect(finished(runOf(main))).toBe(true);
  expect(finished(runOf(main, { valLosses: [0.5, 0.4] }))).toBe(false);
  expect(finished(runOf(main, { state: "training" }))).toBe(false);
  expect(finished(runOf(main, { state: "failed" }))).toBe(false);
});

test("the best epoch has the lowest validation loss, and is the first of equals", () => {
  const { history } = runOf(main, { valLosses: [0.5, 0.2, 0.3, 0.2] });
  expect(bestEpoch(history)).toBe(2);
  expect(bestEpoch([])).toBeNull();
  expect(bestEpoch(runOf(main, { valLosses: [null, null] }).history)).toBeNull();
});

test("a run overfits where validation loss turned well before the end", () => {
  const fell = Array.from({ length: 10 }, (_, i) => 1 - 0.08 * i);
  const turned = [...fell, ...Array.from({ length: 15 }, (_, i) => 0.3 + 0.02 * i)];
  expect(overfits(runOf(overfitting, { valLosses: turned }))).toBe(true);
  expect(overfits(runOf(overfitting, { valLosses: fell }))).toBe(false);
  const late = [...Array.from({ length: 24 }, (_, i) => 1 - 0.03 * i), 0.9];
  expect(overfits(runOf(overfitting, { valLosses: late }))).toBe(false);
  const hardly = [...fell, ...Array.from({ length: 15 }, () => 0.29)];
  expect(overfits(runOf(overfitting, { valLosses: hardly }))).toBe(false);
  expect(overfits(runOf(overfitting, { valLosses: [null, null] }))).toBe(false);
});

test("the strongest dropout is the rate that counts, and none is 0", () => {
  expect(dropoutRate(parseExperiment(droppedOut(0.5)))).toBe(0.5);
  expect(dropoutRate(parseExperiment(overfitting))).toBe(0);
});

test("normalization counts where it stands between a convolution and its activation", () => {
  const before = parseExperiment(withNormalization);
  expect(normalizesBeforeActivation(before)).toBe(true);
  expect(normalizesBeforeActivation(parseExperiment(withoutNormalization))).toBe(false);
  const without = before.layers.filter(({ kind }) => kind !== "activation");
  expect(normalizesBeforeActivation({ ...before, layers: without })).toBe(false);
  const early = before.layers.map((layer) =>
    layer.kind === "conv2d" ? { ...layer, activation: "relu" as const } : layer,
  );
  expect(normalizesBeforeActivation({ ...before, layers: early })).toBe(false);
});

test("two experiments differ in one thing where one field is not the same; what they are called is none", () => {
  const spec = parseExperiment(tuned);
  const faster = { ...spec, optimizer: { ...spec.optimizer, learningRate: 0.003 } };
  expect(differInOneThing(spec, spec)).toBe(false);
  expect(differInOneThing(spec, { ...spec, title: "Another" })).toBe(false);
  expect(differInOneThing(spec, faster)).toBe(true);
  expect(differInOneThing(spec, { ...faster, training: { ...spec.training, epochs: 3 } })).toBe(false);
});

test("only a checkpoint of the validation loss keeps what is called the best here", () => {
  const spec = parseExperiment(augmented);
  expect(keepsBest(spec)).toBe(true);
  expect(keepsBest({ ...spec, callbacks: [] })).toBe(false);
  expect(keepsBest({ ...spec, callbacks: [{ kind: "modelCheckpoint", monitor: "loss" }] })).toBe(false);
});

test("a run has its best weights where that epoch was put back, or was the last", () => {
  const valLosses = [0.5, 0.2, 0.3];
  expect(hasBestWeights(runOf(main, { valLosses, restoredEpoch: 2 }))).toBe(true);
  expect(hasBestWeights(runOf(main, { valLosses, restoredEpoch: 3 }))).toBe(false);
  expect(hasBestWeights(runOf(main, { valLosses }))).toBe(false);
  expect(hasBestWeights(runOf(main, { valLosses: [0.5, 0.3, 0.2] }))).toBe(true);
  expect(hasBestWeights(runOf(main, { valLosses: [null, null] }))).toBe(false);
});
