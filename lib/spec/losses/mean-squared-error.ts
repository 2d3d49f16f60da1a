import { defineLoss } from "../define";

export const meanSquaredError = defineLoss({
  kind: "meanSquaredError",
  label: "Mean squared error",
  summary: "The mean of the squared differences between the outputs and the one-hot label.",
  op: "meanSquaredError",
});
