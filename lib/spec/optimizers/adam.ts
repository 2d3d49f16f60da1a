import { defineOptimizer } from "../define";
import { decay, epsilon, learningRate } from "./learning-rate";

/** The moments that Adam and AdamW keep. */
export const adamFields = {
  learningRate: learningRate(0.001),
  beta1: decay("Beta 1", 0.9, "Decay of the average gradient."),
  beta2: decay("Beta 2", 0.999, "Decay of the average squared gradient."),
  epsilon: epsilon(),
};

export const adam = defineOptimizer({
  kind: "adam",
  label: "Adam",
  summary: "Scales each weight's step by its gradient's recent mean and size.",
  fields: adamFields,
});
