import { definePreset } from "../define";

/** Normalized after pooling: a quarter of the numbers, and the pooling stays fused with the convolution. */
const block = (filters: number) => [
  { kind: "conv2d", filters, padding: "same" },
  { kind: "maxPooling2d" },
  { kind: "batchNormalization" },
];

export const smallAndSharp = definePreset({
  kind: "smallAndSharp",
  summary:
    "Few parameters, used well: normalized convolutions, augmented images and a falling learning rate.",
  experiment: {
    version: 1,
    title: "Small and sharp",
    dataset: { id: "mnist" },
    validation: { split: 0.05 },
    augmentation: [{ kind: "shift" }, { kind: "rotate" }, { kind: "zoom" }],
    layers: [
      ...block(16),
      ...block(24),
      { kind: "conv2d", filters: 32 },
      { kind: "batchNormalization" },
      { kind: "flatten" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam", learningRate: 0.003 },
    training: { epochs: 20, batchSize: 64 },
    callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 1 }],
  },
});
