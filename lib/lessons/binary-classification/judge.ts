// Steps five and six: which loss for which task, and three things that go wrong.
import { type Issue, issueNames, issues } from "../../metrics/diagnosis";
import { answered } from "../checks";
import type { Check, Step } from "../define";
import { cardRuns } from "./issues";
import { PAIRINGS_MARK, WRONG_PAIRINGS_MARK } from "./marks";

const seen = (name: string, least: number, label: string): Check => ({
  id: name,
  label,
  passes: ({ marks }) => Number(marks[name] ?? 0) >= least,
});

export const whichLoss: Step = {
  id: "which-loss",
  title: "Which loss for which task",
  body: [
    {
      kind: "text",
      text: "A loss has to ask the question that the last layer answers. Tap a pairing to see why it fits, or why it does not, and what the playground says of it.",
    },
    { kind: "figure", figure: "loss-matrix" },
    {
      kind: "quiz",
      quiz: {
        id: "quiz-pairing",
        question: "A photo may show a cat, a dog, both or neither. Which answer and loss?",
        options: [
          {
            text: "Two softmax units and cross-entropy",
            because: "Softmax makes shares of one whole: both at once cannot be said.",
          },
          {
            text: "Two sigmoid units and binary cross-entropy",
            right: true,
            because: "Two questions, each with a yes or a no of its own.",
          },
          {
            text: "One linear unit and mean squared error",
            because: "That answers how much, not whether.",
          },
        ],
      },
    },
  ],
  checks: [
    seen(PAIRINGS_MARK, 4, "Look at four pairings."),
    seen(WRONG_PAIRINGS_MARK, 2, "Look at two that do not fit."),
    answered("quiz-pairing"),
  ],
};

const checkIds: Record<Issue, string> = {
  notLearning: "not-learning",
  overfitting: "overfitting",
  underfitting: "underfitting",
};

const card = (issue: Issue): readonly Check[] => [
  {
    id: `${checkIds[issue]}-seen`,
    label: `${issueNames[issue]}: bring it about.`,
    passes: (facts) => cardRuns(facts, issue).ill !== undefined,
  },
  {
    id: `${checkIds[issue]}-mended`,
    label: `${issueNames[issue]}: mend it.`,
    passes: (facts) => cardRuns(facts, issue).mended !== undefined,
  },
];

export const whatGoesWrong: Step = {
  id: "issues",
  title: "Three things that go wrong",
  body: [
    {
      kind: "text",
      text: "Trainings fail in few ways, and the curves tell which. Each card below trains an experiment that is ill, finds out by rule what it has, from its history and its gradients, and then trains one that is mended.",
    },
    { kind: "figure", figure: "issue-cards" },
    {
      kind: "table",
      head: ["Issue", "Looks like", "What helps"],
      rows: [
        [
          "not learning",
          "both curves no better than guessing",
          "another learning rate, sound images and labels, other first weights",
        ],
        [
          "overfitting",
          "training nearly perfect, validation getting worse",
          "more images, augmentation, dropout, a smaller network, early stopping",
        ],
        [
          "underfitting",
          "both curves poor, side by side",
          "a larger network, more epochs, less dropout, sound images",
        ],
      ],
    },
    {
      kind: "hint",
      text: "Keep images aside for validation, watch both curves, and let early stopping keep the best epoch: most of these show early.",
    },
  ],
  checks: issues.flatMap(card),
};
