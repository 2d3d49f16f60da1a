import { batchSizeSweep, learningRateSweep, optimizerSweep } from "../../sweeps/common";
import { answered, compared } from "../checks";
import type { Step } from "../define";
import { batchSizesBase, learningRatesBase, optimizersBase } from "./experiments";

const optimizers: Step = {
  id: "optimizers",
  title: "Four optimizers",
  experiment: { ...optimizersBase },
  sweep: optimizerSweep(optimizersBase),
  body: [
    {
      kind: "text",
      text: "All optimizers get the same gradients. They differ in what they make of them. Start the comparison: each trains the same network, from the same first weights, for five epochs.",
    },
    {
      kind: "table",
      head: ["Optimizer", "What it does with a gradient"],
      rows: [
        [
          "SGD, 0.01",
          "Takes a step of the learning rate times the gradient. Simple and steady, but slow here.",
        ],
        [
          "Adam, 0.001",
          "Keeps a running mean of the gradients and of their squares: every weight has a step size of its own. A good first choice.",
        ],
        ["RMSprop, 0.001", "Only the squares. Also used for recurrent networks."],
        [
          "AdaGrad, 0.001",
          "Adds up all squares so far, so steps only ever shrink. Made for sparse data; here it runs out of breath.",
        ],
      ],
    },
    {
      kind: "hint",
      text: "Experiment, and change one thing at a time. With two changes you never know which one helped.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "why-adagrad",
        question: "Why is AdaGrad behind after five epochs?",
        options: [
          {
            text: "Its steps become smaller with every gradient it has seen",
            right: true,
            because:
              "It divides by the root of a sum that only grows. RMSprop is the same idea with a sum that forgets.",
          },
          {
            text: "It gets worse gradients than the others",
            because:
              "The gradients come from the network and the images. The optimizer only decides on the step.",
          },
          {
            text: "It sees fewer images",
            because: "All four take 1,500 steps an epoch, on the same images in the same order.",
          },
        ],
      },
    },
  ],
  checks: [compared("all-optimizers", "Compare the four optimizers."), answered("why-adagrad")],
};

const learningRates: Step = {
  id: "learning-rates",
  title: "The learning rate",
  experiment: { ...learningRatesBase },
  sweep: learningRateSweep(learningRatesBase),
  body: [
    {
      kind: "text",
      text: "If you may tune only one number, tune this one. It says how far a step goes. Compare four of them, each ten times smaller than the one before, with Adam for three epochs.",
    },
    {
      kind: "list",
      items: [
        "Too large, and each step jumps over the valley: the loss stays high, or runs away.",
        "Too small, and the run is over before it has got anywhere.",
        "In between lies about one decade where it works well.",
      ],
    },
    {
      kind: "quiz",
      quiz: {
        id: "still-rising",
        question: "With 0.0001 the result is a little worse than with 0.001. What would help it most?",
        options: [
          {
            text: "More epochs",
            right: true,
            because: "Its curve is still rising after three: it goes the right way, slowly.",
          },
          {
            text: "A larger network",
            because:
              "The network is the same one that does better with 0.001: it is not what holds this run back.",
          },
          {
            text: "Nothing: it has got stuck",
            because: "Open that run and look at its curves: they still improve.",
          },
        ],
      },
    },
  ],
  checks: [compared("all-rates", "Compare the four learning rates."), answered("still-rising")],
};

const batchSizes: Step = {
  id: "batch-sizes",
  title: "The batch size",
  experiment: { ...batchSizesBase },
  sweep: batchSizeSweep(batchSizesBase),
  body: [
    {
      kind: "text",
      text: "A batch is what the network looks at before each step. Large batches give a better estimate of the gradient, and fewer steps an epoch; small ones are noisy, but step more often. Compare 16 to 256 images, and look at the time as well as the accuracy.",
    },
    {
      kind: "formula",
      tex: "\\text{steps per epoch} = \\left\\lceil \\frac{48{,}000}{\\text{batch size}} \\right\\rceil",
      says: "Steps per epoch are 48,000 divided by the batch size, rounded up.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "large-batches",
        question:
          "Why does a batch size of 256 reach less in three epochs than 32, at the same learning rate?",
        options: [
          {
            text: "It sees fewer images",
            because: "Each epoch passes over all 48,000 images, whatever the batches.",
          },
          {
            text: "It takes fewer steps",
            right: true,
            because:
              "188 steps an epoch instead of 1,500. Larger batches usually get a larger learning rate, too.",
          },
          {
            text: "Its gradients are noisier",
            because: "The other way round: a mean over more images is less noisy.",
          },
        ],
      },
    },
  ],
  checks: [compared("all-sizes", "Compare the five batch sizes."), answered("large-batches")],
};

export const comparisons: readonly Step[] = [optimizers, learningRates, batchSizes];
