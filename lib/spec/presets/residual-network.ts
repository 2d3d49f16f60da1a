import { definePreset } from "../define";

const convolution = { kind: "conv2d", padding: "same" };

export const residualNetwork = definePreset({
  kind: "residualNetwork",
  summary: "Two residual blocks; the second halves the image and doubles the channels, through a projection.",
  experiment: {
    version: 1,
    title: "Residual network",
    dataset: { id: "mnist" },
    layers: [
      { ...convolution, filters: 16 },
      { kind: "maxPooling2d" },
      {
        kind: "residual",
        layers: [
          { ...convolution, filters: 16 },
          { ...convolution, filters: 16, activation: "linear" },
        ],
      },
      { kind: "activation" },
      {
        kind: "residual",
        layers: [
          { ...convolution, filters: 32, strides: 2 },
          { ...convolution, filters: 32, activation: "linear" },
        ],
      },
      { kind: "activation" },
      { kind: "globalAveragePooling2d" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam" },
    training: { epochs: 5, batchSize: 64 },
  },
});
