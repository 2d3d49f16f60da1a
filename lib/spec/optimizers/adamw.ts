import { defineOptimizer } from "../define";
import { number } from "../fields";
import { adamFields } from "./adam";

export const adamw = defineOptimizer({
  kind: "adamw",
  label: "AdamW",
  summary: "Adam that also shrinks every weight a little at each step.",
  fields: {
    ...adamFields,
    weightDecay: number("Weight decay", {
      default: 0.004,
      min: 0,
      max: 1,
      step: 0.001,
      help: "The share of each weight, times the learning rate, that is taken away at each step.",
    }),
  },
});
