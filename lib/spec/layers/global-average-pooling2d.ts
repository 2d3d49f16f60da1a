import { defineLayer } from "../define";

export const globalAveragePooling2d = defineLayer({
  kind: "globalAveragePooling2d",
  label: "Global average pooling",
  summary: "Takes each channel's mean over the whole image: one number a channel is left.",
  fields: {},
  lower: () => [{ op: "globalAveragePooling2d" }],
});
