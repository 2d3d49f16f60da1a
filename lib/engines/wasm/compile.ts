// From a program to what runs it: places weights and buffers in the module's memory and chains the stages.

import { Augmenter } from "../../spec/augment";
import { type OpKind, sizeOf } from "../../spec/ops";
import type { Step } from "../../spec/program";
import type { CompileOptions } from "../engine";
import { dropoutKey, splitHead } from "../head";
import type { Arena } from "./arena";
import { pooledConvolution } from "./convolution";
import { type Images, Input } from "./images";
import { optimizers } from "./optimizers";
import { stages } from "./stages";
import {
  type BuildContext,
  createTensor,
  type Forked,
  type Lists,
  padded,
  type Stage,
  type Weight,
} from "./tensor";

/** Images that are evaluated or predicted at a time: enough to be quick, few enough to stay in the cache. */
const EVALUATE_BATCH = 128;
/** Evaluation alone does not ask for more memory than this. */
const EVALUATE_BYTES = 128 * 1024 ** 2;

export interface Compiled extends CompileOptions {
  arrays: readonly Weight[];
  input: Input;
  stages: readonly Stage[];
  /** True where the last activation is folded into the loss. */
  fused: boolean;
  /** Samples of one evaluation. */
  evaluateBatch: number;
}

/** @param trainingStep the number of the step under way, or null in inference */
export function compileProgram(
  options: CompileOptions,
  images: Images,
  trainingStep: () => number | null,
): Compiled {
  const { wasm, arena } = images;
  const { program, seed } = options;
  const { steps, fused } = splitHead(program);
  const arrays = placeWeights(arena, options);
  const sampleBytes = 8 * steps.reduce((sum, { output }) => sum + sizeOf(output), sizeOf(program.input));
  const evaluateBatch = Math.max(1, Math.min(EVALUATE_BATCH, Math.floor(EVALUATE_BYTES / sampleBytes)));
  const capacity = Math.max(options.batchSize, evaluateBatch);
  const tensor = createTensor({ arena, capacity }, program.input, {
    gradient: false,
    reusable: false,
    dense: true,
  });
  const lists = readsImages(steps) ? placeLists(images, capacity, options.augmentation.length > 0) : null;
  if (lists !== null) markRemembered(images, lists, steps, options);
  const { scale } = images.file("train");
  const augmenter = new Augmenter(options.augmentation, program.input, scale, seed);
  const input = new Input(images, tensor, lists, augmenter, capacity);
  const tile = arena.take(16 * Math.max(...arrays.map(({ stride }) => stride)));

  const built: Stage[] = [];
  const forks = new Map<number, Forked>();
  for (let i = 0; i < steps.length; ) {
    const step = steps[i]!;
    const source = built.at(-1)?.output ?? tensor;
    const isImages = source.pointer === tensor.pointer;
    const forked = forks.get(step.fork ?? i) ?? { tensor: source, gradient: 0 };
    if (step.op.op === "fork") forks.set(i, forked);
    const place = i;
    const context: BuildContext = {
      ...{ wasm, arena, capacity, tile, step, forked, trainingStep },
      input: source,
      weights: step.weights.map((index) => arrays[index]!),
      lists: isImages ? lists : null,
      isDark: () => isImages && input.isDark,
      maskKey: (at) => dropoutKey(seed, at, place),
    };
    const pooled = pooledAfter(steps, i);
    if (pooled !== null && step.op.op === "conv2d") {
      built.push(pooledConvolution(context, step.op.window, context.weights as [Weight, Weight?], pooled));
      i += 3;
    } else {
      built.push((stages[step.op.op] as (op: Step["op"], context: BuildContext) => Stage)(step.op, context));
      i++;
    }
  }
  return { ...options, arrays, input, stages: built, fused: fused !== null, evaluateBatch };
}

/** The activation and the max pooling right behind a convolution; every activation but softmax rises with its input. */
function pooledAfter(steps: readonly Step[], i: number) {
  const [first, second, third] = [steps[i]!, steps[i + 1], steps[i + 2]];
  if (first.op.op !== "conv2d" || second?.op.op !== "activation" || third?.op.op !== "maxPooling2d")
    return null;
  const { activation } = second.op;
  return activation === "softmax" ? null : { activation, window: third.op.window, output: third.output };
}

function placeWeights(arena: Arena, { program, weights, optimizer, resume }: CompileOptions): Weight[] {
  const initial = optimizers[optimizer.kind].initial(optimizer as never);
  return program.weights.map(({ shape, trainable }, index) => {
    const width = shape.at(-1)!;
    const rows = sizeOf(shape) / width;
    const stride = padded(width);
    const take = () => arena.take(4 * rows * stride);
    const slots: [number, number] = trainable ? [take(), take()] : [0, 0];
    const weight = { pointer: take(), slots, rows, width, stride };
    writeRows(arena, weight.pointer, weight, weights[index]!);
    if (trainable && initial !== 0) arena.floats(slots[0], rows * stride).fill(initial);
    if (trainable)
      for (const [slot, arrays] of resume?.slots.entries() ?? [])
        writeRows(arena, slots[slot]!, weight, arrays[index]!);
    return weight;
  });
}

type Rows = Pick<Weight, "rows" | "width" | "stride">;

function writeRows(arena: Arena, pointer: number, { rows, width, stride }: Rows, values: Float32Array): void {
  const placed = arena.floats(pointer, rows * stride);
  for (let r = 0; r < rows; r++) placed.set(values.subarray(r * width, (r + 1) * width), r * stride);
}

/** A copy of an array without its rows' padding. */
export function readRows(arena: Arena, pointer: number, { rows, width, stride }: Rows): Float32Array {
  const placed = arena.floats(pointer, rows * stride);
  const values = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) values.set(placed.subarray(r * stride, r * stride + width), r * width);
  return values;
}

/** True where the first Op that does anything is a dense layer on the images. */
function readsImages(steps: readonly Step[]): boolean {
  const first: OpKind | undefined = firstStep(steps)?.op.op;
  return first === "dense";
}

const firstStep = (steps: readonly Step[]) => steps.find(({ op }) => op.op !== "flatten");

/**
 * A run that goes on here may have seen images that are not here yet: a pixel that was lit in them still moves by what the
 * optimizer remembers of it.
 */
function markRemembered(
  { arena }: Images,
  { lit }: Lists,
  steps: readonly Step[],
  { program, resume }: CompileOptions,
): void {
  if (resume === undefined) return;
  const kernel = firstStep(steps)!.weights[0]!;
  const [inputs, width] = program.weights[kernel]!.shape as [number, number];
  const marks = arena.bytes(lit, inputs);
  for (const { [kernel]: remembered } of resume.slots)
    for (let i = 0; i < remembered!.length; i++) if (remembered![i] !== 0) marks[Math.floor(i / width)] = 1;
}

function placeLists(images: Images, capacity: number, isAugmented: boolean): Lists {
  const { arena } = images;
  const { rowBytes, lit } = images.file("train");
  const entryBytes = 8 * capacity * rowBytes;
  return {
    inUse: false,
    stride: 0,
    starts: arena.take(4 * (capacity + 1)),
    entries: arena.take(entryBytes),
    columnStarts: arena.take(4 * (rowBytes + 1)),
    columns: arena.take(entryBytes),
    lit: isAugmented ? arena.take(rowBytes) : lit,
  };
}
