import { defineLesson } from "./define";
import { comparisons } from "./training-optimization/comparisons";
import { curves } from "./training-optimization/curves";
import { exercises } from "./training-optimization/exercises";
import { firstSteps } from "./training-optimization/first-steps";
import { longer } from "./training-optimization/longer";

export const trainingOptimization = defineLesson({
  slug: "training-optimization",
  title: "Training and optimization",
  summary:
    "Train a first network, read what it prints, and find out what epochs, optimizers, learning rates and batches do.",
  minutes: 45,
  credits:
    "This lesson follows “Training & Optimization”, a public lesson on training a first network on MNIST, with thanks to its authors. The text, the figures and the numbers here are our own.",
  steps: [...firstSteps, ...curves, ...longer, ...comparisons, ...exercises],
});
