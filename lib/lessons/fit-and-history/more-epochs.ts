import { plateauOf } from "../../metrics/plateau";
import { answered, trained } from "../checks";
import type { Step } from "../define";
import type { RunFacts } from "../facts";
import { digitsFor } from "./experiments";

const lastValidation = ({ history }: RunFacts): number => history.at(-1)?.valAccuracy ?? 0;

const ten: Step = {
  id: "ten-epochs",
  title: "Twice as many",
  experiment: digitsFor(10),
  variants: [
    { label: "5 epochs", experiment: digitsFor(5) },
    { label: "10 epochs", experiment: digitsFor(10) },
  ],
  body: [
    {
      kind: "text",
      text: "After five epochs both curves still rise. So the first thing to try is the cheapest: more of the same. Train for ten.",
    },
    { kind: "figure", figure: "two-fits" },
    {
      kind: "text",
      text: "The first five epochs of both runs are the same to the last digit. The *seed* decides the first weights and the order of the images, so a longer run begins as the shorter one did.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "what-doubled",
        question: "What did the second five epochs bring, compared with the first five?",
        options: [
          {
            text: "Much less, but still something",
            right: true,
            because:
              "The first five went from guessing to about 0.9; the next five added some points. The curve bends.",
          },
          {
            text: "As much again",
            because: "There is not as much left: 0.9 and 0.9 would be more than all images.",
          },
          { text: "Nothing", because: "Compare the red labels at the ends of the two curves." },
        ],
      },
    },
  ],
  checks: [
    trained(
      "ten",
      "Train for ten epochs and reach a validation accuracy of at least 0.93.",
      (run) => run.history.length >= 10 && lastValidation(run) >= 0.93,
    ),
    answered("what-doubled"),
  ],
};

const plateau: Step = {
  id: "plateau",
  title: "When more stops helping",
  experiment: digitsFor(40),
  body: [
    {
      kind: "text",
      text: "Then why not a hundred? Train for forty and look at the red line. Somewhere it stops rising, and from there on it only trembles.",
    },
    { kind: "figure", figure: "plateau" },
    {
      kind: "text",
      text: "The rule behind the mark: all epochs after it *together* gained less than one point. There are 288 validation images, so a point is three of them. Which three are read right is as good as chance.",
    },
    {
      kind: "text",
      text: "Training accuracy goes on rising there, towards 1. What it learns now is what is special about its 1,149 images.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "beyond-the-plateau",
        question: "The curve is flat and you need a better network. What is worth trying first?",
        options: [
          {
            text: "Another network: more layers, or wider ones",
            right: true,
            because: "The curve shows that this network has given what it has. Change what limits it.",
          },
          { text: "Forty more epochs", because: "The last ones together gained less than a point." },
          {
            text: "Train on the validation images too",
            because: "Then nothing is left to tell whether it got better.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "flat",
      label: "Train until the curve is flat.",
      passes: ({ runs }) =>
        runs.some(({ state, history }) => state === "done" && plateauOf(history) !== null),
    },
    answered("beyond-the-plateau"),
  ],
};

/** Units of the dense layers, in order: "64,10". */
const shapeOf = ({ spec }: RunFacts): string =>
  spec.layers.flatMap((layer) => (layer.kind === "dense" ? [layer.units] : [])).join();

const another: Step = {
  id: "another-network",
  title: "Another network",
  experiment: digitsFor(40, "Another network"),
  body: [
    {
      kind: "text",
      text: "Try what the answer said. Press *Edit*, make the hidden layer wider or add a second one, and train for forty epochs again.",
    },
    {
      kind: "text",
      text: "Then compare the two runs honestly: by validation, and with the trembling in mind. A difference of one or two images is none. On so few images a larger network soon knows them all, and gains little.",
    },
    {
      kind: "hint",
      text: "Every run of yours is kept: *Runs*, in the header, lays their curves over each other.",
    },
  ],
  checks: [
    trained(
      "other-shape",
      "Train a network with other hidden layers.",
      (run) => shapeOf(run) !== "64,10" && run.history.length >= 10,
    ),
    trained(
      "good",
      "Reach a validation accuracy of at least 0.95 with it.",
      (run) => shapeOf(run) !== "64,10" && lastValidation(run) >= 0.95,
    ),
  ],
};

export const moreEpochs: readonly Step[] = [ten, plateau, another];
