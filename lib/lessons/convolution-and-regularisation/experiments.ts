// The experiments of this lesson: one small network, and what each step changes in it. They are kept so short that all
// of them together train for about a minute, on a telephone too.
import { normalizedConvolutions } from "../../spec/presets/normalized-convolutions";
import { plainConvolutions } from "../../spec/presets/plain-convolutions";
import { retitled } from "../checks";
import type { ExperimentInput } from "../define";

type Layer = { readonly kind: string; readonly [field: string]: unknown };

const stage = (filters: number): Layer[] => [
  { kind: "conv2d", filters, padding: "same" },
  { kind: "maxPooling2d" },
];

/** The layers, with dropout before the answer where there is a rate. */
const network = (rate: number | null = null, answer: "softmax" | "sigmoid" = "softmax"): Layer[] => [
  ...stage(8),
  ...stage(16),
  { kind: "flatten" },
  { kind: "dense", units: 64 },
  ...(rate === null ? [] : [{ kind: "dropout", rate }]),
  { kind: "dense", units: 10, activation: answer },
];

/** Where a network with dropout has it. */
export const DROPOUT_LAYER = 6;

const checkpoint = { kind: "modelCheckpoint", monitor: "valLoss" };

const experiment = (title: string, rest: Omit<ExperimentInput, "version" | "title">): ExperimentInput => ({
  version: 1,
  title,
  optimizer: { kind: "adam" },
  ...rest,
});

/** The first `trainLimit` images, a fifth of them for validation. */
const some = (trainLimit: number) => ({ dataset: { id: "mnist", trainLimit } });

/** So few images that every network here overfits; half of them validate, so that chance has less of a say. */
const few = { dataset: { id: "mnist", trainLimit: 2000 }, validation: { split: 0.5 } };

const long = { epochs: 25, batchSize: 16 };

export const withCategorical = experiment("Categorical cross-entropy", {
  ...some(5000),
  layers: network(),
  loss: "categoricalCrossentropy",
  training: { epochs: 3, batchSize: 16 },
});

export const withBinary = experiment("Ten yes-or-no questions", {
  ...some(5000),
  layers: network(null, "sigmoid"),
  loss: "binaryCrossentropy",
  training: { epochs: 3, batchSize: 16 },
});

/** What the original trains: batches of 16, ten epochs, the best weights kept. */
export const main = experiment("Ten epochs of a small CNN", {
  ...some(10_000),
  layers: network(),
  training: { epochs: 10, batchSize: 16 },
  callbacks: [checkpoint],
});

export const overfitting = experiment("Too few images", {
  ...few,
  layers: network(),
  training: long,
  callbacks: [checkpoint],
});

export const droppedOut = (rate: number) =>
  experiment(`Dropout ${rate}`, {
    ...few,
    layers: network(rate),
    training: long,
    callbacks: [checkpoint],
  });

const compared = { ...some(10_000), training: { epochs: 4, batchSize: 16 } };

export const withoutNormalization = retitled(
  plainConvolutions.experiment,
  "A: without batch normalization",
  compared,
);

export const withNormalization = retitled(
  normalizedConvolutions.experiment,
  "B: with batch normalization",
  compared,
);

const moved = [
  { kind: "shift", pixels: 2 },
  { kind: "rotate", degrees: 10 },
  { kind: "zoom", factor: 0.1 },
];

export const augmented = experiment("Few images, never the same twice", {
  ...few,
  augmentation: moved,
  layers: network(),
  training: long,
  callbacks: [checkpoint],
});

/** What is tuned: by hand, on a grid and by a search. */
export const tuned = experiment("To be tuned", {
  ...few,
  layers: network(0.5),
  training: { epochs: 10, batchSize: 16 },
});

/** Everything that helped, for the network that is tested. */
export const final = experiment("The one that is tested", {
  ...some(10_000),
  augmentation: moved,
  layers: network(0.25),
  training: { epochs: 10, batchSize: 16 },
  callbacks: [checkpoint],
});
