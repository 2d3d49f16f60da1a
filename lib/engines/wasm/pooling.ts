// Pooling stages, image by image.
import { type Shape, slide, type Window } from "../../spec/ops";
import { alignInput, type BuildContext, createTensor, type Stage } from "./tensor";

/** Tall and wide window, strides and padding, for a window over an image or for all of it at once. */
function geometry(input: Shape, window: Window | null) {
  const [height, width] = input as [number, number];
  if (window === null)
    return { height, width, tall: height, wide: width, strides: 1, top: 0, left: 0, rows: 1, columns: 1 };
  const [vertical, horizontal] = [slide(window, height), slide(window, width)];
  const { size, strides } = window;
  return {
    ...{ height, width, tall: size, wide: size, strides, top: vertical.before, left: horizontal.before },
    ...{ rows: vertical.places, columns: horizontal.places },
  };
}

export function maxPooling(context: BuildContext, window: Window): Stage {
  const { wasm, arena, capacity, step } = context;
  const { input, align } = alignInput(context);
  const output = createTensor(context, step.output, { gradient: input.gradient !== 0 });
  const { height, width, tall, wide, strides, top, left, rows, columns } = geometry(input.shape, window);
  const { pitch } = input;
  const arg = arena.take(4 * capacity * output.stride);
  return {
    output,
    forward(count) {
      align(count);
      for (let n = 0; n < count; n++) {
        const [from, offset] = [input.pointer + 4 * n * input.stride, 4 * n * output.stride];
        wasm.maxPool(
          from,
          height,
          width,
          pitch,
          tall,
          wide,
          strides,
          top,
          left,
          rows,
          columns,
          output.pointer + offset,
          arg + offset,
          4 * width * pitch,
          4 * pitch,
        );
      }
    },
    backward(count) {
      if (input.gradient === 0) return;
      arena.bytes(input.gradient, 4 * count * input.stride).fill(0);
      for (let n = 0; n < count; n++) {
        const offset = 4 * n * output.stride;
        const to = input.gradient + 4 * n * input.stride;
        wasm.maxPoolBackward(output.gradient + offset, arg + offset, output.pixels, pitch, to);
      }
    },
  };
}

/** @param window null for the mean of the whole image */
export function averagePooling(context: BuildContext, window: Window | null): Stage {
  const { wasm, arena, step } = context;
  const { input, align } = alignInput(context);
  const output = createTensor(context, step.output, { gradient: input.gradient !== 0 });
  const { height, width, tall, wide, strides, top, left, rows, columns } = geometry(input.shape, window);
  const pool = (image: number, out: number, backward: number) =>
    wasm.averagePool(
      image,
      height,
      width,
      input.pitch,
      tall,
      wide,
      strides,
      top,
      left,
      rows,
      columns,
      out,
      backward,
    );
  return {
    output,
    forward(count) {
      align(count);
      for (let n = 0; n < count; n++)
        pool(input.pointer + 4 * n * input.stride, output.pointer + 4 * n * output.stride, 0);
    },
    backward(count) {
      if (input.gradient === 0) return;
      arena.bytes(input.gradient, 4 * count * input.stride).fill(0);
      for (let n = 0; n < count; n++)
        pool(input.gradient + 4 * n * input.stride, output.gradient + 4 * n * output.stride, 1);
    },
  };
}
