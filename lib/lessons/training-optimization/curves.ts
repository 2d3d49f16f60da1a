import { answered } from "../checks";
import type { Step } from "../define";
import { firstRun } from "./experiments";

const history: Step = {
  id: "curves",
  title: "The history as curves",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "Numbers say how far a run got, curves say where it is going. The blue line is training, batch by batch; the red, dashed one is validation, with a dot where each epoch ends. Point at a chart to read it, or open the table below it.",
    },
    {
      kind: "list",
      items: [
        "Both losses fall: the network is learning something that holds for new images too.",
        "Training goes on falling, validation stays: what is learned now is true of the training images alone.",
        "Validation rises again: the network is *overfitting*.",
      ],
    },
    {
      kind: "hint",
      text: "Watch both metrics. Training accuracy alone always looks good.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "validation-ahead",
        question: "In the first epoch validation is often *better* than training. Why?",
        options: [
          {
            text: "The validation images are easier",
            because: "They are images like the others. From the second or third epoch on training is ahead.",
          },
          {
            text: "Training is a mean over the epoch, validation is measured at its end",
            right: true,
            because:
              "The mean still counts the first batches, which a nearly untrained network answered. Validation sees the weights after the last one.",
          },
          {
            text: "The network has learned the validation images",
            because: "It has never taken a step on them.",
          },
        ],
      },
    },
  ],
  checks: [answered("validation-ahead")],
};

const improvement: Step = {
  id: "improvement",
  title: "How much it improved",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "At its end the log sums up: `Accuracy improvement` takes the training accuracy of the last epoch and subtracts that of the first. It is a small number, about 0.06, because the first epoch already did most of the work.",
    },
    { kind: "figure", figure: "improvement" },
    {
      kind: "text",
      text: "When somebody says that such a network improves “by 85 to 90 %”, they measure from the *untrained* network, which is right one time in ten. Both are true. Say which one you mean, and say *points*: from 10 % to 98 % is 88 points.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "printed-improvement",
        question: "A log ends with `Accuracy improvement: 0.9210 → 0.9852 (+0.0642)`. What is 0.9210?",
        options: [
          {
            text: "The accuracy before training",
            because: "Before training it is about 0.1; the log prints that on a line of its own, further up.",
          },
          {
            text: "The training accuracy of epoch 1",
            right: true,
            because: "The mean over the first epoch’s batches. The untrained network is not part of it.",
          },
          {
            text: "The validation accuracy of epoch 1",
            because: "The line compares training with training.",
          },
        ],
      },
    },
  ],
  checks: [answered("printed-improvement")],
};

const predictions: Step = {
  id: "predictions",
  title: "Eight answers",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "An accuracy of 0.97 is an average. Look at single answers: below the curves are eight test images that the network has never seen, with its digit, how sure it is, and a bar for each of the ten probabilities. Ask for *another eight* a few times, and find one that it reads wrong.",
    },
    {
      kind: "text",
      text: "Three in a hundred are wrong, so about one in five sets of eight has one. When you find it, compare its bars with those of the others. Then draw a digit yourself, and try to make it hesitate.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "sure-and-wrong",
        question: "Can the network be wrong with a confidence of 0.99?",
        options: [
          {
            text: "Yes",
            right: true,
            because:
              "The probabilities are its own opinion. Nothing makes them honest, and long training makes them too sure.",
          },
          {
            text: "No, then it is right in 99 of 100 cases",
            because: "Only for a network whose confidence has been compared with its errors, and corrected.",
          },
        ],
      },
    },
  ],
  checks: [answered("sure-and-wrong")],
};

export const curves: readonly Step[] = [history, improvement, predictions];
