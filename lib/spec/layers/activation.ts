import { defineLayer } from "../define";
import { activationField } from "../ops";

export const activation = defineLayer({
  kind: "activation",
  label: "Activation",
  summary: "Applies a function to each number by itself.",
  fields: { activation: activationField("relu") },
  lower: ({ activation }) => [{ op: "activation", activation }],
});
