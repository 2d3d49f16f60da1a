import { definePreset } from "../define";

/** Batch normalization shifts by itself, so that the convolution before it needs no bias. */
const block = (filters: number) => [
  { kind: "conv2d", filters, padding: "same", activation: "linear", useBias: false },
  { kind: "batchNormalization", momentum: 0.9 },
  { kind: "activation" },
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
      { kind: "maxPooling2d" },
      ...block(32),
      { kind: "maxPooling2d" },
      ...block(32),
      { kind: "globalAveragePooling2d" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam", learningRate: 0.005 },
    training: { epochs: 20, batchSize: 64 },
    callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 1 }],
  },
});
