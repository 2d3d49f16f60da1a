// The first layer's weights, unit by unit or filter by filter, as pictures of what each looks for in the image.
import type { Shape } from "../spec/ops";
import type { FirstWeights } from "./contract";
import type { Looking } from "./looking";

/** More are not shown. */
export const MAX_PICTURES = 64;

/** Null where the first layer with weights is no convolution and does not read an image's pixels. */
export async function firstWeights({ program, weights }: Looking): Promise<FirstWeights | null> {
  const { steps } = program;
  const index = steps.findIndex(({ op }) => op.op === "dense" || op.op === "conv2d");
  const step = steps[index];
  if (step === undefined) return null;
  const isDense = step.op.op === "dense";
  const area: Shape | undefined = isDense
    ? steps.slice(0, index).findLast(({ op }) => op.op === "flatten")?.input
    : program.weights[step.weights[0]!]!.shape;
  if (area === undefined || area.length < 3) return null;
  const [height, width, channels] = area as [number, number, number];
  const kernel = weights[step.weights[0]!]!;
  const count = step.output.at(-1)!;
  const shown = Math.min(count, MAX_PICTURES);
  const pixels = height * width;
  const pictures = new Float32Array(shown * pixels);
  for (let unit = 0; unit < shown; unit++)
    for (let pixel = 0; pixel < pixels; pixel++)
      for (let channel = 0; channel < channels; channel++)
        pictures[unit * pixels + pixel]! += kernel[(pixel * channels + channel) * count + unit]! / channels;
  return { kind: isDense ? "unit" : "filter", height, width, channels, count, shown, pictures };
}
