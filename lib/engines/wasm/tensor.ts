// What a stage of the network works on: batches of values in the module's memory, and how a stage is made.
import { type Shape, sizeOf } from "../../spec/ops";
import type { Step } from "../../spec/program";
import type { Arena } from "./arena";
import type { WasmExports } from "./exports";

export const padded = (width: number): number => Math.ceil(width / 4) * 4;

/** Kernels read and write whole vectors, a few floats past the last pixel of a window. */
const SLACK_BYTES = 64;

/**
 * A batch of values: each sample is `stride` floats, as pixels (one for a flat list) of `pitch` floats, of which
 * `channels` count. Only the images have a pitch that is not a multiple of 4.
 */
export interface Tensor {
  pointer: number;
  /** Where its gradient goes; 0 for the images. */
  gradient: number;
  shape: Shape;
  pixels: number;
  channels: number;
  pitch: number;
  stride: number;
  /** True where the stage that made it needs it no more, so that the next may write over it. */
  reusable: boolean;
}

/** One weight array: `rows` of `stride` floats, and the optimizer's state beside it (0 where it is not trained). */
export interface Weight {
  pointer: number;
  slots: readonly [number, number];
  rows: number;
  width: number;
  stride: number;
}

/** The images of the batch at hand as lists of lit pixels. */
export interface Lists {
  /** False for a batch that came as floats instead. */
  inUse: boolean;
  /** Of the rows of the layer that takes them. */
  stride: number;
  starts: number;
  entries: number;
  columnStarts: number;
  columns: number;
  /** Pointer to a byte for each pixel: 0 where it is black in all training images. */
  lit: number;
}

/** What a fork kept for the step that takes it. */
export interface Forked {
  tensor: Tensor;
  /** Where the taker leaves the gradient by it; 0 where there is none. */
  gradient: number;
}

export interface BuildContext {
  wasm: WasmExports;
  arena: Arena;
  /** Samples that every buffer holds. */
  capacity: number;
  /** Scratch for four rows of the widest kernel. */
  tile: number;
  step: Step;
  input: Tensor;
  weights: readonly Weight[];
  /** Set where the input is the images themselves, as lists. */
  lists: Lists | null;
  /** For a fork, which fills it in, and the step that takes it. */
  forked: Forked;
  /** True while the input is images that are mostly black. */
  isDark(): boolean;
  /** The number of this training step, or null in inference. */
  trainingStep(): number | null;
  /** The dropout key of this training step for this Op. */
  maskKey(step: number): number;
}

export interface Stage {
  output: Tensor;
  forward(count: number): void;
  /** Turns the output's gradient into the input's, and steps the weights. */
  backward(count: number): void;
}

/** @param pitch floats from one pixel to the next; only the images come without gaps */
export function createTensor(
  { arena, capacity }: Pick<BuildContext, "arena" | "capacity">,
  shape: Shape,
  {
    gradient,
    reusable = true,
    dense = false,
  }: { gradient: boolean | number; reusable?: boolean; dense?: boolean },
): Tensor {
  const channels = shape.at(-1)!;
  const pixels = sizeOf(shape) / channels;
  const pitch = dense ? channels : padded(channels);
  const stride = padded(pixels * pitch);
  const bytes = 4 * capacity * stride + SLACK_BYTES;
  const own = typeof gradient === "boolean" ? (gradient ? arena.take(bytes) : 0) : gradient;
  return { pointer: arena.take(bytes), gradient: own, shape, pixels, channels, pitch, stride, reusable };
}

/** The input with pixels of whole vectors, as most stages need it: the images are copied, all else is so already. */
export function alignInput(context: BuildContext): { input: Tensor; align(count: number): void } {
  const { wasm, input } = context;
  if (input.pitch % 4 === 0) return { input, align() {} };
  const aligned = createTensor(context, input.shape, { gradient: false, reusable: false });
  const [from, to] = [4 * input.pitch, 4 * aligned.pitch];
  return {
    input: aligned,
    align(count) {
      for (let n = 0; n < count; n++) {
        const [source, target] = [
          input.pointer + 4 * n * input.stride,
          aligned.pointer + 4 * n * aligned.stride,
        ];
        wasm.copyPixels(source, 0, from, target, 0, to, 1, input.pixels, input.channels);
      }
    },
  };
}
