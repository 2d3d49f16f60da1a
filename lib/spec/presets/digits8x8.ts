import { definePreset } from "../define";

/** scikit-learn's digits and the network of Keras's first examples on them; its `validation_split` takes the last. */
export const digits8x8 = definePreset({
  kind: "digits8x8",
  summary: "The smallest one: 1,797 images of 8×8 pixels, and an epoch is over at once.",
  experiment: {
    version: 1,
    title: "8×8 digits",
    dataset: { id: "digits" },
    validation: { split: 0.2, from: "last" },
    layers: [
      { kind: "flatten" },
      { kind: "dense", units: 64 },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    loss: "categoricalCrossentropy",
    optimizer: { kind: "adam" },
    training: { epochs: 5, batchSize: 32 },
  },
});
