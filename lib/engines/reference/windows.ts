// What slides a window over an image: convolution and pooling. Each is a sum or a maximum over the same list of
// which pixels are under a window at each of its places.
import { type Shape, sizeOf, slide, type Window } from "../../spec/ops";
import type { Kernel } from "./kernel";

interface Tap {
  /** Index of a pixel of the input. */
  pixel: number;
  /** Index within the window. */
  tap: number;
}

/** For each place of a window, row by row, the real pixels under it in the window's order; padding is left out. */
function places(window: Window, [height, width]: Shape): Tap[][] {
  const [rows, columns] = [slide(window, height!), slide(window, width!)];
  return Array.from({ length: rows.places * columns.places }, (_, place) => {
    const top = Math.floor(place / columns.places) * window.strides - rows.before;
    const left = (place % columns.places) * window.strides - columns.before;
    const under: Tap[] = [];
    for (let tap = 0; tap < window.size ** 2; tap++) {
      const [y, x] = [top + Math.floor(tap / window.size), left + (tap % window.size)];
      if (y >= 0 && y < height! && x >= 0 && x < width!) under.push({ pixel: y * width! + x, tap });
    }
    return under;
  });
}

/** Images to slide a kernel over: `count` of `input`, giving `filters` channels. */
interface Convolution {
  window: Window;
  count: number;
  input: Shape;
  output: Shape;
}

/** Which numbers of the input go into which of the output, through which rows of the kernel. */
interface Connections {
  /** Offset of a number in one image of the input, of its filters' row in the kernel, and of its place in the output. */
  from: Int32Array;
  row: Int32Array;
  to: Int32Array;
}

function connect({ window, input, output }: Convolution): Connections {
  const [channels, filters] = [input[2]!, output[2]!];
  const list = places(window, input);
  const length = channels * list.reduce((sum, under) => sum + under.length, 0);
  const connections = {
    from: new Int32Array(length),
    row: new Int32Array(length),
    to: new Int32Array(length),
  };
  let at = 0;
  for (const [place, under] of list.entries())
    for (const { pixel, tap } of under)
      for (let i = 0; i < channels; i++, at++) {
        connections.from[at] = pixel * channels + i;
        connections.row[at] = (tap * channels + i) * filters;
        connections.to[at] = place * filters;
      }
  return connections;
}

/** y[n, place, o] = Σ x[n, pixel, i]·kernel[tap, i, o] */
export function convolve(convolution: Convolution, x: Float64Array, kernel: Float64Array): Float64Array {
  const { count, input, output } = convolution;
  const [filters, inputs, outputs] = [output[2]!, sizeOf(input), sizeOf(output)];
  const { from, row, to } = connect(convolution);
  const y = new Float64Array(count * outputs);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < from.length; k++) {
      const value = x[n * inputs + from[k]!]!;
      const [r, t] = [row[k]!, n * outputs + to[k]!];
      for (let o = 0; o < filters; o++) y[t + o]! += value * kernel[r + o]!;
    }
  return y;
}

/** Adds to `dKernel`; gives the gradient by `x`. */
export function convolveBackward(
  convolution: Convolution,
  x: Float64Array,
  kernel: Float64Array,
  dy: Float64Array,
  dKernel: Float64Array,
): Float64Array {
  const { count, input, output } = convolution;
  const [filters, inputs, outputs] = [output[2]!, sizeOf(input), sizeOf(output)];
  const { from, row, to } = connect(convolution);
  const dx = new Float64Array(x.length);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < from.length; k++) {
      const at = n * inputs + from[k]!;
      const [value, r, t] = [x[at]!, row[k]!, n * outputs + to[k]!];
      let sum = dx[at]!;
      for (let o = 0; o < filters; o++) {
        dKernel[r + o]! += value * dy[t + o]!;
        sum += kernel[r + o]! * dy[t + o]!;
      }
      dx[at] = sum;
    }
  return dx;
}

export const conv2d: Kernel<"conv2d"> = {
  forward({ window, filters, useBias }, x, { step, count, weights: [kernel, bias] }) {
    const y = convolve({ window, count, input: step.input, output: step.output }, x, kernel!);
    return useBias ? y.map((value, i) => value + bias![i % filters]!) : y;
  },
  backward({ window, filters, useBias }, x, _, dy, { step, count, weights, gradients }) {
    const [dKernel, dBias] = gradients;
    for (let i = 0; i < dy.length && useBias; i++) dBias![i % filters]! += dy[i]!;
    const convolution = { window, count, input: step.input, output: step.output };
    return convolveBackward(convolution, x, weights[0]!, dy, dKernel!);
  },
};

/** For each number of a pooling's output, the indices in `x` of the numbers under its window. */
function* pools(window: Window, input: Shape, output: Shape, count: number): Generator<[number, number[]]> {
  const channels = input[2]!;
  const list = places(window, input);
  for (let n = 0; n < count; n++)
    for (const [place, under] of list.entries())
      for (let c = 0; c < channels; c++)
        yield [
          n * sizeOf(output) + place * channels + c,
          under.map(({ pixel }) => n * sizeOf(input) + pixel * channels + c),
        ];
}

/** The first of the largest. */
const largest = (x: Float64Array, under: readonly number[]) =>
  under.reduce((best, at) => (x[at]! > x[best]! ? at : best));

export const maxPooling2d: Kernel<"maxPooling2d"> = {
  forward({ window }, x, { step, count }) {
    const y = new Float64Array(count * sizeOf(step.output));
    for (const [at, under] of pools(window, step.input, step.output, count)) y[at] = x[largest(x, under)]!;
    return y;
  },
  backward({ window }, x, _, dy, { step, count }) {
    const dx = new Float64Array(x.length);
    for (const [at, under] of pools(window, step.input, step.output, count))
      dx[largest(x, under)]! += dy[at]!;
    return dx;
  },
};

/** The mean of the real pixels under a window, as TensorFlow has it: padding does not count. */
export const averagePooling2d: Kernel<"averagePooling2d"> = {
  forward({ window }, x, { step, count }) {
    const y = new Float64Array(count * sizeOf(step.output));
    for (const [at, under] of pools(window, step.input, step.output, count))
      y[at] = under.reduce((sum, i) => sum + x[i]!, 0) / under.length;
    return y;
  },
  backward({ window }, x, _, dy, { step, count }) {
    const dx = new Float64Array(x.length);
    for (const [at, under] of pools(window, step.input, step.output, count))
      for (const i of under) dx[i]! += dy[at]! / under.length;
    return dx;
  },
};

export const globalAveragePooling2d: Kernel<"globalAveragePooling2d"> = {
  forward(_, x, { step, count }) {
    const [height, width, channels] = step.input as [number, number, number];
    const y = new Float64Array(count * channels);
    for (const [i, value] of x.entries())
      y[Math.floor(i / sizeOf(step.input)) * channels + (i % channels)]! += value / (height * width);
    return y;
  },
  backward(_, x, _y, dy, { step }) {
    const [height, width, channels] = step.input as [number, number, number];
    return x.map(
      (_, i) => dy[Math.floor(i / sizeOf(step.input)) * channels + (i % channels)]! / (height * width),
    );
  },
};
