import { defineLayer } from "../define";
import { number } from "../fields";

export const dropout = defineLayer({
  kind: "dropout",
  label: "Dropout",
  summary:
    "Silences a random share of its inputs at each training step, so that no unit relies on one other.",
  fields: {
    rate: number("Rate", {
      default: 0.25,
      min: 0,
      max: 0.9,
      step: 0.05,
      help: "The share of inputs set to zero.",
    }),
  },
  lower: ({ rate }) => [{ op: "dropout", rate }],
});
