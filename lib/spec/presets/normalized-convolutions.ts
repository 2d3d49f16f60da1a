import { definePreset } from "../define";
import { plainConvolutions } from "./plain-convolutions";

/** Ioffe & Szegedy 2015: the convolution's sums are normalized before they go through the activation. */
const normalized = (filters: number) => [
  { kind: "conv2d", filters, padding: "same", activation: "linear" },
  { kind: "batchNormalization" },
  { kind: "activation", activation: "relu" },
];

export const normalizedConvolutions = definePreset({
  kind: "normalizedConvolutions",
  summary: "Plain convolutions with batch normalization before each activation, and nothing else changed.",
  experiment: {
    ...plainConvolutions.experiment,
    title: "Normalized convolutions",
    layers: [
      ...normalized(8),
      { kind: "maxPooling2d" },
      ...normalized(16),
      { kind: "maxPooling2d" },
      { kind: "flatten" },
      { kind: "dropout", rate: 0.25 },
      { kind: "dense", units: 32 },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  },
});
