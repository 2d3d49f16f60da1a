// What the lesson trains: one hidden layer on the 8×8 digits, for a few epochs or many.
import type { ExperimentInput } from "../define";

/** 64-64-10 with 4,810 weights; the last fifth of the training images is validation, as Keras cuts it. */
export const digitsFor = (epochs: number, title = `${epochs} epochs`): ExperimentInput => ({
  version: 1,
  title,
  dataset: { id: "digits" },
  validation: { split: 0.2, from: "last" },
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 64, activation: "relu" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  loss: "categoricalCrossentropy",
  optimizer: { kind: "adam", learningRate: 0.001 },
  training: { epochs, batchSize: 32 },
});
