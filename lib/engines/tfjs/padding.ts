// Where windows stand, in the words of TensorFlow.js. Its "same" is told in numbers: backends differ on what it means
// where the strides are longer than the window.
import type * as tf from "@tensorflow/tfjs-core";
import { slide, type Window } from "../../spec/ops";

export type Padding = Exclude<Parameters<typeof tf.conv2d>[3], number | "same">;

/** Pixels of padding at both ends of an axis. */
export function edges(window: Window, length: number): [before: number, after: number] {
  const { places, before } = slide(window, length);
  return [before, Math.max(0, (places - 1) * window.strides + window.size - length - before)];
}

/** @param shape [count, height, width, channels] of the images */
export function paddingOf(window: Window, [, height, width]: readonly number[]): Padding {
  const [rows, columns] = [edges(window, height!), edges(window, width!)];
  return [...rows, ...columns].every((pixels) => pixels === 0) ? "valid" : [[0, 0], rows, columns, [0, 0]];
}
