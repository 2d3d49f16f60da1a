import { defineLayer } from "../define";
import { boolean, number } from "../fields";
import { activationField } from "../ops";
import { paddingField } from "./window";

export const conv2d = defineLayer({
  kind: "conv2d",
  label: "Convolution",
  summary: "Slides small filters over the image; each gives a new image of where its pattern is.",
  fields: {
    filters: number("Filters", {
      default: 16,
      min: 1,
      max: 512,
      integer: true,
      help: "How many patterns are looked for, and so how many channels this layer gives.",
    }),
    kernelSize: number("Kernel", {
      default: 3,
      min: 1,
      max: 11,
      integer: true,
      help: "Height and width of a filter in pixels.",
    }),
    strides: number("Strides", {
      default: 1,
      min: 1,
      max: 8,
      integer: true,
      help: "How many pixels the filter moves at a time; 2 halves height and width.",
    }),
    padding: paddingField,
    activation: activationField("relu"),
    useBias: boolean("Bias", {
      default: true,
      help: "Adds one number to each channel; batch normalization makes it superfluous.",
    }),
  },
  lower: ({ filters, kernelSize, strides, padding, activation, useBias }) => [
    { op: "conv2d", filters, window: { size: kernelSize, strides, padding }, useBias },
    { op: "activation", activation },
  ],
});
