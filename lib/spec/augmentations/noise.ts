import { defineAugmentation } from "../define";
import { number } from "../fields";

export const noise = defineAugmentation({
  kind: "noise",
  label: "Noise",
  summary: "Adds a random number to each pixel.",
  fields: {
    stddev: number("Spread", {
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
      help: "Standard deviation of what is added, where black is 0 and white is 1; results stay between the two.",
    }),
  },
});
