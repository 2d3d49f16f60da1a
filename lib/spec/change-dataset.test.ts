import { describe, expect, test } from "vitest";
import { onDataset } from "./change-dataset";
import { parseExperiment } from "./experiment";
import { digits8x8 } from "./presets/digits8x8";
import { firstRun } from "./presets/first-run";
import * as presets from "./presets/registry";
import { buildProgram } from "./program";

const spec = (parts: object) => parseExperiment({ ...firstRun, ...parts });
const answer = { kind: "dense", units: 10, activation: "softmax" };

describe.each(Object.entries(presets))("the preset %s", (_, { experiment }) => {
  test("can be trained on every data set, and on its own again", () => {
    const own = parseExperiment(experiment);
    for (const id of ["digits", "mnist"] as const) {
      const other = onDataset(own, id);
      expect(other.dataset).toEqual({ id, classes: null, trainLimit: null });
      expect(buildProgram(other).problems).toEqual([]);
      expect(buildProgram(onDataset(other, own.dataset.id)).problems).toEqual([]);
    }
  });
});

test("what fits stays as it is, but for the images", () => {
  const first = spec({ dataset: { id: "mnist", trainLimit: 500 } });
  expect(onDataset(first, "digits")).toEqual(spec({ dataset: { id: "digits" } }));
});

test("windows that smaller images are too small for are padded, within blocks as well", () => {
  const layers = [
    { kind: "conv2d", filters: 4, kernelSize: 7 },
    { kind: "maxPooling2d", poolSize: 3 },
    { kind: "residual", layers: [{ kind: "conv2d", filters: 4, kernelSize: 1 }] },
    { kind: "flatten" },
    answer,
  ];
  const padded = onDataset(spec({ layers }), "digits");
  const window = { padding: "same" };
  expect(padded.layers).toMatchObject([
    { ...layers[0], ...window },
    { ...layers[1], ...window },
    { layers: [{ kernelSize: 1, ...window }] },
    { kind: "flatten" },
    answer,
  ]);
});

test("a filter stays where the network is made for its classes, and only there", () => {
  const binary = { layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }] };
  const filtered = { id: "mnist", classes: [7, 3], trainLimit: 900 };
  const loss = "binaryCrossentropy";
  expect(onDataset(spec({ ...binary, loss, dataset: filtered }), "digits").dataset).toEqual({
    id: "digits",
    classes: [7, 3],
    trainLimit: null,
  });
  const ten = spec({ loss: "meanSquaredError", dataset: { id: "mnist" } });
  expect(onDataset(ten, "digits").dataset.classes).toBeNull();
});

test("what larger images make too large is made smaller", () => {
  const wide = { kind: "conv2d", filters: 256, padding: "same" };
  const layers = [...Array.from({ length: 12 }, () => wide), { kind: "globalAveragePooling2d" }, answer];
  const small = parseExperiment({
    ...digits8x8.experiment,
    layers,
    training: { epochs: 5, batchSize: 256 },
  });
  expect(buildProgram(small).problems).toEqual([]);
  const large = onDataset(small, "mnist");
  expect(buildProgram(large).problems).toEqual([]);
  expect(large).toMatchObject({ layers, training: { batchSize: 16 } });
});

test("a network that could not be trained is left as it is, for the form to say why", () => {
  const broken = spec({ layers: [{ kind: "conv2d", kernelSize: 5 }, answer] });
  expect(onDataset(broken, "digits").layers).toEqual(broken.layers);
});
