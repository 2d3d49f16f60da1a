import { defineLayer } from "../define";

export const flatten = defineLayer({
  kind: "flatten",
  label: "Flatten",
  summary: "Lays an image out as one list of numbers.",
  fields: {},
  lower: () => [{ op: "flatten" }],
});
