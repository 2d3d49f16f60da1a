import { answered, trained } from "../checks";
import type { Step } from "../define";
import { digitsFor } from "./experiments";

const digits: Step = {
  id: "digits",
  title: "Small digits",
  experiment: digitsFor(5),
  body: [
    {
      kind: "text",
      text: "This time the images are tiny: 1,797 handwritten digits of 8 × 8 pixels, each pixel a grey from 0 to 16. An epoch is over in a blink, so nothing keeps you from trying things.",
    },
    {
      kind: "text",
      text: "The network has one hidden layer of 64 units and an output of 10. Each unit has a weight for every input, and one more, its bias:",
    },
    {
      kind: "formula",
      tex: "\\begin{aligned} 64 \\cdot 64 + 64 &= 4{,}160\\\\ 64 \\cdot 10 + 10 &= 650 \\end{aligned}",
      says: "64 times 64 plus 64 is 4,160; 64 times 10 plus 10 is 650.",
    },
    {
      kind: "text",
      text: "The label of an image is a digit. *Categorical* cross-entropy wants it as a row of ten numbers with a single 1, which is called one-hot: a 3 is `0 0 0 1 0 0 0 0 0 0`. Only the probability at the 1 counts:",
    },
    {
      kind: "formula",
      tex: "J = -\\sum_{k=0}^{9} y_k \\ln p_k",
      says: "J is minus the sum over k from 0 to 9 of y k times the natural logarithm of p k.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "parameters",
        question: "How many parameters does the network have?",
        options: [
          {
            text: "4,736",
            because: "Those are the weights alone, 64 · 64 + 64 · 10. Each unit has a bias, too.",
          },
          { text: "4,810", right: true, because: "4,160 in the hidden layer and 650 in the output." },
          { text: "74", because: "That is the number of units." },
        ],
      },
    },
  ],
  checks: [answered("parameters")],
};

const settings: Step = {
  id: "settings",
  title: "Three settings",
  experiment: digitsFor(5),
  body: [
    {
      kind: "code",
      language: "python",
      code: "history = net.fit(\n    images, labels,\n    epochs=5, batch_size=32, validation_split=0.2,\n)",
    },
    {
      kind: "list",
      items: [
        "`epochs`: how often training passes over all its images.",
        "`batch_size`: how many images are looked at before each step of the weights.",
        "`validation_split`: the share of the images, taken from the end, that is kept aside and only measured.",
      ],
    },
    {
      kind: "text",
      text: "The last two decide how many steps an epoch has. A fifth of all images was taken away before as *test* images; the split is taken from what is left:",
    },
    { kind: "figure", figure: "fit-arithmetic" },
    {
      kind: "text",
      text: "An epoch ends with a batch that is not full. It is a step like the others: the number of steps is rounded *up*.",
    },
  ],
  checks: [
    {
      id: "eighteen-steps",
      label: "Find settings with which an epoch has 18 steps.",
      passes: ({ marks }) => marks.steps === 18,
    },
  ],
};

const five: Step = {
  id: "five-epochs",
  title: "Five epochs",
  experiment: digitsFor(5),
  body: [
    {
      kind: "text",
      text: "Train. It is over before you have looked up; the log has it all the same: 36 steps, five times.",
    },
    {
      kind: "text",
      text: "While an epoch goes on, Keras rewrites one line again and again: steps done, a bar, how long the rest will take (its *ETA*), and the means so far. Here is your last epoch, to walk through at your own speed:",
    },
    { kind: "figure", figure: "progress-line" },
    {
      kind: "text",
      text: "What `fit` returns is the *history*: for each epoch the four numbers that its line ended with. It is the table below each chart, and the curves are nothing else:",
    },
    {
      kind: "code",
      language: "python",
      code: 'history.history["val_accuracy"]   # one number an epoch',
    },
  ],
  checks: [
    trained(
      "five",
      "Train for five epochs.",
      ({ spec, history }) => spec.dataset.id === "digits" && history.length >= 5,
    ),
    {
      id: "walked",
      label: "Walk through an epoch to its end.",
      passes: ({ marks }) => marks.walked === true,
    },
  ],
};

export const oneCall: readonly Step[] = [digits, settings, five];
