import { answered, testAccuracy, trained } from "../checks";
import type { Step } from "../define";
import { outputTerms, termMark } from "../output-terms";
import { firstRun } from "./experiments";

const moves: Step = {
  id: "moves",
  title: "What training does",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "The network beside this text turns an image of 28 × 28 pixels into ten probabilities, one for each digit. In between stand 109,386 numbers, its *weights*. They begin as random numbers, so it guesses. Training changes them, a little at a time, in five moves:",
    },
    {
      kind: "list",
      ordered: true,
      items: [
        "*Predict.* A batch of images goes through the network.",
        "*Measure.* The loss says how far the answers are from the labels.",
        "*Trace back.* For each weight: would the loss rise or fall if it grew, and how fast? That is its gradient.",
        "*Step.* The optimizer moves every weight a little, against its gradient.",
        "*Repeat*, with the next batch, until there is no more to gain.",
      ],
    },
    {
      kind: "formula",
      tex: "w \\leftarrow w - \\alpha\\,\\frac{\\partial J}{\\partial w}",
      says: "Each weight w becomes w minus alpha, the learning rate, times the derivative of the loss J by w.",
    },
    {
      kind: "text",
      text: "MNIST has 60,000 training images and 10,000 test images. We keep the first 12,000 training images aside for *validation*; 48,000 are left to train on. Press Edit beside the experiment to see all of it.",
    },
    {
      kind: "hint",
      text: "Always keep some data that training never sees. It is the only way to tell learning from memorizing.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "which-images",
        question: "Which images change the weights?",
        options: [
          {
            text: "The 48,000 training images",
            right: true,
            because:
              "Only their gradients move weights. The others are looked at, and nothing is learned from them.",
          },
          {
            text: "The training and the validation images",
            because:
              "Validation images are only looked at when an epoch is over; no step uses their gradients.",
          },
          {
            text: "All 70,000 images",
            because: "Test images are looked at once, when the training is over, and change nothing.",
          },
        ],
      },
    },
  ],
  checks: [answered("which-images")],
};

const first: Step = {
  id: "first-run",
  title: "A first run",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "Press *Train*, or the key `T`. The network passes over the 48,000 images five times, 32 at a time, and the optimizer Adam moves the weights. In Keras the same is one call:",
    },
    {
      kind: "code",
      language: "python",
      code: "run = net.fit(\n    images, labels,\n    epochs=5, batch_size=32,\n    validation_data=(held_images, held_labels),\n)",
    },
    {
      kind: "text",
      text: "Before the first step the log prints how the untrained network does on one batch. Somebody who gives each of ten digits the same probability is right one time in ten, and has this loss:",
    },
    {
      kind: "formula",
      tex: "-\\ln\\tfrac{1}{10} \\approx 2.303",
      says: "Minus the natural logarithm of one tenth, about 2.303.",
    },
    {
      kind: "text",
      text: "Compare it with the line `Loss before training`, then watch the curve fall. Most of what there is to learn is learned within the first half of the first epoch.",
    },
    {
      kind: "hint",
      text: "Start simple: a small network and few epochs. A run of seconds tells you whether anything is wrong before you wait for a long one.",
    },
  ],
  checks: [
    trained("five-epochs", "Train the network for its five epochs.", ({ history }) => history.length >= 5),
    trained(
      "reads-digits",
      "Reach a test accuracy of at least 0.96.",
      (run) => run.history.length >= 5 && testAccuracy(run) >= 0.96,
    ),
  ],
};

const output: Step = {
  id: "output",
  title: "What it prints",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "Each epoch prints two lines. Here is the last one of your run, taken apart: choose a part to see what it says.",
    },
    { kind: "figure", figure: "training-output" },
    {
      kind: "text",
      text: "`loss` and `accuracy` are running means over the epoch: its first batches were answered by a worse network than its last ones. `val_loss` and `val_accuracy` are measured when the epoch is over, with the weights of that moment.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "steps-of-64",
        question: "With batches of 64 images instead of 32, how many steps does an epoch have?",
        options: [
          { text: "1,500", because: "That is 48,000 ÷ 32. Larger batches make fewer steps." },
          {
            text: "750",
            right: true,
            because: "48,000 ÷ 64 = 750. Each step has looked at twice as many images.",
          },
          {
            text: "938",
            because: "That is 60,000 ÷ 64, rounded up: 12,000 images are kept aside for validation.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "all-parts",
      label: "Open each part of the line.",
      passes: ({ marks }) => outputTerms.every((term) => marks[termMark(term)] === true),
    },
    answered("steps-of-64"),
  ],
};

export const firstSteps: readonly Step[] = [moves, first, output];
