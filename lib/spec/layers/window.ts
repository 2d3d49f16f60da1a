// What layers with a sliding window share.
import { choice, number } from "../fields";
import type { Window } from "../ops";

export const paddingField = choice("Padding", {
  default: "valid",
  values: ["valid", "same"],
  labels: { valid: "valid (none)" },
  help: "Same adds a border, so that the window also stands on the image's edge and strides of 1 keep the size.",
});

/** The fields of a pooling layer, as Keras has them but for one size of both axes. */
export const poolingFields = {
  poolSize: number("Window", {
    default: 2,
    min: 1,
    max: 28,
    integer: true,
    help: "Height and width, in pixels, of what becomes one pixel.",
  }),
  strides: number("Strides", {
    default: 0,
    min: 0,
    max: 28,
    integer: true,
    help: "How many pixels the window moves at a time; 0 moves it by its own size.",
  }),
  padding: paddingField,
};

export const poolingWindow = (values: {
  poolSize: number;
  strides: number;
  padding: Window["padding"];
}): Window => ({
  size: values.poolSize,
  strides: values.strides === 0 ? values.poolSize : values.strides,
  padding: values.padding,
});
