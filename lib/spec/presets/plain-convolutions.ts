import { definePreset } from "../define";

export const plainConvolutions = definePreset({
  kind: "plainConvolutions",
  summary: "Two convolutions with few filters, pooling and dropout: the one to compare others with.",
  experiment: {
    version: 1,
    title: "Plain convolutions",
    dataset: { id: "mnist" },
    layers: [
      { kind: "conv2d", filters: 8, padding: "same" },
      { kind: "maxPooling2d" },
      { kind: "conv2d", filters: 16, padding: "same" },
      { kind: "maxPooling2d" },
      { kind: "flatten" },
      { kind: "dropout", rate: 0.25 },
      { kind: "dense", units: 32 },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam" },
    training: { epochs: 10, batchSize: 16 },
  },
});
