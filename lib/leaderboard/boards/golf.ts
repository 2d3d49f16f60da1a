import { defineBoard, digits, inHundredths } from "../board";
import { standardBudget } from "../budget";
import { formatShare } from "../format";

/** The share of the hidden images that a network must read right to take part. */
const LEAST = 0.97;

export const golf = defineBoard({
  id: "golf",
  label: "Golf",
  summary: "The fewest parameters that still read 97 % of the hidden images right.",
  dataset: "mnist",
  budget: standardBudget,
  scoreLabel: "Hidden set",
  formatScore: formatShare,
  refuses: () => null,
  disqualifies: ({ accuracies }) =>
    accuracies.hidden >= LEAST
      ? null
      : `It reads ${formatShare(accuracies.hidden)} of the hidden images right; golf begins at ${formatShare(LEAST)}.`,
  score: ({ accuracies }) => accuracies.hidden,
  sortKey: ({ parameters, accuracies }) =>
    `${digits(parameters, 7)}/${digits(10_000 - inHundredths(accuracies.hidden), 5)}`,
  provedFirst: true,
  uniqueNetworks: true,
  byDevice: false,
});
