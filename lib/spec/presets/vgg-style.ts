import { definePreset } from "../define";

/** Simonyan & Zisserman 2015: small windows one after the other, twice as many of them after each pooling. */
const stage = (filters: number) => [
  { kind: "conv2d", filters, padding: "same" },
  { kind: "conv2d", filters, padding: "same" },
  { kind: "maxPooling2d" },
];

export const vggStyle = definePreset({
  kind: "vggStyle",
  summary: "Pairs of 3×3 convolutions, then pooling, then twice the filters: VGG's pattern, made small.",
  experiment: {
    version: 1,
    title: "VGG-style network",
    dataset: { id: "mnist" },
    layers: [
      ...stage(8),
      ...stage(16),
      ...stage(32),
      { kind: "flatten" },
      { kind: "dense", units: 128 },
      { kind: "dropout", rate: 0.5 },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam" },
    training: { epochs: 5, batchSize: 64 },
  },
});
