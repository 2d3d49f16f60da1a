// The third lesson's experiments: zeros and ones, told apart by a small network and by one unit alone.
import type { ExperimentInput } from "../define";

const flatten = { kind: "flatten" };
const sigmoid = (units: number) => ({ kind: "dense", units, activation: "sigmoid" });

const zeroOrOne = {
  version: 1,
  dataset: { id: "mnist", classes: [0, 1] },
  // All 12,665 images are trained on; the 2,115 of the test file judge.
  validation: { split: 0, from: "first" },
  loss: "binaryCrossentropy",
  optimizer: { kind: "adam", learningRate: 0.001 },
  training: { epochs: 5, batchSize: 32, shuffle: true },
} as const;

/** 25-15-1: 20,031 parameters. */
export const network = {
  ...zeroOrOne,
  title: "Zero or one",
  layers: [flatten, sigmoid(25), sigmoid(15), sigmoid(1)],
} satisfies ExperimentInput;

/** One unit: 785 parameters. */
export const logistic = {
  ...zeroOrOne,
  title: "Logistic regression",
  layers: [flatten, sigmoid(1)],
} satisfies ExperimentInput;

export const PARAMETERS = { network: 20_031, logistic: 785 } as const;
/** What both reach on images they have not seen, by the fifth epoch. */
export const TARGET = 0.998;
