import { definePreset } from "../define";

/** LeCun, Bottou, Bengio & Haffner 1998, with plain average pooling and a softmax for its trained ones. */
export const lenet5 = definePreset({
  kind: "lenet5",
  summary: "The network that read cheques in 1998: tanh, average pooling and plain gradient descent.",
  experiment: {
    version: 1,
    title: "LeNet-5",
    dataset: { id: "mnist" },
    layers: [
      { kind: "conv2d", filters: 6, kernelSize: 5, padding: "same", activation: "tanh" },
      { kind: "averagePooling2d" },
      { kind: "conv2d", filters: 16, kernelSize: 5, activation: "tanh" },
      { kind: "averagePooling2d" },
      { kind: "flatten" },
      { kind: "dense", units: 120, activation: "tanh" },
      { kind: "dense", units: 84, activation: "tanh" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "sgd", learningRate: 0.1 },
    training: { epochs: 10, batchSize: 32 },
  },
});
