import { describe, expect, test } from "vitest";
import {
  createLayer,
  type ExperimentSpec,
  type LayerSpec,
  layerKinds,
  parseExperiment,
} from "../spec/experiment";
import { convolutionalNetwork } from "../spec/presets/convolutional-network";
import { firstRun } from "../spec/presets/first-run";
import { residualNetwork } from "../spec/presets/residual-network";
import { differences, NONE, outcomeOf } from "./compare";
import type { RunRecord } from "./run-record";

const spec = (change: object = {}) => parseExperiment({ ...firstRun, ...change });
const [flatten, wide, narrow, last] = firstRun.layers;

/** Label and values of what two experiments differ in. */
const between = (...specs: ExperimentSpec[]) =>
  differences(specs).map(({ label, values }) => [label, ...values]);

describe("what experiments differ in", () => {
  test("is nothing for the same experiment, whatever it is called", () => {
    expect(between(spec(), spec({ title: "Again" }), spec())).toEqual([]);
  });

  test("is named as the form names it, with a value for each of them", () => {
    const other = spec({
      optimizer: { kind: "adam", learningRate: 0.01 },
      training: { epochs: 5, batchSize: 64, shuffle: false },
      validation: { split: 0, from: "last" },
      loss: "categoricalCrossentropy",
      seed: 7,
    });
    expect(between(spec(), other, spec())).toEqual([
      ["Validation", "0.2", "0", "0.2"],
      ["Validation · Taken from", "first", "last", "first"],
      ["Loss", "Cross-entropy (sparse)", "Cross-entropy (one-hot)", "Cross-entropy (sparse)"],
      ["Learning rate", "0.001", "0.01", "0.001"],
      ["Batch size", "32", "64", "32"],
      ["Shuffle", "yes", "no", "yes"],
      ["Seed", "1", "7", "1"],
    ]);
  });

  test("in the data are the classes and the images that are used", () => {
    const few = spec({ dataset: { id: "mnist", classes: [3, 8], trainLimit: 500 } });
    expect(between(spec(), few)).toEqual([
      ["Classes", "all", "3, 8"],
      ["Images", "all", "500"],
    ]);
    const all = spec({ dataset: { id: "mnist", trainLimit: 60_000 } });
    expect(between(spec(), all)).toEqual([]);
  });

  test("in a layer of one kind are its fields", () => {
    const other = spec({ layers: [flatten, { ...wide, units: 32, activation: "tanh" }, narrow, last] });
    expect(between(spec(), other)).toEqual([
      ["Layer 2 · Units", "128", "32"],
      ["Layer 2 · Activation", "relu", "tanh"],
    ]);
  });

  test("place by place are other kinds, each with what is its own, and layers that one lacks", () => {
    const other = spec({ layers: [flatten, wide, { kind: "dropout", rate: 0.5 }, narrow, last] });
    expect(between(spec(), other)).toEqual([
      ["Layer 3", "Dense (units 64)", "Dropout (rate 0.5)"],
      ["Layer 4 · Units", "10", "64"],
      ["Layer 4 · Activation", "softmax", "relu"],
      ["Layer 5", NONE, "Dense (units 10, activation softmax)"],
    ]);
  });

  test("within a block are its layers", () => {
    const one = parseExperiment(residualNetwork.experiment);
    const block = one.layers[2] as LayerSpec & { kind: "residual" };
    const [first, second] = block.layers;
    const changed = { ...block, layers: [{ ...first!, kernelSize: 5 }, second!] };
    expect(between(one, { ...one, layers: one.layers.with(2, changed) })).toEqual([
      ["Layer 3 · Layer 1 · Kernel", "3", "5"],
    ]);
  });

  test("in optimizers are their kind with its own settings, and by itself what both have", () => {
    const sgd = spec({ optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0.9 } });
    expect(between(spec(), sgd)).toEqual([
      ["Optimizer", "Adam", "SGD (momentum 0.9)"],
      ["Learning rate", "0.001", "0.05"],
    ]);
  });

  test("are augmentations and callbacks", () => {
    const shifted = spec({
      augmentation: [{ kind: "shift", pixels: 3 }],
      callbacks: [{ kind: "learningRateSchedule", warmupEpochs: 1 }],
    });
    const [augmentation, callback] = differences([spec(), shifted]);
    expect(augmentation).toEqual({ label: "Augmentation 1", values: [NONE, "Shift (pixels 3)"] });
    expect(callback?.label).toBe("Learning-rate schedule");
    expect(callback?.values[0]).toBe(NONE);
    expect(callback?.values[1]).toMatch(/^Learning-rate schedule \(schedule .+, warm-up epochs 1\)$/);
  });

  test.each(layerKinds)("name %s, a kind of the catalog, without knowing it", (kind) => {
    const [row] = differences([spec(), spec({ layers: [createLayer(kind), ...firstRun.layers.slice(1)] })]);
    if (kind === "flatten") expect(row).toBeUndefined();
    else
      expect(row).toMatchObject({ label: "Layer 1", values: ["Flatten", expect.stringMatching(/^[A-Z]/)] });
  });

  test("between two very different experiments are all there", () => {
    const labels = differences([spec(), parseExperiment(convolutionalNetwork.experiment)]).map(
      ({ label }) => label,
    );
    expect(labels).toContain("Layer 1");
    expect(new Set(labels).size).toBe(labels.length);
  });
});

test("the outcome of a run is its test, its size and what it took", () => {
  const record = {
    experiment: spec(),
    history: [{}, {}],
    test: { loss: 0.08, accuracy: 0.97 },
    environment: { elapsedMs: 2500, engine: { id: "wasm", name: "WebAssembly SIMD", device: "any" } },
  } as RunRecord;
  expect(outcomeOf(record)).toEqual({
    testAccuracy: 0.97,
    testLoss: 0.08,
    parameters: 109_386,
    macs: 109_184,
    epochs: 2,
    restoredEpoch: null,
    elapsedMs: 2500,
    engine: "WebAssembly SIMD",
  });
  expect(outcomeOf({ ...record, restoredEpoch: 1 }).restoredEpoch).toBe(1);
});
