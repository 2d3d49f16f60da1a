// The third lesson: zero or one, by a small network and by one unit, in three steps each.
import { gradientStep, lossAndCost } from "./binary-classification/descend";
import { whatGoesWrong, whichLoss } from "./binary-classification/judge";
import { model, regression } from "./binary-classification/train";
import { defineLesson } from "./define";

export const binaryClassification = defineLesson({
  slug: "binary-classification",
  title: "Binary classification",
  summary:
    "Tell two digits apart with one output, follow one gradient step in numbers, and mend three trainings that go wrong.",
  minutes: 35,
  credits:
    "This lesson follows a public lesson on training neural networks with TensorFlow, in the way of Andrew Ng's Machine Learning Specialization (DeepLearning.AI and Stanford Online), with thanks to its authors. The text, the figures and the experiments here are our own.",
  steps: [model, regression, lossAndCost, gradientStep, whichLoss, whatGoesWrong],
});
