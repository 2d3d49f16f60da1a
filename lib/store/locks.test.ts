import { beforeEach, describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { lenet5 } from "../spec/presets/lenet5";
import {
  addLayer,
  beginWith,
  lockFields,
  moveLayer,
  openExperiment,
  redo,
  removeLayer,
  setDataset,
  setLayerField,
  setOptimizer,
  setOptimizerField,
  setSeed,
  setTraining,
  specStore,
  undo,
} from "./spec";

const first = parseExperiment(firstRun);
const spec = () => specStore.getState().spec;

beforeEach(() => {
  lockFields([]);
  beginWith({ spec: first, forkedFrom: null });
});

describe("what is locked", () => {
  test("cannot be edited, and everything else can", () => {
    lockFields(["layers", "optimizer"]);
    addLayer("dropout");
    removeLayer(1);
    moveLayer(1, 2);
    setLayerField(1, "units", 7);
    setOptimizer("sgd");
    setOptimizerField("learningRate", 0.1);
    expect(spec()).toEqual(first);
    setTraining("epochs", 2);
    setSeed(9);
    expect(spec()).toEqual({ ...first, seed: 9, training: { ...first.training, epochs: 2 } });
  });

  test("stays where another data set would take it along", () => {
    openExperiment(parseExperiment(lenet5.experiment));
    lockFields(["layers"]);
    const before = spec();
    setDataset("digits");
    expect(spec()).toBe(before);
  });

  test("does not come back with an undo, nor with a redo", () => {
    setOptimizerField("learningRate", 0.1);
    setTraining("epochs", 2);
    lockFields(["optimizer"]);
    undo();
    expect(spec().optimizer.learningRate).toBe(0.1);
    expect(spec().training.epochs).toBe(2);
    setTraining("epochs", 3);
    undo();
    expect(spec().training.epochs).toBe(2);
    redo();
    expect(spec().training.epochs).toBe(3);
  });

  test("changes with an experiment that a lesson's step brings, which no undo takes back", () => {
    lockFields(["layers"]);
    const lenet = parseExperiment(lenet5.experiment);
    openExperiment(lenet);
    expect(spec()).toBe(lenet);
    undo();
    expect(spec()).toBe(lenet);
  });

  test("is just what was named last", () => {
    lockFields(["layers"]);
    lockFields(["seed"]);
    removeLayer(1);
    setSeed(5);
    expect(spec().layers).toHaveLength(first.layers.length - 1);
    expect(spec().seed).toBe(first.seed);
  });
});
