// Which loss for which task: every pairing with why it fits or not, and the experiment that the playground judges.
import { type LossKind, parseExperiment } from "../../spec/experiment";
import { buildProgram, type Problem } from "../../spec/program";
import type { ExperimentInput } from "../define";

export const tasks = ["yesOrNo", "oneOfTen", "anyOfTen", "howMuch"] as const;
export type Task = (typeof tasks)[number];

export const pairedLosses = [
  "binaryCrossentropy",
  "sparseCategoricalCrossentropy",
  "categoricalCrossentropy",
  "meanSquaredError",
] as const satisfies readonly LossKind[];
export type PairedLoss = (typeof pairedLosses)[number];

/** "works": it trains, and another loss would do better. */
export type Verdict = "fits" | "works" | "wrong";

interface TaskEntry {
  name: string;
  /** The layer that answers. */
  output: string;
  layer: { units: number; activation: string };
  classes: number[] | null;
  pairings: Record<PairedLoss, { verdict: Verdict; because: string }>;
}

export const taskTable: Record<Task, TaskEntry> = {
  yesOrNo: {
    name: "Yes or no",
    output: "1 sigmoid unit",
    layer: { units: 1, activation: "sigmoid" },
    classes: [0, 1],
    pairings: {
      binaryCrossentropy: {
        verdict: "fits",
        because:
          "The unit gives one probability f. The loss is −log f where the answer is yes and −log(1 − f) where it is no, so being sure and wrong costs without limit, and the slope stays large until it is put right.",
      },
      sparseCategoricalCrossentropy: {
        verdict: "wrong",
        because:
          "This loss looks up the right class in a list with one number for each class. One unit is no such list. Two softmax units would be, and they can say just what one sigmoid unit says.",
      },
      categoricalCrossentropy: {
        verdict: "wrong",
        because:
          "A one-hot label has two numbers here, and the network answers with one: there is nothing to compare the second with.",
      },
      meanSquaredError: {
        verdict: "works",
        because:
          "The square of y − f is at most 1, even for an answer that is sure and wrong. There the sigmoid is flat as well, so hardly any slope is left to learn from.",
      },
    },
  },
  oneOfTen: {
    name: "One of ten",
    output: "10 softmax units",
    layer: { units: 10, activation: "softmax" },
    classes: null,
    pairings: {
      binaryCrossentropy: {
        verdict: "works",
        because:
          "It asks ten separate yes-or-no questions, but softmax makes ten shares of one whole, and the mean over ten questions makes the slope small. It learns: plain gradient descent more slowly, Adam, which rescales the slope, about as well.",
      },
      sparseCategoricalCrossentropy: {
        verdict: "fits",
        because:
          "Minus the logarithm of the share that the right class was given. The label stays what it is in the file, a class number from 0 to 9.",
      },
      categoricalCrossentropy: {
        verdict: "fits",
        because:
          "The very same loss, for labels that are written as ten numbers with a single 1. Keras wants to know which of the two forms it gets; the training is the same.",
      },
      meanSquaredError: {
        verdict: "works",
        because:
          "It pulls ten numbers towards one 1 and nine 0s. Answers that are sure and wrong weigh little, and plain gradient descent gets on far more slowly; Adam, which rescales the slope, hides the difference.",
      },
    },
  },
  anyOfTen: {
    name: "Any of ten",
    output: "10 sigmoid units",
    layer: { units: 10, activation: "sigmoid" },
    classes: null,
    pairings: {
      binaryCrossentropy: {
        verdict: "fits",
        because:
          "Each unit answers a question of its own, such as “is there a cat?” and “is there a dog?”. Several may be true of one image, or none; the loss is the mean over the questions.",
      },
      sparseCategoricalCrossentropy: {
        verdict: "wrong",
        because:
          "A class number names one class as the only right one. It cannot say that two are there, and the loss takes the ten outputs for shares of one whole, which sigmoids are not.",
      },
      categoricalCrossentropy: {
        verdict: "wrong",
        because:
          "The label could hold several 1s, but the loss still takes the outputs for shares of one whole: raising one answer would mean lowering the others.",
      },
      meanSquaredError: {
        verdict: "works",
        because:
          "Each output is pulled towards its 0 or 1, weakly where it is sure and wrong, as with one unit.",
      },
    },
  },
  howMuch: {
    name: "How much",
    output: "1 linear unit",
    layer: { units: 1, activation: "linear" },
    classes: [0, 1],
    pairings: {
      binaryCrossentropy: {
        verdict: "wrong",
        because:
          "A price or a temperature is no probability. Outputs below 0 or above 1 have no logarithm to take; cut off there, they have no slope either, and are never put right.",
      },
      sparseCategoricalCrossentropy: {
        verdict: "wrong",
        because:
          "There are no classes to look up: an amount is a number on a line, and near misses are nearly right.",
      },
      categoricalCrossentropy: {
        verdict: "wrong",
        because: "There are no classes, and so no one-hot label to compare with.",
      },
      meanSquaredError: {
        verdict: "fits",
        because:
          "The square of the distance between the answer and the truth: near misses cost little, far ones much, and the slope shows the way from either side.",
      },
    },
  },
};

/** An experiment with this output and this loss, on the digits. */
export const experimentOf = (task: Task, loss: PairedLoss): ExperimentInput => {
  const { name, layer, classes } = taskTable[task];
  return {
    version: 1,
    title: name,
    dataset: { id: "mnist", classes },
    layers: [
      { kind: "flatten" },
      { kind: "dense", units: 25, activation: "relu" },
      { kind: "dense", ...layer },
    ],
    loss,
    optimizer: { kind: "adam", learningRate: 0.001 },
  };
};

/** What the playground itself says of a pairing; an empty list where it has no objection. */
export const objections = (task: Task, loss: PairedLoss): readonly Problem[] =>
  buildProgram(parseExperiment(experimentOf(task, loss))).problems;
