// Each Op becomes a Stage when a program is compiled: its buffers are fixed then, and running it is a call or two
// into the module. Rows are padded to a multiple of four floats.
import { type Activation, type OpKind, type OpOf, type Shape, sizeOf } from "../../spec/ops";
import type { Step } from "../../spec/program";
import { LEAKY_SLOPE } from "../head";
import type { Arena } from "./arena";
import type { WasmExports } from "./module";

export const padded = (width: number): number => Math.ceil(width / 4) * 4;

/** A batch of values in memory: `capacity` rows of `stride` floats, `width` of which count. */
export interface Tensor {
  pointer: number;
  /** Where its gradient goes; 0 for the images. */
  gradient: number;
  width: number;
  stride: number;
}

/** One weight array: `rows` of `stride` floats, and the optimizer's state beside it. */
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
  starts: number;
  entries: number;
  columnStarts: number;
  columns: number;
  lit: number;
}

export interface BuildContext {
  wasm: WasmExports;
  arena: Arena;
  /** Rows that every buffer holds. */
  capacity: number;
  /** Scratch for four rows of the widest kernel. */
  tile: number;
  step: Step;
  input: Tensor;
  weights: readonly Weight[];
  /** Set where the input is the images themselves, as lists. */
  lists: Lists | null;
  /** The dropout key of this step of training for this Op, or null in inference. */
  maskKey(): number | null;
}

export interface Stage {
  output: Tensor;
  forward(count: number): void;
  /** Turns the output's gradient into the input's, and steps the weights. */
  backward(count: number): void;
}

/** As assembly/elementwise numbers them. */
export const activationKinds: Record<Activation, number> = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  elu: 3,
  sigmoid: 4,
  tanh: 5,
  softmax: 6,
};

export function createTensor(arena: Arena, capacity: number, shape: Shape, withGradient: boolean): Tensor {
  const width = sizeOf(shape);
  const stride = padded(width);
  const bytes = 4 * capacity * stride;
  const pointer = arena.take(bytes);
  return { pointer, gradient: withGradient ? arena.take(bytes) : 0, width, stride };
}

export const stages: { [K in OpKind]: (op: OpOf<K>, context: BuildContext) => Stage } = {
  flatten: (_, { input }) => ({ output: input, forward() {}, backward() {} }),

  dense(_, { wasm, arena, capacity, tile, step, input, weights, lists }) {
    const output = createTensor(arena, capacity, step.output, true);
    const [kernel, bias] = weights as [Weight, Weight | undefined];
    const [a, b] = kernel.slots;
    const { stride } = output;
    const { width: inputs, stride: xStride } = input;
    const biasPointer = bias?.pointer ?? 0;
    return {
      output,
      forward(count) {
        if (lists?.inUse)
          wasm.sparseForward(
            lists.starts,
            lists.entries,
            count,
            kernel.pointer,
            biasPointer,
            stride,
            output.pointer,
          );
        else
          wasm.denseForward(
            input.pointer,
            xStride,
            count,
            inputs,
            kernel.pointer,
            biasPointer,
            stride,
            output.pointer,
          );
      },
      backward(count) {
        const dz = output.gradient;
        // Before the kernel moves.
        if (input.gradient !== 0)
          wasm.denseBackward(dz, stride, count, kernel.pointer, inputs, input.gradient, xStride);
        if (lists?.inUse)
          wasm.sparseUpdate(
            lists.columnStarts,
            lists.columns,
            inputs,
            lists.lit,
            dz,
            stride,
            kernel.pointer,
            a,
            b,
            tile,
          );
        else wasm.denseUpdate(input.pointer, xStride, count, inputs, dz, stride, kernel.pointer, a, b, tile);
        if (bias !== undefined)
          wasm.biasUpdate(dz, stride, count, bias.pointer, bias.slots[0], bias.slots[1], tile);
      },
    };
  },

  activation({ activation }, { wasm, arena, capacity, step, input }) {
    const kind = activationKinds[activation];
    const output = createTensor(arena, capacity, step.output, false);
    // Every activation knows its slope from its output alone, so its gradient is turned in place.
    output.gradient = input.gradient;
    const { width, stride } = output;
    const axis = step.output.at(-1)!;
    // Along the last axis of images, softmax sees each pixel as a row of its own.
    const inner = activation === "softmax" && axis !== width;
    const rows = (
      count: number,
      run: (offset: number, count: number, width: number, stride: number) => void,
    ) => {
      if (!inner) run(0, count, width, stride);
      else for (let n = 0; n < count; n++) run(4 * n * stride, width / axis, axis, axis);
    };
    return {
      output,
      forward: (count) =>
        rows(count, (offset, ...size) =>
          wasm.activate(kind, input.pointer + offset, output.pointer + offset, ...size, LEAKY_SLOPE),
        ),
      backward(count) {
        if (output.gradient === 0) return;
        rows(count, (offset, ...size) => {
          const gradient = output.gradient + offset;
          wasm.activateBackward(kind, output.pointer + offset, gradient, gradient, ...size, LEAKY_SLOPE);
        });
      },
    };
  },

  dropout({ rate }, { wasm, arena, capacity, step, input, maskKey }) {
    const dropped = createTensor(arena, capacity, step.output, false);
    dropped.gradient = input.gradient;
    const { width, stride } = dropped;
    const threshold = Math.round(rate * 2 ** 32);
    const factor = 1 / (1 - rate);
    const mask = (key: number, from: number, to: number, count: number) =>
      wasm.dropout(key, threshold, factor, from, to, count, width, stride);
    return {
      output: dropped,
      forward(count) {
        const key = maskKey();
        if (key !== null) mask(key, input.pointer, dropped.pointer, count);
        else wasm.activate(activationKinds.linear, input.pointer, dropped.pointer, count, width, stride, 0);
      },
      backward(count) {
        const key = maskKey();
        if (key !== null && dropped.gradient !== 0) mask(key, dropped.gradient, dropped.gradient, count);
      },
    };
  },
};
