import { definePreset } from "../define";

/** The experiment that the playground opens with; exactly the example of the public contract. */
export const firstRun = {
  version: 1 as const,
  title: "First run",
  dataset: { id: "mnist", classes: null, trainLimit: null },
  validation: { split: 0.2, from: "first" },
  augmentation: [],
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 128, activation: "relu" },
    { kind: "dense", units: 64, activation: "relu" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  loss: "sparseCategoricalCrossentropy",
  optimizer: { kind: "adam", learningRate: 0.001 },
  training: { epochs: 5, batchSize: 32, shuffle: true },
  callbacks: [],
  seed: 1,
};

export const firstRunPreset = definePreset({
  kind: "firstRun",
  summary: "Three dense layers read handwritten digits within seconds.",
  experiment: firstRun,
});
