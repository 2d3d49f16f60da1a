// A block's stages: the fork keeps its input, the add or the concatenation brings it back.
import { projectionStrides } from "../../spec/ops";
import { activationKinds } from "./activation";
import { convolution } from "./convolution";
import { alignInput, type BuildContext, createTensor, type Stage, type Weight } from "./tensor";

export function fork(_: unknown, context: BuildContext): Stage {
  const { wasm, forked } = context;
  const { input, align } = alignInput(context);
  forked.tensor = { ...input, reusable: false };
  return {
    output: forked.tensor,
    forward: align,
    backward(count) {
      if (forked.gradient !== 0) wasm.add(input.gradient, forked.gradient, count * input.stride);
    },
  };
}

export function add(_: unknown, context: BuildContext): Stage {
  const { wasm, arena, capacity, step, forked, weights } = context;
  const { input, align } = alignInput(context);
  const { tensor } = forked;
  const output = input.reusable ? input : createTensor(context, input.shape, { gradient: input.gradient });
  const { stride } = output;
  const floats = (count: number) => count * stride;
  forked.gradient = tensor.gradient === 0 ? 0 : arena.take(4 * capacity * tensor.stride + 64);
  const sum = (count: number, skipped: number) => {
    align(count);
    if (output !== input)
      wasm.activate(activationKinds.linear, input.pointer, output.pointer, count, stride, stride, 0);
    wasm.add(output.pointer, skipped, floats(count));
  };
  const [kernel] = weights as [Weight?];
  if (kernel === undefined)
    return {
      output,
      forward: (count) => sum(count, tensor.pointer),
      backward(count) {
        if (forked.gradient === 0) return;
        const from = arena.bytes(output.gradient, 4 * floats(count));
        arena.bytes(forked.gradient, from.length).set(from);
      },
    };
  const projected = createTensor(context, step.output, { gradient: output.gradient });
  const strides = projectionStrides(tensor.shape, step.output)!;
  const window = { size: 1, strides, padding: "valid" } as const;
  const from = { ...tensor, gradient: forked.gradient };
  const projection = convolution({ ...context, isDark: () => false }, from, projected, window, [kernel]);
  return {
    output,
    forward(count) {
      projection.forward(count);
      sum(count, projected.pointer);
    },
    backward: projection.backward,
  };
}

/** The fork's channels, then the input's; the gradient goes back the way the values came. */
export function concatenate(_: unknown, context: BuildContext): Stage {
  const { wasm, arena, capacity, step, forked } = context;
  const { input, align } = alignInput(context);
  const { tensor } = forked;
  const gradient = tensor.gradient !== 0 || input.gradient !== 0;
  const output = createTensor(context, step.output, { gradient });
  forked.gradient = tensor.gradient === 0 ? 0 : arena.take(4 * capacity * tensor.stride + 64);
  const pixel = 4 * output.pitch;
  const own = 4 * tensor.channels;
  const copy = (
    count: number,
    channels: number,
    from: number,
    fromPixel: number,
    to: number,
    toPixel: number,
  ) => wasm.copyPixels(from, 0, fromPixel, to, 0, toPixel, 1, count * output.pixels, channels);
  return {
    output,
    forward(count) {
      align(count);
      copy(count, tensor.channels, tensor.pointer, 4 * tensor.pitch, output.pointer, pixel);
      copy(count, input.channels, input.pointer, 4 * input.pitch, output.pointer + own, pixel);
    },
    backward(count) {
      const slope = output.gradient;
      if (forked.gradient !== 0)
        copy(count, tensor.channels, slope, pixel, forked.gradient, 4 * tensor.pitch);
      if (input.gradient !== 0)
        copy(count, input.channels, slope + own, pixel, input.gradient, 4 * input.pitch);
    },
  };
}
