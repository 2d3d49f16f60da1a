import { defineLesson } from "./define";
import { moreEpochs } from "./fit-and-history/more-epochs";
import { oneCall } from "./fit-and-history/one-call";

export const fitAndHistory = defineLesson({
  slug: "fit-and-history",
  title: "Fit and history",
  summary:
    "One call trains a network on 1,797 small digits. What its three settings mean, and when more epochs stop helping.",
  minutes: 20,
  credits:
    "This lesson follows a public lesson on training a network with Keras on scikit-learn’s digits, with thanks to its authors. The text, the figures and the numbers here are our own. The digits are by Ethem Alpaydin and Cenk Kaynak, from the UCI Machine Learning Repository.",
  steps: [...oneCall, ...moreEpochs],
});
