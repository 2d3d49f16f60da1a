import { defineLayer } from "../define";
import { number } from "../fields";
import { activationField } from "../ops";

export const dense = defineLayer({
  kind: "dense",
  label: "Dense",
  summary: "Every unit sees every input and adds them up with its own weights.",
  fields: {
    units: number("Units", {
      default: 64,
      min: 1,
      max: 4096,
      integer: true,
      help: "How many numbers this layer gives.",
    }),
    activation: activationField("relu"),
  },
  lower: ({ units, activation }) => [
    { op: "dense", units, useBias: true },
    { op: "activation", activation },
  ],
});
