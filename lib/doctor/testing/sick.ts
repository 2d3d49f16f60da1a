// For tests only: an experiment for every rule that it is to find, and sources of data that something is wrong with.
import type { DatasetSource } from "../../datasets/source";
import { mnistFromDisk } from "../../datasets/testing";
import { shuffle, streamKey, uniformAt } from "../../random";
import type { RuleKind } from "../doctor";

const mnist = mnistFromDisk();
const SEED = 7;

/** Real MNIST whose pixels hardly differ: 0 to 255 has become 200 to 205. */
export const pale: DatasetSource = {
  ...mnist,
  images: async (split, shard) =>
    (await mnist.images(split, shard)).map((byte) => 200 + Math.round((5 * byte) / 255)),
};

/** Real MNIST with this share of the training labels drawn from the others'; the test labels are right. */
export const mislabelled = (share: number): DatasetSource => ({
  ...mnist,
  async labels(split) {
    const labels = await mnist.labels(split);
    if (split === "test") return labels;
    const others = shuffle(Uint32Array.from(labels.keys()), streamKey(SEED, "shuffle"));
    const key = streamKey(SEED, "search");
    return labels.map((label, i) => (uniformAt(key, i) < share ? labels[others[i]!]! : label));
  },
});

const flatten = { kind: "flatten" };
const dense = (units: number, activation = "relu") => ({ kind: "dense", units, activation });
const times = (count: number, layer: object) => Array.from({ length: count }, () => layer);
const block = { kind: "residual", layers: [dense(32), dense(32, "linear")] };
const adam = (learningRate: number) => ({ optimizer: { kind: "adam", learningRate } });
const sgd = (learningRate: number) => ({ optimizer: { kind: "sgd", learningRate } });
const training = (epochs: number, batchSize = 32) => ({ training: { epochs, batchSize, shuffle: true } });

/** 2,000 training images and 500 for validation. */
const ten = (layers: readonly object[], more: object = {}) => ({
  version: 1,
  title: "",
  dataset: { id: "mnist", trainLimit: 2500 },
  layers: [flatten, ...layers, dense(10, "softmax")],
  ...adam(0.001),
  ...training(5),
  ...more,
});

export interface SickCase {
  experiment: object;
  source?: DatasetSource;
  /** What the first of the sentences must say. */
  seen: RegExp;
  mend: RegExp;
  /** The least that the test accuracy gains, in points of 100. */
  gains: number;
  /** True where the sickness is in the data, and no experiment takes it away. */
  remains?: true;
}

export const sick: Readonly<Record<RuleKind, SickCase>> = {
  learningRateTooHigh: {
    experiment: ten([dense(64)], sgd(3)),
    seen: /learning rate of 3 the first step changes the weights by 41\.\d %/,
    mend: /^Lower the learning rate to 0\.07$/,
    gains: 60,
  },
  learningRateTooLow: {
    experiment: ten([dense(64)], adam(0.00001)),
    seen: /first step changes the weights by 0\.019 %/,
    mend: /^Raise the learning rate to 0\.0005$/,
    gains: 60,
  },
  deadUnits: {
    experiment: ten([dense(64)], sgd(1)),
    seen: /^47 of the 64 units of layer 2 Dense give 0 for every one of 64 images: 73\.4 %\. Before training it was 0\.0 %\.$/,
    mend: /^Lower the learning rate to 0\.1$/,
    gains: 10,
  },
  vanishingGradients: {
    experiment: ten(times(6, dense(32, "sigmoid")), sgd(0.1)),
    seen: /0\.0000025, one of layer 8 Dense of 0\.03: 0\.008\d % of it arrives/,
    mend: /^Use relu in the hidden layers$/,
    gains: 60,
  },
  explodingGradients: {
    experiment: ten([dense(32), ...times(16, block)], sgd(0.05)),
    seen: /the gradient is 100 long, and the loss 1[45]\.\d+; guessing has 2\.3012/,
    mend: /^Normalise what comes out of each layer$/,
    gains: 70,
  },
  overfitting: {
    experiment: {
      version: 1,
      title: "",
      dataset: { id: "mnist", classes: [3, 8], trainLimit: 1000 },
      validation: { split: 0.8, from: "last" },
      layers: [flatten, dense(128), dense(64), dense(1, "sigmoid")],
      loss: "binaryCrossentropy",
      ...adam(0.003),
      ...training(20),
    },
    seen: /^100\.0 % of the training images are right, and 92\.\d %/,
    mend: /^Train on 10,000 images, and keep the best epoch$/,
    gains: 3,
  },
  underfitting: {
    experiment: ten([dense(2, "sigmoid")], { ...adam(0.01), ...training(8) }),
    seen: /of the validation images: both are low/,
    mend: /^Make the hidden layers 8 times as wide$/,
    gains: 30,
  },
  plateau: {
    experiment: ten([dense(64, "tanh")], { ...adam(0.03), validation: { split: 0 }, ...training(12, 16) }),
    seen: /went from 0\.42\d+ to 0\.40\d+, each the mean of three, and rose in 2 of them/,
    mend: /^Let the learning rate fall along a cosine$/,
    gains: 5,
  },
  imbalance: {
    experiment: ten([dense(64)], {
      dataset: { id: "mnist", trainLimit: 15 },
      validation: { split: 0 },
      ...training(10, 4),
    }),
    seen: /^Of 15 training images, class 7 has 0, class 8 has 0\. An equal share would be 2\.$/,
    mend: /^Train on 1,000 images$/,
    gains: 30,
  },
  inputsNotNormalised: {
    experiment: ten([dense(64)], sgd(0.1)),
    source: pale,
    seen: /have a mean of 0\.79 and a deviation of 0\.0061/,
    mend: /^Normalise the inputs in a first layer$/,
    gains: 60,
  },
  labelsShuffled: {
    experiment: ten([dense(128)], { ...adam(0.003), ...training(20) }),
    source: mislabelled(0.5),
    seen: /nearest mean image names 4\d\.\d % of 2,000 labels/,
    mend: /^Stop before it learns wrong labels by heart$/,
    gains: 5,
    remains: true,
  },
  batchTooLarge: {
    experiment: ten([dense(64)], training(5, 2000)),
    seen: /^With batches of 2,000 of 2,000 images there is one step in an epoch: 5 in all\.$/,
    mend: /^Use batches of 32$/,
    gains: 30,
  },
  averagesBehind: {
    experiment: ten(
      [dense(64, "linear"), { kind: "batchNormalization" }, { kind: "activation", activation: "relu" }],
      { dataset: { id: "mnist", trainLimit: 1000 }, ...adam(0.003), ...training(3) },
    ),
    seen: /^With a momentum of 0\.99, 47\.\d % of what the moving averages began with is left after 75 steps\.$/,
    mend: /^Lower its momentum to 0\.9$/,
    gains: 3,
  },
  outputMismatch: {
    experiment: ten([dense(64)], { layers: [flatten, dense(64), dense(10, "relu")] }),
    seen: /answers lie between 0 and 0\.\d+\.$/,
    mend: /^End with softmax$/,
    gains: 60,
  },
};
