import { defineLayer } from "../define";
import { poolingFields, poolingWindow } from "./window";

export const averagePooling2d = defineLayer({
  kind: "averagePooling2d",
  label: "Average pooling",
  summary: "Takes the mean of each small window, and so shrinks the image.",
  fields: poolingFields,
  lower: (values) => [{ op: "averagePooling2d", window: poolingWindow(values) }],
});
