// Three ways to a network that does better on images it has never seen: silence units, normalize, move the images.
import { parseExperiment } from "../../spec/experiment";
import { stepsPerEpoch } from "../../spec/samples";
import { answered } from "../checks";
import type { Step } from "../define";
import { dropoutRate, finished, finishedRuns, has, normalizesBeforeActivation, somePair } from "./checks";
import { augmented, droppedOut, overfitting, withNormalization, withoutNormalization } from "./experiments";
import { marks } from "./marks";

export const dropout: Step = {
  id: "dropout",
  title: "Raise the dropout",
  experiment: droppedOut(0.25),
  variants: [
    { label: "No dropout", experiment: overfitting },
    { label: "Rate 0.25", experiment: droppedOut(0.25) },
    { label: "Rate 0.5", experiment: droppedOut(0.5) },
    { label: "Rate 0.75", experiment: droppedOut(0.75) },
  ],
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "*Dropout* silences a share of a layer's outputs, others at every step. No unit can rely on one certain other, so what is learned has to be of use by itself. In validation nothing is silenced; what is left in training is scaled up to make up for it.",
    },
    {
      kind: "text",
      text: "Train with a rate of 0.25, then with a higher one, on the same 1,000 images as before. Compare where the validation losses end, and how far they are from the training losses.",
    },
    { kind: "figure", figure: "run-pair" },
    {
      kind: "text",
      text: "With a high rate, training loss stays *above* validation loss. Nothing is wrong: it is measured with a network half of which is silent. A rate that is too high leaves too little to learn with, and both losses stay high.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "raised-dropout",
        question:
          "You raise the rate; training accuracy falls and validation accuracy hardly changes. What then?",
        options: [
          {
            text: "Keep it where validation is best; training accuracy is not the aim.",
            right: true,
            because: "What counts is how the network does on images that it has not trained on.",
          },
          {
            text: "Lower it: training accuracy must be as high as it can be.",
            because: "A network that knows its training images by heart has that, and gains nothing from it.",
          },
          {
            text: "Keep dropout on in validation too, to make the two alike.",
            because: "Then you would measure a network with holes in it, which nobody will use.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "two-rates",
      label: "Train with two different dropout rates, one of them 0.5 or more.",
      passes: (facts) =>
        somePair(
          finishedRuns(facts),
          (a, b) => dropoutRate(b) >= 0.5 && dropoutRate(a) < dropoutRate(b) && has(b, "dropout"),
        ),
    },
    answered("raised-dropout", "Say which rate to keep."),
  ],
};

const normalizing = parseExperiment(withNormalization);
const epochSteps = stepsPerEpoch(normalizing);
const largerSteps = stepsPerEpoch({ ...normalizing, training: { ...normalizing.training, batchSize: 128 } });
const { momentum } = normalizing.layers.find((layer) => layer.kind === "batchNormalization")!;
/** What is left of the first moving averages after these steps. */
const leftAfter = (steps: number) => `${(100 * momentum ** steps).toPrecision(2)} %`;

export const batchNormalization: Step = {
  id: "batch-normalization",
  title: "Batch normalization, before the activation",
  experiment: withoutNormalization,
  variants: [
    { label: "A: without", experiment: withoutNormalization },
    { label: "B: with", experiment: withNormalization },
  ],
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "*Batch normalization* gives each channel a mean of 0 and a spread of 1 over the batch, then scales and shifts it by two numbers that are learned. The next layer is fed numbers of much the same size, whatever the layers before it have come to, so larger steps go well and the first weights matter less.",
    },
    {
      kind: "formula",
      tex: "\\hat z = \\frac{z - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} \\qquad a = \\text{relu}(\\gamma \\hat z + \\beta)",
      says: "z hat is z minus the batch's mean, divided by the square root of the batch's variance plus epsilon. The activation is relu of gamma times z hat plus beta.",
    },
    {
      kind: "text",
      text: "It goes *between* a layer and its activation: the convolution's own activation is switched off, normalization follows, then an activation layer. A bias before it would be subtracted again with the mean, so many leave it out (`use_bias=False`).",
    },
    {
      kind: "code",
      language: "python",
      code: 'x = layers.Conv2D(8, 3, padding="same")(x)\nx = layers.BatchNormalization()(x)\nx = layers.ReLU()(x)',
    },
    {
      kind: "text",
      text: "Train A, which has none, and B, which has it after both convolutions. Everything else is the same, down to the seed.",
    },
    { kind: "figure", figure: "run-pair" },
    {
      kind: "text",
      text: "Look at three things and trust your own numbers. *Training loss* usually begins lower: larger steps go well from the first epoch on. *Time*: means, spreads and their gradients are work in every step, and in a network as small as this they weigh heavily. *Validation*: sometimes better, sometimes not. This network is shallow and learns well without; normalization earns its price in deep ones.",
    },
    {
      kind: "text",
      text: `In validation there is no batch to measure, so moving averages stand in. They keep ${momentum} of themselves at each step: after one epoch of ${epochSteps} steps ${leftAfter(epochSteps)} of what they began with is left, with batches of 128, and so ${largerSteps} steps, ${leftAfter(largerSteps)}. At the beginning of a short training the validation loss can therefore be far above what the network is worth. Set B's batch size to 128 and see.`,
    },
  ],
  checks: [
    {
      id: "without",
      label: "Train A, without batch normalization.",
      passes: ({ runs }) => runs.some((run) => finished(run) && !has(run.spec, "batchNormalization")),
    },
    {
      id: "with",
      label: "Train B, with batch normalization before the activation.",
      passes: ({ runs }) => runs.some((run) => finished(run) && normalizesBeforeActivation(run.spec)),
    },
  ],
};

export const augmentation: Step = {
  id: "augmentation",
  title: "Augmentation: never the same image twice",
  experiment: augmented,
  variants: [
    { label: "With augmentation", experiment: augmented },
    { label: "Without", experiment: overfitting },
  ],
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "A 7 that is moved by a pixel, turned a little or drawn somewhat larger is still a 7. *Augmentation* does that to the training images, anew for each image of each step, so that the same 1,000 images are never quite the same again.",
    },
    {
      kind: "text",
      text: "Below is a batch of this experiment, to the byte as the engine will see it. Change what is done to the images, look at other steps, and watch for the point where you could not read them yourself.",
    },
    { kind: "figure", figure: "augmented-batch" },
    {
      kind: "text",
      text: "Then train with it. The network is the one that overfitted before, and so are its images.",
    },
    { kind: "figure", figure: "run-pair" },
    {
      kind: "quiz",
      quiz: {
        id: "augmented-validation",
        question: "Why are the validation images left as they are?",
        options: [
          {
            text: "They stand for the images that the network will meet, and those are not moved.",
            right: true,
            because: "And a measure that is the same in every epoch can be compared from epoch to epoch.",
          },
          {
            text: "There are too few of them.",
            because: "Few or many, they would be measured differently each time.",
          },
          {
            text: "It would make the network learn them.",
            because: "Nothing is ever learned from validation images, moved or not.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "looked",
      label: "Look at the batches of two steps.",
      passes: ({ marks: noted }) => Number(noted[marks.batchesSeen] ?? 0) >= 2,
    },
    {
      id: "trained",
      label: "Train with augmented images.",
      passes: ({ runs }) => runs.some((run) => finished(run) && run.spec.augmentation.length > 0),
    },
    answered("augmented-validation", "Say why validation images are left alone."),
  ],
};
