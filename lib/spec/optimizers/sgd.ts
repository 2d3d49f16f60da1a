import { defineOptimizer } from "../define";
import { boolean } from "../fields";
import { decay, learningRate } from "./learning-rate";

export const sgd = defineOptimizer({
  kind: "sgd",
  label: "SGD",
  summary: "Steps straight down the batch's gradient; momentum keeps some of the last step.",
  fields: {
    learningRate: learningRate(0.01),
    momentum: decay("Momentum", 0, "The share of the last step that is taken again."),
    nesterov: boolean("Nesterov", {
      default: false,
      help: "Looks ahead along the momentum before it steps.",
    }),
  },
});
