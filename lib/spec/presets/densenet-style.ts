import { definePreset } from "../define";

/** Huang, Liu, van der Maaten & Weinberger 2017, of which each block here is one layer: normalize, relu, convolve, join. */
const GROWTH = 8;
/** With averages that follow quickly: those of the first steps would spoil the first epoch's validation. */
const normalized = [{ kind: "batchNormalization", momentum: 0.9 }, { kind: "activation" }];
const convolution = { kind: "conv2d", activation: "linear", useBias: false };
const block = {
  kind: "denseBlock",
  layers: [...normalized, { ...convolution, filters: GROWTH, padding: "same" }],
};

/** Fewer channels and half the size, before it grows again. */
const transition = (filters: number) => [
  ...normalized,
  { ...convolution, filters, kernelSize: 1 },
  { kind: "averagePooling2d" },
];

export const densenetStyle = definePreset({
  kind: "densenetStyle",
  summary: "Dense blocks, in which every layer sees all that came before it, with a transition between them.",
  experiment: {
    version: 1,
    title: "DenseNet-style network",
    dataset: { id: "mnist" },
    layers: [
      { kind: "conv2d", filters: 16, padding: "same" },
      { kind: "maxPooling2d" },
      ...[block, block],
      ...transition(16),
      ...[block, block, block],
      ...normalized,
      { kind: "globalAveragePooling2d" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
    optimizer: { kind: "adam", learningRate: 0.003 },
    training: { epochs: 5, batchSize: 64 },
    callbacks: [{ kind: "learningRateSchedule", schedule: "cosine" }],
  },
});
