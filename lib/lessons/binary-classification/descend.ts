// Steps three and four: what is made small, and how.
import { answered } from "../checks";
import type { Step } from "../define";
import type { Facts } from "../facts";
import { network } from "./experiments";
import {
  DIFFERENCE_MARK,
  EXACT,
  LOW_COST,
  LOW_COST_MARK,
  STEPS_MARK,
  SURELY_WRONG,
  SURELY_WRONG_MARK,
  WEIGHT_MARK,
} from "./marks";

const numberOf = ({ marks }: Facts, name: string): number | null => {
  const mark = marks[name];
  return typeof mark === "number" ? mark : null;
};

export const lossAndCost: Step = {
  id: "loss-and-cost",
  title: "Loss, and cost",
  body: [
    {
      kind: "text",
      text: "The *loss* says how wrong one answer is. For a yes-or-no question it is the binary cross-entropy: minus the logarithm of the probability that was given to the truth.",
    },
    {
      kind: "formula",
      tex: "L(f, y) = \\begin{cases} -\\log f & \\text{if } y = 1 \\\\ -\\log(1 - f) & \\text{if } y = 0 \\end{cases}",
      says: "The loss is minus log f if y is 1, and minus log of one minus f if y is 0",
    },
    {
      kind: "text",
      text: "The *cost* $J$ is the mean of the losses over many images. It is what a training makes small, and what the log prints as `loss`, its mean over an epoch's batches.",
    },
    {
      kind: "formula",
      tex: "J(W, b) = \\frac{1}{m}\\sum_{i=1}^{m} L\\bigl(f(\\mathbf{x}^{(i)}),\\, y^{(i)}\\bigr)",
      says: "The cost J of W and b is the mean over m images of their losses",
    },
    { kind: "figure", figure: "loss-and-cost" },
    {
      kind: "list",
      items: [
        "Sure and wrong costs without limit; sure and right costs next to nothing; a coin's answer, $f = 0.5$, costs $\\log 2 \\approx 0.693$.",
        "The curve has a slope everywhere, so there is always a way down.",
        "It is not made up: the weights that make $J$ smallest are those that make the labels most likely, the *maximum likelihood*.",
      ],
    },
    {
      kind: "quiz",
      quiz: {
        id: "quiz-loss",
        question: "For a picture of a 0 the network says f = 0.99. What is the loss?",
        options: [
          { text: "0.01", because: "That would be −log 0.99, the loss if it were a 1." },
          { text: "0.99", because: "The loss is a logarithm, not the distance." },
          { text: "4.6", right: true, because: "−log(1 − 0.99) = −log 0.01 ≈ 4.6: sure, and wrong." },
        ],
      },
    },
  ],
  checks: [
    {
      id: "surely-wrong",
      label: `Drag the prediction until one image's loss is above ${SURELY_WRONG}.`,
      passes: ({ marks }) => marks[SURELY_WRONG_MARK] === true,
    },
    {
      id: "low-cost",
      label: `Bring the cost of the batch below ${LOW_COST}.`,
      passes: ({ marks }) => marks[LOW_COST_MARK] === true,
    },
    answered("quiz-loss"),
  ],
};

export const gradientStep: Step = {
  id: "gradient-step",
  title: "One step, in numbers",
  experiment: network,
  body: [
    {
      kind: "text",
      text: "The third step makes $J$ small. The *gradient* $\\partial J/\\partial W$ says how much $J$ grows when a weight does. Go the other way, by a share $\\alpha$ of it, with every weight at once:",
    },
    {
      kind: "formula",
      tex: "W := W - \\alpha\\,\\frac{\\partial J}{\\partial W}, \\qquad b := b - \\alpha\\,\\frac{\\partial J}{\\partial b}",
      says: "W becomes W minus alpha times the derivative of J by W, and b likewise",
    },
    {
      kind: "text",
      text: "*Backpropagation* finds all 20,031 gradients in one pass backwards through the layers, by the chain rule; the last lesson takes it apart. `fit` repeats the step for every batch of every epoch.",
    },
    {
      kind: "text",
      text: "Below is one such step on the run's first 32 images. The gradient comes from a second, independent computation in double precision; what the formula makes of it stands beside what the engine made of the weight.",
    },
    { kind: "figure", figure: "gradient-step" },
    {
      kind: "hint",
      text: "Adam and its kin take the same gradient and change only how far each weight goes. Adam is a good first choice.",
    },
  ],
  checks: [
    {
      id: "step",
      label: "Make a step, and see formula and engine agree to 0.00001 in every weight.",
      passes: (facts) => (numberOf(facts, DIFFERENCE_MARK) ?? 1) <= EXACT,
    },
    {
      id: "weight",
      label: "Choose another weight.",
      passes: ({ marks }) => marks[WEIGHT_MARK] === true,
    },
    {
      id: "steps",
      label: "Make five steps, and watch the cost fall.",
      passes: (facts) => (numberOf(facts, STEPS_MARK) ?? 0) >= 5,
    },
  ],
};
