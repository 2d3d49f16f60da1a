import { defineAugmentation } from "../define";
import { number } from "../fields";

export const rotate = defineAugmentation({
  kind: "rotate",
  label: "Rotate",
  summary: "Turns each image about its centre by a random angle.",
  fields: {
    degrees: number("Degrees", {
      default: 10,
      min: 0,
      max: 180,
      step: 1,
      help: "The most that an image is turned, either way.",
    }),
  },
});
