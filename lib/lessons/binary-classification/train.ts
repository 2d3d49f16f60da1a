// Steps one and two: the model, and the same three steps for the smallest model there is.
import { buildProgram } from "../../spec/program";
import { answered, testAccuracy, trained } from "../checks";
import type { Step } from "../define";
import type { RunFacts } from "../facts";
import { logistic, network, PARAMETERS, TARGET } from "./experiments";

/** A run on zeros and ones with one sigmoid unit at the end, and this many parameters. */
const hasParameters =
  (parameters: number) =>
  ({ spec }: RunFacts): boolean =>
    spec.dataset.classes?.join() === "0,1" &&
    spec.loss === "binaryCrossentropy" &&
    buildProgram(spec).parameters === parameters;
const isNetwork = hasParameters(PARAMETERS.network);
const isLogistic = hasParameters(PARAMETERS.logistic);

/** The share of the test images, or of the validation images by the fifth epoch, that is right. */
const reaches = (run: RunFacts): boolean =>
  (run.history.length <= 5 && testAccuracy(run) >= TARGET) ||
  run.history.slice(0, 5).some(({ valAccuracy }) => (valAccuracy ?? 0) >= TARGET);

export const model: Step = {
  id: "model",
  title: "Specify the model",
  experiment: network,
  body: [
    {
      kind: "text",
      text: "Is this digit a *0* or a *1*? Training answers that in three steps, whatever the network: say how an answer is computed, say how wrong an answer is, and make that number small. This is the first step.",
    },
    {
      kind: "table",
      head: ["Layer", "Units", "Weights", "Biases", "Parameters"],
      rows: [
        ["first", "25, sigmoid", "784 × 25", "25", "19,625"],
        ["second", "15, sigmoid", "25 × 15", "15", "390"],
        ["answer", "1, sigmoid", "15 × 1", "1", "16"],
        ["together", "", "", "", "20,031"],
      ],
    },
    {
      kind: "text",
      text: "Every unit does the same: it weighs its inputs, adds a bias, and bends the sum into the range from 0 to 1.",
    },
    {
      kind: "formula",
      tex: "a = g(\\mathbf{w}\\cdot\\mathbf{x} + b), \\qquad g(z) = \\frac{1}{1 + e^{-z}}",
      says: "a is g of w times x plus b, where g of z is one over one plus e to the minus z",
    },
    {
      kind: "text",
      text: "The last unit's number is read as the probability $f(\\mathbf{x})$ that the image is a 1. Above one half, the network says 1.",
    },
    {
      kind: "code",
      language: "python",
      code: `model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Flatten(),
    layers.Dense(25, activation="sigmoid"),
    layers.Dense(15, activation="sigmoid"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(
    loss="binary_crossentropy",
    optimizer="adam",
    metrics=["accuracy"],
)
model.fit(images, labels, epochs=5, batch_size=32)`,
    },
    {
      kind: "text",
      text: "The same is loaded in the playground: of MNIST's images only the zeros and ones are kept, 12,665 to train on and 2,115 to test with. Press *Train*.",
    },
    {
      kind: "list",
      items: [
        "`epochs`: passes over all training images, here 5.",
        "`batch_size`: images looked at before each step of the weights, here 32, so 396 steps an epoch.",
        "*learning rate*: how far a step goes. Adam starts from 0.001 and scales it for each weight.",
        "*validation split*: the share kept aside to judge each epoch. Here it is 0, as the test images judge; the issues further down need one.",
      ],
    },
    {
      kind: "quiz",
      quiz: {
        id: "quiz-one-unit",
        question: "The network answers 0.93 to an image. What does it say?",
        options: [
          {
            text: "93 % of the pixels look like a 1.",
            because: "It weighs pixels, but the answer is not a share of them.",
          },
          {
            text: "It is a 1, with a probability of 93 %, and so a 0 with 7 %.",
            right: true,
            because: "One number is enough for two classes: the other has what is left.",
          },
          {
            text: "Its accuracy is 93 %.",
            because: "Accuracy counts right answers over many images; this is one answer.",
          },
        ],
      },
    },
  ],
  checks: [
    trained("trained", "Train the network of 20,031 parameters on zeros and ones.", isNetwork),
    trained(
      "accurate",
      "Reach 99.8 % on images it has not seen, within 5 epochs.",
      (run) => isNetwork(run) && reaches(run),
    ),
    answered("quiz-one-unit"),
  ],
};

export const regression: Step = {
  id: "logistic-regression",
  title: "The same with one unit",
  experiment: logistic,
  variants: [
    { label: "One unit", experiment: logistic },
    { label: "25-15-1", experiment: network },
  ],
  body: [
    {
      kind: "text",
      text: "Take both hidden layers away and one sigmoid unit is left: *logistic regression*, older than any neural network. It is trained by the same three steps, only the first differs.",
    },
    {
      kind: "table",
      head: ["Step", "Logistic regression", "Neural network"],
      rows: [
        [
          "1. Model",
          "$f = g(\\mathbf{w}\\cdot\\mathbf{x} + b)$",
          "$f$ = three layers of such units, 25-15-1",
        ],
        [
          "2. Loss and cost",
          "$L$ for one image, and $J$, the mean of many",
          "the same, `binary_crossentropy`",
        ],
        [
          "3. Gradient descent",
          "$w$ and $b$ step against their slopes, $\\partial J/\\partial w$ and $\\partial J/\\partial b$",
          "$W$ and $b$ of every layer do, by backpropagation",
        ],
        ["Parameters", "784 + 1 = 785", "20,031"],
      ],
    },
    {
      kind: "text",
      text: "Zeros and ones are so different that one unit finds them apart nearly as well. What hidden layers are for shows on harder pairs: give both a 4 and a 9 to tell apart.",
    },
    {
      kind: "hint",
      text: "Begin with the smallest model that could do it. What it reaches is what a larger one has to beat.",
    },
  ],
  checks: [
    trained("trained-logistic", "Train logistic regression, with its 785 parameters.", isLogistic),
    trained(
      "accurate-logistic",
      "Reach 99.8 % with one unit alone.",
      (run) => isLogistic(run) && reaches(run),
    ),
  ],
};
