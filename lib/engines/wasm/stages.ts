// One stage for each Op: where its values live, and which calls into the module are its forward and its backward.
import type { Activation, OpKind, OpOf } from "../../spec/ops";
import { LEAKY_SLOPE } from "../head";
import { activationKinds } from "./activation";
import { add, concatenate, fork } from "./blocks";
import { convolution } from "./convolution";
import { averagePooling, maxPooling } from "./pooling";
import {
  alignInput,
  type BuildContext,
  createTensor,
  padded,
  type Stage,
  type Tensor,
  type Weight,
} from "./tensor";

export const stages: { [K in OpKind]: (op: OpOf<K>, context: BuildContext) => Stage } = {
  flatten,
  dense,

  conv2d({ window }, context) {
    const output = createTensor(context, context.step.output, { gradient: true });
    return convolution(context, context.input, output, window, context.weights as [Weight, Weight?]);
  },

  maxPooling2d: ({ window }, context) => maxPooling(context, window),
  averagePooling2d: ({ window }, context) => averagePooling(context, window),
  globalAveragePooling2d: (_, context) => averagePooling(context, null),
  batchNormalization,
  activation: ({ activation }, context) => activate(activation, context),

  dropout({ rate }, context) {
    const { wasm, trainingStep, maskKey } = context;
    const { input, align } = alignInput(context);
    const dropped = createTensor(context, input.shape, { gradient: input.gradient });
    const { pixels, channels, pitch, stride } = dropped;
    const [threshold, factor] = [Math.round(rate * 2 ** 32), 1 / (1 - rate)];
    const mask = (step: number, from: number, to: number, count: number) =>
      wasm.dropout(maskKey(step), threshold, factor, from, to, count * pixels, channels, pitch);
    return {
      output: dropped,
      forward(count) {
        align(count);
        const step = trainingStep();
        if (step !== null) mask(step, input.pointer, dropped.pointer, count);
        else wasm.activate(activationKinds.linear, input.pointer, dropped.pointer, count, stride, stride, 0);
      },
      backward(count) {
        const step = trainingStep();
        if (step !== null && dropped.gradient !== 0) mask(step, dropped.gradient, dropped.gradient, count);
      },
    };
  },

  fork,
  add,
  concatenate,
};

/** Without a copy where the values lie without gaps already. */
function flatten(_: unknown, context: BuildContext): Stage {
  const { wasm, input, step } = context;
  const width = step.output[0]!;
  if (input.stride === padded(width) && (input.pitch === input.channels || input.pixels === 1)) {
    const output = { ...input, shape: step.output, pixels: 1, channels: width, pitch: input.stride };
    return { output, forward() {}, backward() {} };
  }
  const output = createTensor(context, step.output, { gradient: input.gradient !== 0 });
  const { channels, pixels } = input;
  const copy = (count: number, from: [number, number, number], to: [number, number, number]) => {
    for (let n = 0; n < count; n++)
      wasm.copyPixels(from[0] + n * from[1], 0, from[2], to[0] + n * to[1], 0, to[2], 1, pixels, channels);
  };
  const gaps = [4 * input.stride, 4 * input.pitch] as const;
  const none = [4 * output.stride, 4 * channels] as const;
  return {
    output,
    forward: (count) => copy(count, [input.pointer, ...gaps], [output.pointer, ...none]),
    backward(count) {
      if (input.gradient !== 0) copy(count, [output.gradient, ...none], [input.gradient, ...gaps]);
    },
  };
}

function dense(_: unknown, context: BuildContext): Stage {
  const { wasm, tile, step, input, weights, lists } = context;
  const output = createTensor(context, step.output, { gradient: true });
  const [kernel, bias] = weights as [Weight, Weight?];
  const { stride } = output;
  const { channels: inputs, stride: xStride } = input;
  const biasPointer = bias?.pointer ?? 0;
  if (lists !== null) lists.stride = stride;
  return {
    output,
    forward(count) {
      const to = [kernel.pointer, biasPointer, stride, output.pointer] as const;
      if (lists?.inUse) wasm.sparseForward(lists.starts, lists.entries, count, ...to);
      else wasm.denseForward(input.pointer, xStride, count, inputs, ...to);
    },
    backward(count) {
      const dz = output.gradient;
      // Before the kernel moves.
      if (input.gradient !== 0)
        wasm.denseBackward(dz, stride, count, kernel.pointer, inputs, input.gradient, xStride);
      const to = [dz, stride, kernel.pointer, ...kernel.slots, tile] as const;
      if (lists?.inUse) wasm.sparseUpdate(lists.columnStarts, lists.columns, inputs, lists.lit, ...to);
      else wasm.denseUpdate(input.pointer, xStride, count, inputs, ...to);
      if (bias !== undefined) wasm.biasUpdate(dz, stride, count, bias.pointer, ...bias.slots, tile);
    },
  };
}

/** In place where nobody needs the input any more: every slope is known from the output alone. */
function activate(activation: Activation, context: BuildContext): Stage {
  const { wasm } = context;
  if (activation === "linear") return { output: context.input, forward() {}, backward() {} };
  const { input, align } = alignInput(context);
  const kind = activationKinds[activation];
  const output: Tensor = input.reusable
    ? { ...input, reusable: false }
    : createTensor(context, input.shape, { gradient: input.gradient, reusable: false });
  const { pixels, channels, pitch } = output;
  return {
    output,
    forward(count) {
      align(count);
      wasm.activate(kind, input.pointer, output.pointer, count * pixels, channels, pitch, LEAKY_SLOPE);
    },
    backward(count) {
      const { pointer, gradient } = output;
      if (gradient !== 0)
        wasm.activateBackward(
          kind,
          pointer,
          gradient,
          gradient,
          count * pixels,
          channels,
          pitch,
          LEAKY_SLOPE,
        );
    },
  };
}

function batchNormalization(op: OpOf<"batchNormalization">, context: BuildContext): Stage {
  const { wasm, arena, weights, trainingStep } = context;
  const { input, align } = alignInput(context);
  // On the images the scale and the shift still want the gradient.
  const output = createTensor(context, input.shape, { gradient: input.gradient || true });
  const [gamma, beta, movingMean, movingVariance] = weights as [Weight, Weight, Weight, Weight];
  const { pixels, channels, pitch } = input;
  const [mean, scale, dGamma, dBeta, sums] = [1, 1, 1, 1, 2].map((words) =>
    arena.take(4 * words * pitch),
  ) as [number, number, number, number, number];
  return {
    output,
    forward(count) {
      align(count);
      const rows = count * pixels;
      const isTraining = trainingStep() !== null;
      if (isTraining)
        wasm.batchStatistics(
          input.pointer,
          rows,
          channels,
          pitch,
          op.epsilon,
          op.momentum,
          mean,
          scale,
          movingMean.pointer,
          movingVariance.pointer,
          sums,
        );
      else wasm.movingScale(movingVariance.pointer, channels, op.epsilon, scale);
      const centre = isTraining ? mean : movingMean.pointer;
      wasm.normalize(input.pointer, rows, pitch, centre, scale, gamma.pointer, beta.pointer, output.pointer);
    },
    backward(count) {
      wasm.normalizeBackward(
        input.pointer,
        output.gradient,
        count * pixels,
        channels,
        pitch,
        mean,
        scale,
        gamma.pointer,
        dGamma,
        dBeta,
        input.gradient,
        sums,
      );
      wasm.update(gamma.pointer, ...gamma.slots, dGamma, pitch);
      wasm.update(beta.pointer, ...beta.slots, dBeta, pitch);
    },
  };
}
