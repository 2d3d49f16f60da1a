import { defineSchedule } from "../define";
import { cosine as cosineOf, PI } from "../exact";

/** Loshchilov & Hutter 2017, without restarts. */
export const cosine = defineSchedule({
  kind: "cosine",
  label: "cosine",
  share: (progress, finalShare) => finalShare + ((1 - finalShare) * (1 + cosineOf(PI * progress))) / 2,
});
