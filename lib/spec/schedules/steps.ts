import { defineSchedule } from "../define";
import { exponential, logarithm } from "../exact";

/** Three steps down, at a half, three quarters and seven eighths of the way. */
export const steps = defineSchedule({
  kind: "steps",
  label: "steps",
  share(progress, finalShare) {
    const taken = [1 / 2, 3 / 4, 7 / 8].filter((place) => progress >= place).length;
    return exponential((taken / 3) * logarithm(Math.max(finalShare, 1e-4)));
  },
});
