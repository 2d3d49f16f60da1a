import { defineOptimizer } from "../define";
import { decay, epsilon, learningRate } from "./learning-rate";

export const rmsprop = defineOptimizer({
  kind: "rmsprop",
  label: "RMSprop",
  summary: "Divides each weight's step by its gradient's recent size.",
  fields: {
    learningRate: learningRate(0.001),
    rho: decay("Rho", 0.9, "Decay of the average squared gradient."),
    momentum: decay("Momentum", 0, "The share of the last step that is taken again."),
    epsilon: epsilon(),
  },
});
