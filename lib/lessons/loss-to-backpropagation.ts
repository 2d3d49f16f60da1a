// Lesson 5: from a loss to the gradients that make it smaller, by hand and then with 60,000 images.
import { defineLesson } from "./define";
import { backpropagation } from "./loss-to-backpropagation/backpropagation";
import { descent } from "./loss-to-backpropagation/descent";
import { exercise } from "./loss-to-backpropagation/exercise";
import { loss } from "./loss-to-backpropagation/loss";
import { tape } from "./loss-to-backpropagation/tape";
import { training } from "./loss-to-backpropagation/training";

export const lossToBackpropagation = defineLesson({
  slug: "loss-to-backpropagation",
  title: "From loss to backpropagation",
  summary:
    "A loss to walk down, the chain rule with live numbers, and a network before and after it has learned.",
  minutes: 35,
  credits:
    "This lesson follows “Training Neural Networks” from Udacity’s “Intro to Machine Learning with TensorFlow”, with thanks.",
  steps: [loss, descent, backpropagation, tape, training, exercise],
});
