import { defineLoss } from "../define";

export const categoricalCrossentropy = defineLoss({
  kind: "categoricalCrossentropy",
  label: "Cross-entropy (one-hot)",
  summary: "The same cross-entropy, written for one-hot labels.",
  op: "crossentropy",
});
