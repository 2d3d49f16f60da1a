import { defineAugmentation } from "../define";
import { number } from "../fields";

export const shift = defineAugmentation({
  kind: "shift",
  label: "Shift",
  summary: "Moves each image by a random distance.",
  fields: {
    pixels: number("Pixels", {
      default: 2,
      min: 0,
      max: 14,
      step: 0.5,
      help: "The most that an image is moved up, down, left or right.",
    }),
  },
});
