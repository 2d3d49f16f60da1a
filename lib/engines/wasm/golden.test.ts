import { expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../../spec/experiment";
import { small, trained } from "../../training/testing";
import { hashWeights } from "../../training/weights-hash";
import { wasmFromDisk } from "./testing";

const everything: ExperimentSpec = {
  ...small,
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 18, activation: "relu" },
    { kind: "dropout", rate: 0.2 },
    { kind: "dense", units: 15, activation: "tanh" },
    { kind: "dense", units: 14, activation: "elu" },
    { kind: "dense", units: 13, activation: "sigmoid" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
};

const images: ExperimentSpec = parseExperiment({
  ...small,
  dataset: { id: "mnist", trainLimit: 200 },
  augmentation: [{ kind: "shift" }, { kind: "rotate" }, { kind: "zoom" }, { kind: "noise" }],
  layers: [
    { kind: "conv2d", filters: 6 },
    { kind: "maxPooling2d" },
    { kind: "batchNormalization" },
    { kind: "residual", layers: [{ kind: "conv2d", filters: 9, padding: "same", strides: 2 }] },
    { kind: "averagePooling2d" },
    { kind: "flatten" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  optimizer: { kind: "adamw" },
  callbacks: [{ kind: "learningRateSchedule", warmupEpochs: 1 }],
});

const joined: ExperimentSpec = parseExperiment({
  ...small,
  dataset: { id: "mnist", trainLimit: 200 },
  layers: [
    { kind: "conv2d", filters: 6, strides: 2 },
    { kind: "denseBlock", layers: [{ kind: "conv2d", filters: 5, padding: "same" }] },
    { kind: "conv2d", filters: 7, kernelSize: 1 },
    { kind: "maxPooling2d" },
    { kind: "flatten" },
    { kind: "denseBlock", layers: [{ kind: "dense", units: 9, activation: "tanh" }] },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
});

async function hashOfWeights(spec: ExperimentSpec): Promise<string> {
  const engine = await wasmFromDisk();
  const { trainer } = await trained(spec, {
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  return hashWeights((await trainer.snapshot()).weights);
}

// Not what a reference says, but what every device must say: these change only with the engine's arithmetic.
test.each([
  ["relu and softmax", small, "58c3da0e8bb880a9507e103d7026aea195335240ec41b7569bfc32951724ef8c"],
  [
    "every kind of activation",
    everything,
    "9408d9457e1034ee1d27f709ee31bcbbf61a4a8d8383afece86298eb71d7b87f",
  ],
  [
    "convolutions, moved images and a schedule",
    images,
    "90a3dc0ca9a807a6549b41abf3667ec22a02efd8351f51247623e9d24909a798",
  ],
  ["dense blocks", joined, "0dff05ba6f1d8cbbc25108f0e76310946b0fd35d6e0f908daca840cfac501d8c"],
])("a run with %s ends in the very same bits everywhere", async (_, spec, hash) => {
  expect(await hashOfWeights(spec)).toBe(hash);
  expect(await hashOfWeights({ ...spec, seed: 2 })).not.toBe(hash);
});
