// Lesson 4. Each group of steps is a file of its own in the folder of the same name.
import { batches, compile, curves, train } from "./convolution-and-regularisation/basics";
import { augmentation, batchNormalization, dropout } from "./convolution-and-regularisation/regularise";
import {
  automated,
  byHand,
  gridSearch,
  heldOutTest,
  provenPatterns,
} from "./convolution-and-regularisation/tuning";
import { defineLesson } from "./define";

export const convolutionAndRegularisation = defineLesson({
  slug: "convolution-and-regularisation",
  title: "Convolution and regularisation",
  summary:
    "Convolutions, batch normalization, dropout, augmentation and well-known architectures, tuned without touching the test images.",
  minutes: 60,
  credits:
    "Follows “Training and evaluation” of the lesson “Introduction to artificial neural networks in Python” in The Carpentries Incubator, with thanks to its authors.",
  steps: [
    compile,
    batches,
    train,
    curves,
    dropout,
    batchNormalization,
    augmentation,
    provenPatterns,
    byHand,
    gridSearch,
    automated,
    heldOutTest,
  ],
});
