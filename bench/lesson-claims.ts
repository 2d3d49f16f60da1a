// What the lessons print and say, with the range that a number must lie in: the median of three seeds, on our engine.
import type { EpochRecord } from "../lib/metrics/history";
import { type ExperimentSpec, parseExperiment } from "../lib/spec/experiment";
import { buildProgram } from "../lib/spec/program";
import { countSamples, stepsPerEpoch } from "../lib/spec/samples";

/** One training with its end. */
export interface Outcome {
  history: readonly EpochRecord[];
  test: { loss: number; accuracy: number };
  /** The epoch whose weights were restored, from 1; null where none were. */
  restoredEpoch: number | null;
}

export interface Measure {
  what: string;
  of(outcome: Outcome): number;
  from: number;
  to: number;
}

export interface Claim {
  title: string;
  spec: ExperimentSpec;
  measures: readonly Measure[];
}

const mnist = { id: "mnist" };
const dense = (units: number, activation = "relu") => ({ kind: "dense", units, activation });
const network = (...units: number[]) => [
  { kind: "flatten" },
  ...units.map((width) => dense(width)),
  dense(10, "softmax"),
];

/** The first lesson's experiment with some fields changed. */
const first = (changes: object): ExperimentSpec =>
  parseExperiment({
    version: 1,
    dataset: mnist,
    layers: network(128, 64),
    optimizer: { kind: "adam" },
    ...changes,
  });

const last = ({ history }: Outcome): EpochRecord => history.at(-1)!;
const validation = (from: number, to = 1): Measure => ({
  what: "validation accuracy",
  of: (outcome) => last(outcome).valAccuracy!,
  from,
  to,
});
const test = (from: number, to = 1): Measure => ({
  what: "test accuracy",
  of: ({ test: { accuracy } }) => accuracy,
  from,
  to,
});
const lossIn = (epoch: number, from: number, to: number): Measure => ({
  what: `loss of epoch ${epoch}`,
  of: ({ history }) => history[epoch - 1]!.loss,
  from,
  to,
});

const optimizer = (kind: string, learningRate: number, from: number, to: number): Claim => ({
  title: `${kind}, learning rate ${learningRate}, 5 epochs`,
  spec: first({ optimizer: { kind, learningRate } }),
  measures: [validation(from, to)],
});

const learningRate = (rate: number, from: number, to: number): Claim => ({
  title: `Adam, learning rate ${rate}, 3 epochs`,
  spec: first({ optimizer: { kind: "adam", learningRate: rate }, training: { epochs: 3 } }),
  measures: [validation(from, to)],
});

const digits = (epochs: number, from: number, to: number): Claim => ({
  title: `8×8 digits, ${epochs} epochs`,
  spec: parseExperiment({
    version: 1,
    dataset: { id: "digits" },
    validation: { split: 0.2, from: "last" },
    layers: [{ kind: "flatten" }, dense(64), dense(10, "softmax")],
    loss: "categoricalCrossentropy",
    optimizer: { kind: "adam" },
    training: { epochs },
  }),
  measures: [validation(from, to)],
});

/** Zeros and ones, all of them, without validation. */
const binary = (title: string, units: readonly number[], measures: readonly Measure[]): Claim => ({
  title,
  spec: parseExperiment({
    version: 1,
    dataset: { id: "mnist", classes: [0, 1] },
    validation: { split: 0 },
    layers: [{ kind: "flatten" }, ...units.map((width) => dense(width, "sigmoid"))],
    loss: "binaryCrossentropy",
    optimizer: { kind: "adam" },
  }),
  measures,
});

export const claims: readonly Claim[] = [
  optimizer("sgd", 0.01, 0.937, 0.949),
  optimizer("adam", 0.001, 0.965, 0.978),
  optimizer("rmsprop", 0.001, 0.965, 0.978),
  learningRate(0.1, 0, 0.6),
  learningRate(0.01, 0.95, 0.965),
  learningRate(0.001, 0.965, 0.977),
  learningRate(0.0001, 0.935, 0.95),
  {
    title: "Exercise 1: 256-128-64, 10 epochs, batch 64",
    spec: first({ layers: network(256, 128, 64), training: { epochs: 10, batchSize: 64 } }),
    measures: [test(0.973)],
  },
  {
    title: "Exercise 2: early stopping, patience 3",
    spec: first({
      training: { epochs: 50 },
      callbacks: [{ kind: "earlyStopping", monitor: "valLoss", patience: 3, restoreBestWeights: true }],
    }),
    measures: [
      { what: "epoch that it stopped at", of: ({ history }) => history.length, from: 5, to: 12 },
      {
        what: "restored less the epoch of the lowest validation loss",
        of({ history, restoredEpoch }) {
          const losses = history.map(({ valLoss }) => valLoss!);
          return (restoredEpoch ?? Number.NaN) - 1 - losses.indexOf(Math.min(...losses));
        },
        from: 0,
        to: 0,
      },
    ],
  },
  digits(5, 0.84, 0.95),
  digits(10, 0.93, 0.985),
  binary("25-15-1 on zeros and ones, 5 epochs", [25, 15, 1], [test(0.998)]),
  binary("Logistic regression on zeros and ones, 5 epochs", [1], [test(0.99)]),
  {
    title: "60,000 images, batch 64, 5 epochs",
    spec: first({ validation: { split: 0 }, training: { batchSize: 64 } }),
    measures: [lossIn(1, 0.25, 0.29), lossIn(5, 0.038, 0.054)],
  },
];

const size = (title: string, spec: ExperimentSpec, wanted: string) => {
  const { train, validation: kept, test: held } = countSamples(spec);
  const { parameters } = buildProgram(spec);
  return {
    title,
    wanted,
    got: `${train}/${kept}/${held} images, ${stepsPerEpoch(spec)} steps, ${parameters} parameters`,
  };
};

const specOf = (title: string): ExperimentSpec => claims.find((claim) => claim.title.startsWith(title))!.spec;

/** What is known before anything is trained, and must be just so. */
export const sizes = [
  size("8×8 digits", specOf("8×8 digits"), "1149/288/360 images, 36 steps, 4810 parameters"),
  size("25-15-1", specOf("25-15-1"), "12665/0/2115 images, 396 steps, 20031 parameters"),
  size("Logistic regression", specOf("Logistic"), "12665/0/2115 images, 396 steps, 785 parameters"),
  size("60,000 images", specOf("60,000"), "60000/0/10000 images, 938 steps, 109386 parameters"),
  size(
    "Lesson 5's exercise",
    first({ layers: network(128, 64, 32), validation: { split: 0 }, training: { batchSize: 64 } }),
    "60000/0/10000 images, 938 steps, 111146 parameters",
  ),
];
