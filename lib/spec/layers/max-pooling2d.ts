import { defineLayer } from "../define";
import { poolingFields, poolingWindow } from "./window";

export const maxPooling2d = defineLayer({
  kind: "maxPooling2d",
  label: "Max pooling",
  summary: "Keeps the largest value of each small window, and so shrinks the image.",
  fields: poolingFields,
  lower: (values) => [{ op: "maxPooling2d", window: poolingWindow(values) }],
});
