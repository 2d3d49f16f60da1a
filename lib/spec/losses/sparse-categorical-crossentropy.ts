import { defineLoss } from "../define";

export const sparseCategoricalCrossentropy = defineLoss({
  kind: "sparseCategoricalCrossentropy",
  label: "Cross-entropy (sparse)",
  summary: "Minus the logarithm of the probability given to the right class; labels are class numbers.",
  op: "crossentropy",
});
