import { defineSchedule } from "../define";

export const linear = defineSchedule({
  kind: "linear",
  label: "linear",
  share: (progress, finalShare) => 1 - (1 - finalShare) * progress,
});
