import { defineSchedule } from "../define";
import { exponential as exponentialOf, logarithm } from "../exact";

/** The same factor at every step; a final share of 0 is taken for a ten-thousandth. */
export const exponential = defineSchedule({
  kind: "exponential",
  label: "exponential",
  share: (progress, finalShare) => exponentialOf(progress * logarithm(Math.max(finalShare, 1e-4))),
});
