import { defineOptimizer } from "../define";
import { number } from "../fields";
import { epsilon, learningRate } from "./learning-rate";

export const adagrad = defineOptimizer({
  kind: "adagrad",
  label: "AdaGrad",
  summary: "Divides each weight's step by the size of all its gradients so far, so steps only shrink.",
  fields: {
    learningRate: learningRate(0.001),
    initialAccumulatorValue: number("Initial accumulator", { default: 0.1, min: 0, max: 10, step: 0.1 }),
    epsilon: epsilon(),
  },
});
