// Which weight is looked at, and what it is called.
import type { StepArray } from "@/lib/training/contract";

const ordinals = ["first", "second", "third", "fourth", "fifth"];

/** "dense_1/kernel" -> "first layer, weights 784 × 25"; layers with weights are counted from the input. */
export function arrayLabel(arrays: readonly StepArray[], index: number): string {
  const { name, layer, shape } = arrays[index]!;
  const layers = [...new Set(arrays.map((array) => array.layer))];
  const ordinal = ordinals[layers.indexOf(layer)] ?? `layer ${layers.indexOf(layer) + 1}`;
  const what = name.endsWith("/kernel") ? "weights" : name.endsWith("/bias") ? "biases" : name.split("/")[1];
  return `${ordinal} layer, ${what} ${shape.join(" × ")}`;
}

/** What a weight connects: "from pixel 14, 9 to unit 3", "of unit 3". Rows, columns and units count from 1. */
export function weightPlace({ shape, layer }: StepArray, at: number, imageWidth: number): string {
  if (shape.length === 1) return `of unit ${at + 1}`;
  const units = shape.at(-1)!;
  const [from, to] = [Math.floor(at / units), at % units];
  // Right behind Flatten, an input is a pixel.
  const source =
    layer === 1
      ? `pixel ${Math.floor(from / imageWidth) + 1}, ${(from % imageWidth) + 1}`
      : `unit ${from + 1}`;
  return `from ${source} to unit ${to + 1}`;
}

/** The weight with the largest gradient. */
export function steepest({ gradients }: Pick<StepArray, "gradients">): number {
  let best = 0;
  for (const [i, gradient] of gradients.entries())
    if (Math.abs(gradient) > Math.abs(gradients[best]!)) best = i;
  return best;
}
