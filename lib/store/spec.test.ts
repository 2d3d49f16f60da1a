import { beforeEach, describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { convolutionalNetwork } from "../spec/presets/convolutional-network";
import { firstRun } from "../spec/presets/first-run";
import { lenet5 } from "../spec/presets/lenet5";
import { residualNetwork } from "../spec/presets/residual-network";
import {
  addAugmentation,
  addCallback,
  addLayer,
  canAddAugmentation,
  canAddLayer,
  firstError,
  freeCallbacks,
  imageCount,
  imagesField,
  moveLayer,
  openExperiment,
  programOf,
  redo,
  removeAugmentation,
  removeCallback,
  removeLayer,
  setAugmentationField,
  setCallbackField,
  setDataset,
  setLayerField,
  setLoss,
  setOptimizer,
  setOptimizerField,
  setSeed,
  setTraining,
  setTrainLimit,
  setValidation,
  specStore,
  undo,
} from "./spec";

const spec = () => specStore.getState().spec;
const kinds = () => spec().layers.map(({ kind }) => kind);

beforeEach(() => {
  specStore.setState({ spec: parseExperiment(firstRun) });
  specStore.temporal.getState().clear();
});

describe("editing the experiment", () => {
  test("opens with the first run", () => {
    expect(spec()).toEqual(parseExperiment(firstRun));
    expect(programOf(spec()).parameters).toBe(109_386);
  });

  test("makes 256-128-64 with a layer more, and counts 242,762 parameters", () => {
    setLayerField(1, "units", 256);
    setLayerField(2, "units", 128);
    expect(addLayer("dense")).toBe(3);
    expect(programOf(spec()).parameters).toBe(242_762);
    expect(firstError(spec())).toBeNull();
  });

  test("adds a layer at the end where there is no answer yet", () => {
    for (const _ of firstRun.layers) removeLayer(0);
    addLayer("flatten");
    addLayer("dense");
    expect(kinds()).toEqual(["flatten", "dense"]);
    expect(firstError(spec())?.field).toBe("layers[1]");
  });

  test("puts a layer that needs an image before Flatten, as late as it can be", () => {
    expect(addLayer("conv2d")).toBe(0);
    expect(addLayer("maxPooling2d")).toBe(1);
    expect(addLayer("residual")).toBe(2);
    expect(addLayer("batchNormalization")).toBe(6);
    expect(kinds().slice(0, 4)).toEqual(["conv2d", "maxPooling2d", "residual", "flatten"]);
    expect(firstError(spec())).toBeNull();
  });

  test("puts a missing layer where it mends the network", () => {
    removeLayer(0);
    expect(addLayer("flatten")).toBe(0);
    expect(firstError(spec())).toBeNull();
  });

  test("adds a layer that fits nowhere before the answer, and says what is wrong", () => {
    addLayer("globalAveragePooling2d");
    // It leaves a list of one number, so that no second one can follow or precede it.
    expect(kinds()[0]).toBe("globalAveragePooling2d");
    expect(addLayer("globalAveragePooling2d")).toBe(spec().layers.length - 2);
    expect(firstError(spec())!.message).toMatch(/needs an image/);
  });

  test("changes the layers of a residual block like any other field", () => {
    openExperiment(parseExperiment(residualNetwork.experiment));
    const before = spec();
    const block = before.layers[2]!;
    if (block.kind !== "residual") throw new Error("The third layer is no block.");
    setLayerField(2, "layers", [...block.layers, { kind: "batchNormalization" }]);
    expect(spec().layers[2]).toMatchObject({
      layers: [{}, {}, { kind: "batchNormalization", momentum: 0.99 }],
    });
    expect(firstError(spec())).toBeNull();
    undo();
    expect(spec()).toBe(before);
    expect(() => setLayerField(2, "layers", [])).toThrow(/layers\[2\]\.layers is \[\]/);
    expect(() => setLayerField(2, "layers", [block])).toThrow(ParseError);
  });

  test("starts from a preset in one step that can be undone", () => {
    const first = spec();
    openExperiment(parseExperiment(convolutionalNetwork.experiment));
    expect(spec().title).toBe("Convolutional network");
    undo();
    expect(spec()).toBe(first);
  });

  test("moves a layer, and stays put past the ends", () => {
    moveLayer(0, 1);
    expect(kinds()).toEqual(["dense", "flatten", "dense", "dense"]);
    const moved = spec();
    moveLayer(0, -1);
    moveLayer(3, 4);
    expect(spec()).toBe(moved);
  });

  test("names the layer that cannot follow the one before", () => {
    removeLayer(0);
    expect(firstError(spec())).toMatchObject({ field: "layers[0]" });
    expect(firstError(spec())!.message).toMatch(/put Flatten before it/);
  });

  test("has no room for more layers than an experiment may have", () => {
    while (canAddLayer(spec())) addLayer("dropout");
    expect(spec().layers).toHaveLength(32);
    expect(() => addLayer("dropout")).toThrow(ParseError);
  });

  test.each([
    ["units", () => setLayerField(1, "units", 1e9), /layers\[1\]\.units is 1000000000; it must be/],
    [
      "a made-up field",
      () => setLayerField(1, "colour", 1),
      /layers\[1\]\.colour is 1, but there is no such/,
    ],
    ["the learning rate", () => setOptimizerField("learningRate", Number.NaN), /learningRate is NaN/],
    ["epochs", () => setTraining("epochs", 1.5), /training\.epochs is 1\.5/],
    ["the seed", () => setSeed("x"), /seed is "x"/],
  ])("refuses %s out of bounds and stays as it was", (_, edit, message) => {
    const before = spec();
    expect(edit).toThrow(message);
    expect(spec()).toBe(before);
  });

  test("gives another optimizer its own defaults", () => {
    setOptimizerField("beta1", 0.5);
    setOptimizer("sgd");
    expect(spec().optimizer).toEqual({ kind: "sgd", learningRate: 0.01, momentum: 0, nesterov: false });
  });

  test("changes loss, seed, validation and training", () => {
    setLoss("meanSquaredError");
    setSeed(7);
    setValidation("split", 0);
    setValidation("from", "last");
    setTraining("shuffle", false);
    expect(spec()).toMatchObject({
      loss: "meanSquaredError",
      seed: 7,
      validation: { split: 0, from: "last" },
      training: { shuffle: false },
    });
  });

  test("adds, changes and removes augmentations, as many as there may be", () => {
    expect(addAugmentation("rotate")).toBe(0);
    expect(addAugmentation("shift")).toBe(1);
    setAugmentationField(0, "degrees", 15);
    expect(spec().augmentation).toEqual([
      { kind: "rotate", degrees: 15 },
      { kind: "shift", pixels: 2 },
    ]);
    removeAugmentation(0);
    expect(spec().augmentation).toEqual([{ kind: "shift", pixels: 2 }]);
    while (canAddAugmentation(spec())) addAugmentation("noise");
    expect(spec().augmentation).toHaveLength(8);
    expect(() => addAugmentation("noise")).toThrow(ParseError);
  });

  test("adds a callback once, changes and removes it", () => {
    expect(freeCallbacks(spec())).toContain("learningRateSchedule");
    expect(addCallback("learningRateSchedule")).toBe(0);
    expect(freeCallbacks(spec())).not.toContain("learningRateSchedule");
    expect(() => addCallback("learningRateSchedule")).toThrow(ParseError);
    setCallbackField(0, "schedule", "linear");
    expect(spec().callbacks[0]).toMatchObject({ schedule: "linear" });
    removeCallback(0);
    expect(spec().callbacks).toEqual([]);
  });

  test("limits the images, and knows no limit at the full number", () => {
    expect(imageCount(spec())).toBe(60_000);
    setTrainLimit(6400);
    expect(spec().dataset.trainLimit).toBe(6400);
    expect(imageCount(spec())).toBe(6400);
    setTrainLimit(60_000);
    expect(spec().dataset.trainLimit).toBeNull();
  });

  test("bounds the images by the classes that are kept", () => {
    specStore.setState({ spec: { ...spec(), dataset: { ...spec().dataset, classes: [0, 1] } } });
    expect(imagesField(spec())).toMatchObject({ max: 5923 + 6742, default: 5923 + 6742 });
    setDataset("digits");
    expect(spec().dataset).toEqual({ id: "digits", classes: null, trainLimit: null });
    expect(imageCount(spec())).toBe(1437);
  });

  test("another data set leaves a network that fits, and is one step back", () => {
    openExperiment(parseExperiment(lenet5.experiment));
    const before = spec();
    setDataset("digits");
    expect(firstError(spec())).toBeNull();
    expect(spec().layers[2]).toMatchObject({ kernelSize: 5, padding: "same" });
    undo();
    expect(spec()).toEqual(before);
  });
});

describe("undo and redo", () => {
  test("go back and forth one edit at a time", () => {
    const first = spec();
    setTraining("epochs", 7);
    setSeed(3);
    undo();
    expect(spec()).toMatchObject({ seed: 1, training: { epochs: 7 } });
    undo();
    expect(spec()).toBe(first);
    redo();
    redo();
    expect(spec().seed).toBe(3);
  });

  test("an edit that changes nothing is no step", () => {
    setTraining("epochs", 5);
    expect(specStore.temporal.getState().pastStates).toHaveLength(0);
  });

  test("an edit after an undo ends what could be redone", () => {
    setSeed(2);
    undo();
    setSeed(3);
    redo();
    expect(spec().seed).toBe(3);
  });
});
