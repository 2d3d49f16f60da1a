import type { ExperimentSpec } from "../../spec/experiment";
import type { Step } from "../define";
import type { RunFacts } from "../facts";
import { lessonExperiment } from "./experiment";
import { marks } from "./marks";

const quiz = "untrained-loss";

/** What a network loses that gives each of ten classes the same probability. */
const EVEN = Math.log(10);

/** All 60,000 images in batches of 64: 938 steps an epoch. */
export const isOnEverything = ({ dataset, validation, training }: ExperimentSpec): boolean =>
  dataset.id === "mnist" &&
  dataset.classes === null &&
  dataset.trainLimit === null &&
  validation.split === 0 &&
  training.batchSize === 64;

const isAbout = (value: number | undefined, expected: number, apart: number): boolean =>
  value !== undefined && Math.abs(value - expected) <= apart;

/** Trained to the end for five epochs or more. */
export const hasFiveEpochs = ({ state, history }: RunFacts): boolean =>
  state === "done" && history.length >= 5;

export const training: Step = {
  id: "training",
  title: "60,000 images",
  experiment: lessonExperiment,
  body: [
    {
      kind: "text",
      text: "Now with 109,386 weights at once. Images have classes instead of numbers as labels, so the loss is the *cross-entropy*: minus the logarithm of the probability that the network gives to the right class. Adam takes the steps; it is gradient descent that fits the length of the step to each weight.",
    },
    {
      kind: "text",
      text: "An untrained network spreads its belief about evenly over the ten digits. It should then be right once in ten times, and lose about",
    },
    {
      kind: "formula",
      tex: String.raw`-\ln\tfrac{1}{10} = \ln 10 \approx 2.303`,
      says: "Minus the natural logarithm of one tenth is the logarithm of ten, about 2.303.",
    },
    {
      kind: "text",
      text: "Press *Train*. The log says what the untrained network makes of one batch of 64 images, and then goes five times through all 60,000: each epoch has 938 steps, for 60,000 / 64 is 937.5, and the last batch holds the 32 images that are left.",
    },
    {
      kind: "table",
      head: ["in the log", "original", "here"],
      rows: [
        ["untrained, loss", "2.323", "2.365"],
        ["untrained, accuracy", "9.375%", "3.125%"],
        ["epoch 1, loss", "0.272", "0.275"],
        ["epoch 5, loss", "0.046", "0.046"],
        ["epoch 5, accuracy", "0.985", "0.985"],
      ],
    },
    {
      kind: "text",
      text: "Other first weights give other numbers: among 64 images chance alone moves the accuracy by some percent. The untrained loss is mostly a little over 2.303, since random weights are never quite even in their belief.",
    },
    { kind: "figure", figure: "before-after" },
    {
      kind: "quiz",
      quiz: {
        id: quiz,
        question: "A network for 100 classes has not been trained yet. What loss do you expect?",
        options: [
          { text: "about 2.3", because: "That is ln 10, for ten classes." },
          { text: "about 4.6", right: true, because: "ln 100: each class has a probability of about 1/100." },
          {
            text: "about 23",
            because: "The loss grows with the logarithm of the number of classes, not with the number.",
          },
        ],
      },
    },
    {
      kind: "hint",
      text: "Look at the loss before training, every time. Far above the logarithm of the number of classes, something is wrong with the labels, the scale of the inputs or the last layer.",
    },
  ],
  checks: [
    {
      id: "before",
      label: "See the untrained network lose about 2.3 on a batch of 64.",
      passes: ({ runs }) =>
        runs.some(({ spec, before }) => isOnEverything(spec) && isAbout(before?.loss, EVEN, 0.35)),
    },
    {
      id: "trained",
      label: "Train for five epochs on all 60,000 images: the loss falls to about 0.27, then to about 0.05.",
      passes: ({ runs }) =>
        runs.some(
          (run) =>
            isOnEverything(run.spec) &&
            hasFiveEpochs(run) &&
            isAbout(run.history[0]?.loss, 0.27, 0.04) &&
            isAbout(run.history[4]?.loss, 0.046, 0.016),
        ),
    },
    {
      id: "compared",
      label: "Look at an image’s probabilities before and after.",
      passes: (facts) => facts.marks[marks.compared] === true,
    },
    {
      id: "quiz",
      label: "Predict the loss of another untrained network.",
      passes: (facts) => facts.marks[quiz] === true,
    },
  ],
};
