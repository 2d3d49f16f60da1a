import { defineBoard, digits, inHundredths } from "../board";
import { standardBudget } from "../budget";
import { formatShare } from "../format";

export const accuracy = defineBoard({
  id: "accuracy",
  label: "Accuracy",
  summary: "The network that reads most of the hidden images right.",
  dataset: "mnist",
  budget: standardBudget,
  scoreLabel: "Hidden set",
  formatScore: formatShare,
  refuses: () => null,
  disqualifies: () => null,
  score: ({ accuracies }) => accuracies.hidden,
  sortKey: ({ accuracies }) => digits(10_000 - inHundredths(accuracies.hidden), 5),
  provedFirst: true,
  uniqueNetworks: true,
  byDevice: false,
});
