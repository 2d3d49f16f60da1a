// The convolution's stage: pads, convolves image by image, and where an activation and max pooling follow takes them
// along, so that only what is left after pooling is kept and only its maxima are gone back through.
import { type Activation, slide, type Window } from "../../spec/ops";
import { LEAKY_SLOPE } from "../head";
import { activationKinds } from "./activation";
import type { WasmExports } from "./exports";
import { type BuildContext, createTensor, padded, type Stage, type Tensor, type Weight } from "./tensor";

/** What is fused behind a convolution; the activation must not fall where its input rises. */
export interface Pooled {
  activation: Exclude<Activation, "softmax">;
  window: Window;
  output: readonly number[];
}

interface Grid {
  window: Window;
  /** Places of the window. */
  rows: number;
  columns: number;
  channels: number;
  /** Bytes from one pixel's row to the next, in the image as it is convolved. */
  rowBytes: number;
  down: number;
  right: number;
  /** Brings a sample's image there. @returns its pointer */
  load(sample: number): number;
  /** Pointer to where the image's gradient is gathered; `give` takes it to the input's. 0 where nobody wants it. */
  open(sample: number): number;
  give(sample: number): void;
}

/** The input as the windows see it: with a border, and without gaps between pixels. */
function createGrid({ wasm, arena }: BuildContext, input: Tensor, window: Window): Grid {
  const channels = input.channels;
  const [height, width] = input.shape.length === 3 ? (input.shape as [number, number]) : [1, 1];
  const [vertical, horizontal] = [slide(window, height), slide(window, width)];
  const span = (places: number) => (places - 1) * window.strides + window.size;
  const [tall, wide] = [span(vertical.places), span(horizontal.places)];
  const pixel = 4 * channels;
  const isCopied = tall > height || wide > width || input.pitch !== channels;
  const rowBytes = pixel * (isCopied ? wide : width);
  const grid = {
    window,
    channels,
    rows: vertical.places,
    columns: horizontal.places,
    rowBytes,
    down: window.strides * rowBytes,
    right: window.strides * pixel,
  };
  const sampleBytes = 4 * input.stride;
  if (!isCopied)
    return {
      ...grid,
      load: (sample) => input.pointer + sample * sampleBytes,
      open(sample) {
        if (input.gradient === 0) return 0;
        const pointer = input.gradient + sample * sampleBytes;
        arena.bytes(pointer, sampleBytes).fill(0);
        return pointer;
      },
      give() {},
    };
  const bytes = tall * rowBytes + 64;
  const [image, slope] = [arena.take(bytes), input.gradient === 0 ? 0 : arena.take(bytes)];
  const corner = vertical.before * rowBytes + horizontal.before * pixel;
  const [rows, columns] = [
    Math.min(height, tall - vertical.before),
    Math.min(width, wide - horizontal.before),
  ];
  const [inRow, inPixel] = [4 * width * input.pitch, 4 * input.pitch];
  return {
    ...grid,
    load(sample) {
      const from = input.pointer + sample * sampleBytes;
      wasm.copyPixels(from, inRow, inPixel, image + corner, rowBytes, pixel, rows, columns, channels);
      return image;
    },
    open() {
      if (slope !== 0) arena.bytes(slope, bytes).fill(0);
      return slope;
    },
    give(sample) {
      if (slope === 0) return;
      const to = input.gradient + sample * sampleBytes;
      // Pixels that no window sees keep a gradient of zero.
      if (rows < height || columns < width) arena.bytes(to, sampleBytes).fill(0);
      wasm.copyPixels(slope + corner, rowBytes, pixel, to, inRow, inPixel, rows, columns, channels);
    },
  };
}

/** @param to pointer to the sample's output, places of `kernel.stride` floats */
function convolveSample(
  wasm: WasmExports,
  grid: Grid,
  sample: number,
  kernel: Weight,
  bias: Weight | undefined,
  to: number,
  dark: number,
): void {
  const { rowBytes, down, right, rows, columns, window, channels } = grid;
  const run = window.size * channels;
  const image = grid.load(sample);
  const { pointer, stride } = kernel;
  wasm.convolve(
    image,
    rowBytes,
    down,
    right,
    rows,
    columns,
    window.size,
    run,
    pointer,
    stride,
    bias?.pointer ?? 0,
    to,
    dark,
  );
}

/** @param output where it goes, with a gradient; its pixels are whole vectors */
export function convolution(
  context: BuildContext,
  input: Tensor,
  output: Tensor,
  window: Window,
  [kernel, bias]: readonly [Weight, Weight?],
): Stage {
  const { wasm, arena, tile, isDark } = context;
  const grid = createGrid(context, input, window);
  const { rows, columns, channels, rowBytes, down, right } = grid;
  const { size } = window;
  const run = size * channels;
  const { stride: pitch, width: filters } = kernel;
  const gradientBytes = 4 * size * padded(run) * pitch;
  const gradient = arena.take(gradientBytes);
  const toInput = input.gradient === 0 ? null : inputGradient(context, grid, kernel);
  const at = (pointer: number, sample: number) => pointer + 4 * sample * output.stride;
  return {
    output,
    forward(count) {
      const dark = Number(isDark());
      for (let n = 0; n < count; n++)
        convolveSample(wasm, grid, n, kernel, bias, at(output.pointer, n), dark);
    },
    backward(count) {
      toInput?.turn();
      arena.bytes(gradient, gradientBytes).fill(0);
      for (let n = 0; n < count; n++) {
        const dz = at(output.gradient, n);
        const image = grid.load(n);
        wasm.convolveKernel(image, rowBytes, down, right, rows, columns, size, run, dz, pitch, gradient);
        if (toInput === null) continue;
        toInput.compute(dz, grid.open(n));
        grid.give(n);
      }
      wasm.packRows(gradient, size, run, pitch);
      wasm.update(kernel.pointer, ...kernel.slots, gradient, size * run * pitch);
      if (bias !== undefined)
        wasm.biasUpdate(output.gradient, pitch, count * output.pixels, bias.pointer, ...bias.slots, tile);
    },
  };

  /** The gradient by the image is a convolution too: of the gradients, spread out by the strides, with the kernel turned. */
  function inputGradient({ wasm, arena }: BuildContext, grid: Grid, kernel: Weight) {
    const outPitch = padded(channels);
    const turned = arena.take(4 * size * size * filters * outPitch);
    const span = (places: number) => (places - 1) * window.strides + size;
    const [tall, wide] = [span(grid.rows), span(grid.columns)];
    const pixel = 4 * filters;
    const spreadRow = pixel * (wide + size - 1);
    const spread = arena.take(spreadRow * (tall + size - 1) + 64);
    const corner = (size - 1) * (spreadRow + pixel);
    const slopes = arena.take(4 * tall * wide * outPitch);
    const { strides } = window;
    return {
      turn: () => wasm.turnKernel(kernel.pointer, size, channels, filters, pitch, turned, outPitch),
      compute(dz: number, to: number) {
        const [fromRow, fromPixel] = [4 * grid.columns * pitch, 4 * pitch];
        const [toRow, toPixel] = [strides * spreadRow, strides * pixel];
        wasm.copyPixels(
          dz,
          fromRow,
          fromPixel,
          spread + corner,
          toRow,
          toPixel,
          grid.rows,
          grid.columns,
          filters,
        );
        wasm.convolve(
          spread,
          spreadRow,
          spreadRow,
          pixel,
          tall,
          wide,
          size,
          size * filters,
          turned,
          outPitch,
          0,
          slopes,
          0,
        );
        wasm.copyPixels(
          slopes,
          4 * wide * outPitch,
          4 * outPitch,
          to,
          rowBytes,
          4 * channels,
          tall,
          wide,
          channels,
        );
      },
    };
  }
}

/** A convolution with the activation and the max pooling that follow it. */
export function pooledConvolution(
  context: BuildContext,
  window: Window,
  [kernel, bias]: readonly [Weight, Weight?],
  pooled: Pooled,
): Stage {
  const { wasm, arena, capacity, tile, input, isDark } = context;
  const grid = createGrid(context, input, window);
  const { rows, columns, channels, rowBytes, down, right } = grid;
  const { size } = window;
  const run = size * channels;
  const { stride: pitch, width: filters } = kernel;
  const kind = activationKinds[pooled.activation];
  const output = createTensor(context, pooled.output, { gradient: true, reusable: false });
  const [height, width] = pooled.output as [number, number];
  const [vertical, horizontal] = [slide(pooled.window, rows), slide(pooled.window, columns)];
  const before = arena.take(4 * rows * columns * pitch);
  const arg = arena.take(4 * capacity * output.stride);
  const filterBytes = 4 * size * padded(run) * filters;
  const [turned, turnedGradient] = [arena.take(filterBytes), arena.take(filterBytes)];
  const gradient = arena.take(4 * size * run * pitch);
  const list = arena.take(8 * output.pixels + 8);
  const at = (pointer: number, sample: number) => pointer + 4 * sample * output.stride;
  return {
    output,
    forward(count) {
      const dark = Number(isDark());
      const { size: side, strides } = pooled.window;
      for (let n = 0; n < count; n++) {
        convolveSample(wasm, grid, n, kernel, bias, before, dark);
        wasm.maxPool(
          before,
          rows,
          columns,
          pitch,
          side,
          side,
          strides,
          vertical.before,
          horizontal.before,
          height,
          width,
          at(output.pointer, n),
          at(arg, n),
          down,
          right,
        );
      }
      const { pointer, pixels } = output;
      wasm.activate(kind, pointer, pointer, count * pixels, filters, pitch, LEAKY_SLOPE);
    },
    backward(count) {
      const { pointer, gradient: dz, pixels } = output;
      wasm.activateBackward(kind, pointer, dz, dz, count * pixels, filters, pitch, LEAKY_SLOPE);
      wasm.byFilter(kernel.pointer, size, run, filters, pitch, turned);
      arena.bytes(turnedGradient, filterBytes).fill(0);
      for (let n = 0; n < count; n++) {
        wasm.pooledBackward(
          grid.load(n),
          grid.open(n),
          rowBytes,
          size,
          run,
          at(dz, n),
          at(arg, n),
          pixels,
          filters,
          pitch,
          turned,
          turnedGradient,
          list,
        );
        grid.give(n);
      }
      wasm.byRow(turnedGradient, size, run, filters, pitch, gradient);
      wasm.update(kernel.pointer, ...kernel.slots, gradient, size * run * pitch);
      if (bias !== undefined) wasm.biasUpdate(dz, pitch, count * pixels, bias.pointer, ...bias.slots, tile);
    },
  };
}
