// Three trainings that go wrong, each with what mends it: seeded, so that everybody sees the same.
import { diagnose, type Issue } from "../../metrics/diagnosis";
import { canonical, type ExperimentSpec, parseExperiment } from "../../spec/experiment";
import type { ExperimentInput } from "../define";
import type { Facts, RunFacts } from "../facts";
import { network } from "./experiments";

export interface IssueCard {
  /** How it looks from outside. */
  symptom: string;
  ill: ExperimentInput;
  mended: ExperimentInput;
  /** What the mended experiment has that the ill one has not. */
  change: string;
}

const twenty = { split: 0.2, from: "first" } as const;
const flatten = { kind: "flatten" };

/** 3 and 8 are the pair that is easiest to mix up. */
const threeOrEight = {
  version: 1,
  loss: "binaryCrossentropy",
  layers: [
    flatten,
    { kind: "dense", units: 128, activation: "relu" },
    { kind: "dense", units: 64, activation: "relu" },
    { kind: "dense", units: 1, activation: "sigmoid" },
  ],
  optimizer: { kind: "adam", learningRate: 0.003 },
  training: { epochs: 30, batchSize: 32, shuffle: true },
} as const;

const tenDigits = (units: number) => ({
  version: 1 as const,
  dataset: { id: "mnist", trainLimit: 20_000 },
  validation: twenty,
  layers: [
    flatten,
    { kind: "dense", units, activation: "sigmoid" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  optimizer: { kind: "adam", learningRate: 0.01 },
  training: { epochs: 5, batchSize: 32, shuffle: true },
});

export const issueCards: Record<Issue, IssueCard> = {
  notLearning: {
    symptom: "The loss stands still, or moves too slowly to matter.",
    ill: {
      ...network,
      title: "Not learning",
      validation: twenty,
      optimizer: { kind: "sgd", learningRate: 0.0001 },
    },
    mended: {
      ...network,
      title: "Learning again",
      validation: twenty,
      optimizer: { kind: "sgd", learningRate: 0.2 },
    },
    change: "learning rate 0.2 in place of 0.0001",
  },
  overfitting: {
    symptom: "Training images come out right, validation images do not.",
    ill: {
      ...threeOrEight,
      title: "Overfitting",
      dataset: { id: "mnist", classes: [3, 8], trainLimit: 1000 },
      validation: { split: 0.8, from: "last" },
    },
    mended: {
      ...threeOrEight,
      title: "Fitting again",
      dataset: { id: "mnist", classes: [3, 8] },
      validation: { split: 0.2, from: "last" },
      callbacks: [{ kind: "earlyStopping", patience: 3, restoreBestWeights: true }],
    },
    change: "9,585 training images in place of 200, and early stopping",
  },
  underfitting: {
    symptom: "Training and validation images come out wrong alike.",
    ill: { ...tenDigits(2), title: "Underfitting" },
    mended: { ...tenDigits(32), title: "Fitting well" },
    change: "32 hidden units in place of 2",
  },
};

const signatures = new WeakMap<object, string>();

/** What two experiments have in common that differ in nothing but their titles. */
function signatureOf(spec: ExperimentSpec | ExperimentInput): string {
  const known = signatures.get(spec);
  if (known !== undefined) return known;
  const signature = canonical({ ...parseExperiment(spec), title: "" });
  signatures.set(spec, signature);
  return signature;
}

/** Whether it is this very experiment, whatever it is called. */
export const isExperiment = (spec: ExperimentSpec, input: ExperimentInput): boolean =>
  signatureOf(spec) === signatureOf(input);

/** What is wrong with a run that is over; null while it is not. */
export const findingsOf = ({ spec, state, history, restoredEpoch }: RunFacts) =>
  state === "done" ? diagnose({ spec, history, restoredEpoch }) : null;

/** The step's last finished run of the card's ill experiment that has the issue, and of the mended one that is sound. */
export function cardRuns({ runs }: Pick<Facts, "runs">, issue: Issue) {
  const { ill, mended } = issueCards[issue];
  return {
    ill: runs.findLast(
      (run) =>
        isExperiment(run.spec, ill) && (findingsOf(run)?.some((finding) => finding.issue === issue) ?? false),
    ),
    mended: runs.findLast((run) => isExperiment(run.spec, mended) && findingsOf(run)?.length === 0),
  };
}
