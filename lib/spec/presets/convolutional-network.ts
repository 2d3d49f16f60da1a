import { definePreset } from "../define";

export const convolutionalNetwork = definePreset({
  kind: "convolutionalNetwork",
  summary: "Two convolutions, each followed by pooling, then a dense layer that reads what they found.",
  experiment: {
    version: 1,
    title: "Convolutional network",
    dataset: { id: "mnist" },
    layers: [
      { kind: "conv2d", filters: 16, padding: "same" },
      { kind: "maxPooling2d" },
      { kind: "conv2d", filters: 32, padding: "same" },
      { kind: "maxPooling2d" },
      { kind: "flatten" },
      { kind: "dense", units: 128 },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam" },
    training: { epochs: 5, batchSize: 64 },
  },
});
