import { defineLoss } from "../define";

export const binaryCrossentropy = defineLoss({
  kind: "binaryCrossentropy",
  label: "Binary cross-entropy",
  summary: "Each output is its own yes-or-no question; for two classes, one sigmoid unit is enough.",
  op: "binaryCrossentropy",
});
