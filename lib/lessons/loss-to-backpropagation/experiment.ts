// The network that this lesson trains: all 60,000 images, batches of 64, nothing kept for validation.
import type { ExperimentInput } from "../define";

export const lessonExperiment = {
  version: 1,
  title: "From loss to backpropagation",
  dataset: { id: "mnist" },
  validation: { split: 0 },
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 128, activation: "relu" },
    { kind: "dense", units: 64, activation: "relu" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  optimizer: { kind: "adam", learningRate: 0.001 },
  training: { epochs: 5, batchSize: 64 },
} as const satisfies ExperimentInput;
