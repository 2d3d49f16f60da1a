import { defineAugmentation } from "../define";
import { number } from "../fields";

export const zoom = defineAugmentation({
  kind: "zoom",
  label: "Zoom",
  summary: "Makes each image larger or smaller by a random factor.",
  fields: {
    factor: number("Factor", {
      default: 0.1,
      min: 0,
      max: 0.5,
      step: 0.05,
      help: "0.1 draws a size from 90 % to 110 %.",
    }),
  },
});
