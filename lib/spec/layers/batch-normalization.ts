import { defineLayer } from "../define";
import { number } from "../fields";

export const batchNormalization = defineLayer({
  kind: "batchNormalization",
  label: "Batch normalization",
  summary:
    "Gives each channel mean 0 and spread 1 over the batch, then a scale and a shift that are learned.",
  fields: {
    momentum: number("Momentum", {
      default: 0.99,
      min: 0,
      max: 0.9999,
      step: 0.01,
      help: "How much of the moving averages is kept at each step; they stand in for the batch when nothing is trained.",
    }),
    epsilon: number("Epsilon", {
      default: 0.001,
      min: 1e-7,
      max: 1,
      step: 0.001,
      logarithmic: true,
      help: "Added to the variance before its root is taken.",
    }),
  },
  lower: ({ momentum, epsilon }) => [{ op: "batchNormalization", momentum, epsilon }],
});
