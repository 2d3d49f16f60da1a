// A block's ends: the fork keeps its input. The add brings it back (He et al. 2016, with the 1×1 projection of their
// shortcut B where shapes differ), or the concatenation puts it before what has become of it (Huang et al. 2017).
import { projectionStrides, type Shape } from "../../spec/ops";
import type { Context, Kernel } from "./kernel";
import { convolve, convolveBackward } from "./windows";

export const fork: Kernel<"fork"> = {
  forward(_, x, { forked }) {
    forked.x = x;
    return x;
  },
  backward: (_, _x, _y, dy, { forked }) => dy.map((slope, i) => slope + forked.dx[i]!),
};

/** A flat list is an image of one pixel. */
const asImage = (shape: Shape): Shape => (shape.length === 1 ? [1, 1, shape[0]!] : shape);

function projection({ step, count, forked }: Context) {
  const strides = projectionStrides(forked.shape, step.output)!;
  const window = { size: 1, strides, padding: "valid" } as const;
  return { window, count, input: asImage(forked.shape), output: asImage(step.output) };
}

export const add: Kernel<"add"> = {
  forward(_, x, context) {
    const [kernel] = context.weights;
    const short =
      kernel === undefined ? context.forked.x : convolve(projection(context), context.forked.x, kernel);
    return x.map((value, i) => value + short[i]!);
  },
  backward(_, _x, _y, dy, context) {
    const { forked, weights, gradients } = context;
    forked.dx =
      weights.length === 0
        ? dy
        : convolveBackward(projection(context), forked.x, weights[0]!, dy, gradients[0]!);
    return dy;
  },
};

export const concatenate: Kernel<"concatenate"> = {
  forward(_, x, { step, forked }) {
    const [before, own, both] = [forked.shape, step.input, step.output].map((shape) => shape.at(-1)!);
    return Float64Array.from({ length: forked.x.length + x.length }, (_, i) => {
      const [pixel, channel] = [Math.floor(i / both!), i % both!];
      return channel < before! ? forked.x[pixel * before! + channel]! : x[pixel * own! + channel - before!]!;
    });
  },
  backward(_, x, _y, dy, { step, forked }) {
    const [before, own, both] = [forked.shape, step.input, step.output].map((shape) => shape.at(-1)!);
    forked.dx = forked.x.map((_, i) => dy[Math.floor(i / before!) * both! + (i % before!)]!);
    return x.map((_, i) => dy[Math.floor(i / own!) * both! + before! + (i % own!)]!);
  },
};
