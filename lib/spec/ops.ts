// The closed vocabulary that every layer lowers itself to. An engine is a total table over these words:
// add a word here and `tsc` names each engine that lacks it.
import { choice } from "./fields";

/** Sizes of one sample's axes, without the batch: [28, 28, 1] (height, width, channels) or [128]. */
export type Shape = readonly number[];

export const activations = ["linear", "relu", "leakyRelu", "elu", "sigmoid", "tanh", "softmax"] as const;
export type Activation = (typeof activations)[number];

/** The activation field that dense, convolution and activation layers share. */
export const activationField = (fallback: Activation) =>
  choice("Activation", {
    default: fallback,
    values: activations,
    labels: { linear: "linear (none)", leakyRelu: "leaky relu" },
    help: "The function applied to each unit's sum; without one, stacked layers collapse into a single linear map.",
  });

export type Padding = "valid" | "same";

/** A window that slides over an image: `size`×`size` pixels, moved by `strides`. */
export interface Window {
  size: number;
  strides: number;
  padding: Padding;
}

export type Op =
  | { op: "flatten" }
  | { op: "dense"; units: number; useBias: boolean }
  | { op: "conv2d"; filters: number; window: Window; useBias: boolean }
  | { op: "maxPooling2d"; window: Window }
  | { op: "averagePooling2d"; window: Window }
  | { op: "globalAveragePooling2d" }
  | { op: "batchNormalization"; momentum: number; epsilon: number }
  | { op: "activation"; activation: Activation }
  | { op: "dropout"; rate: number }
  /** Passes its input on, and keeps it for the next `add` or `concatenate`. */
  | { op: "fork" }
  /** Adds what the `fork` kept, through a 1×1 convolution where its shape differs. */
  | { op: "add" }
  /** Puts the channels that the `fork` kept before its input's, pixel by pixel. */
  | { op: "concatenate" };

export type OpKind = Op["op"];
export type OpOf<K extends OpKind> = Extract<Op, { op: K }>;

export type Initializer = "glorotUniform" | "zeros" | "ones";

/** One weight array of an Op, laid out as Keras has it: dense [in, out], convolution [height, width, in, out]. */
export interface WeightSpec {
  name: string;
  shape: Shape;
  initializer: Initializer;
  fanIn: number;
  fanOut: number;
  /** False for what training keeps count of without a gradient: the moving averages. */
  trainable: boolean;
}

export interface OpShape {
  output: Shape;
  weights: readonly WeightSpec[];
  /** Multiply-adds of one sample's forward pass. */
  macs: number;
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, axis) => product * axis, 1);
export const formatShape = (shape: Shape): string => shape.join("×");

/**
 * Where a window goes along one axis, as TensorFlow has it: "same" gives ⌈length/strides⌉ places, with the odd
 * pixel of padding at the end.
 * @returns places, and pixels of padding before the first one; `places` is below 1 where the window does not fit
 */
export function slide(
  { size, strides, padding }: Window,
  length: number,
): { places: number; before: number } {
  if (padding === "valid") return { places: Math.floor((length - size) / strides) + 1, before: 0 };
  const places = Math.ceil(length / strides);
  return { places, before: Math.floor(Math.max((places - 1) * strides + size - length, 0) / 2) };
}

/** The strides of the 1×1 convolution that brings a fork's shape to its add's; null where none does. */
export function projectionStrides(from: Shape, to: Shape): number | null {
  if (from.length !== to.length) return null;
  if (from.length === 1) return 1;
  const strides = Math.ceil(from[0]! / to[0]!);
  return [0, 1].every((axis) => Math.ceil(from[axis]! / strides) === to[axis]) ? strides : null;
}

const kernel = (shape: Shape): WeightSpec => {
  const [filters, channels, ...area] = [...shape].reverse() as [number, number];
  const fans = { fanIn: sizeOf(area) * channels, fanOut: sizeOf(area) * filters };
  return { name: "kernel", shape, initializer: "glorotUniform", ...fans, trainable: true };
};

const vector = (name: string, length: number, initializer: Initializer, trainable = true): WeightSpec => ({
  name,
  shape: [length],
  initializer,
  fanIn: length,
  fanOut: length,
  trainable,
});

const needsImage = (what: string, input: Shape) =>
  `${what} needs an image of height, width and channels but gets ${formatShape(input)}: put it before Flatten.`;

/** Height and width after a window has gone over an image, or why it cannot. */
function windowed(what: string, window: Window, input: Shape): [number, number] | string {
  if (input.length !== 3) return needsImage(what, input);
  const [height, width] = [0, 1].map((axis) => slide(window, input[axis]!).places) as [number, number];
  if (height >= 1 && width >= 1) return [height, width];
  return `A window of ${window.size}×${window.size} does not fit an image of ${input[0]}×${input[1]}: make it smaller, or pad with "same".`;
}

function pooled(window: Window, input: Shape): OpShape | string {
  const area = windowed("Pooling", window, input);
  return typeof area === "string" ? area : { output: [...area, input[2]!], weights: [], macs: 0 };
}

const unchanged = (_: unknown, input: Shape): OpShape => ({ output: input, weights: [], macs: 0 });

type Rule<K extends OpKind> = (op: OpOf<K>, input: Shape, forked: Shape) => OpShape | string;

/** What each Op makes of an input shape, or why it cannot take it (one sentence for the form). */
const rules: { [K in OpKind]: Rule<K> } = {
  flatten: (_, input) => ({ output: [sizeOf(input)], weights: [], macs: 0 }),
  dense: ({ units, useBias }, input) => {
    if (input.length !== 1)
      return `Dense needs a flat list of numbers but gets ${formatShape(input)}: put Flatten before it.`;
    const inputs = input[0]!;
    const weights = [kernel([inputs, units]), vector("bias", units, "zeros")];
    return { output: [units], weights: weights.slice(0, useBias ? 2 : 1), macs: inputs * units };
  },
  conv2d: ({ filters, window, useBias }, input) => {
    const area = windowed("Convolution", window, input);
    if (typeof area === "string") return area;
    const shape = [window.size, window.size, input[2]!, filters];
    const weights = [kernel(shape), vector("bias", filters, "zeros")];
    return {
      output: [...area, filters],
      weights: weights.slice(0, useBias ? 2 : 1),
      macs: sizeOf(area) * sizeOf(shape),
    };
  },
  maxPooling2d: ({ window }, input) => pooled(window, input),
  averagePooling2d: ({ window }, input) => pooled(window, input),
  globalAveragePooling2d: (_, input) =>
    input.length === 3
      ? { output: [input[2]!], weights: [], macs: 0 }
      : needsImage("Global average pooling", input),
  batchNormalization: (_, input) => {
    const channels = input.at(-1)!;
    const weights = [
      vector("gamma", channels, "ones"),
      vector("beta", channels, "zeros"),
      vector("movingMean", channels, "zeros", false),
      vector("movingVariance", channels, "ones", false),
    ];
    return { output: input, weights, macs: sizeOf(input) };
  },
  activation: unchanged,
  dropout: unchanged,
  fork: unchanged,
  add: (_, input, forked) => {
    if (formatShape(input) === formatShape(forked)) return unchanged(_, input);
    if (projectionStrides(forked, input) === null)
      return `The block turns ${formatShape(forked)} into ${formatShape(input)}, and no 1×1 projection can be added to that: keep the size, or halve it with strides.`;
    const shape = [forked.at(-1)!, input.at(-1)!];
    const projection = { ...kernel(forked.length === 3 ? [1, 1, ...shape] : shape), name: "projection" };
    return { output: input, weights: [projection], macs: sizeOf(input) * forked.at(-1)! };
  },
  concatenate: (_, input, forked) => {
    const area = forked.slice(0, -1);
    if (formatShape(input.slice(0, -1)) === formatShape(area))
      return { output: [...area, forked.at(-1)! + input.at(-1)!], weights: [], macs: 0 };
    return `The block turns ${formatShape(forked)} into ${formatShape(input)}, and only images of one height and width can be joined: keep the size with "same" and strides of 1.`;
  },
};

/** Whether an Op takes what a `fork` kept. */
export const takesFork = ({ op }: Op): boolean => op === "add" || op === "concatenate";

/**
 * Output shape, weights and cost of `op` on `input`, or a sentence that says why it does not fit.
 * @param forked the shape that the last `fork` kept
 */
export function inferShape<K extends OpKind>(op: OpOf<K>, input: Shape, forked: Shape): OpShape | string {
  return (rules[op.op as K] as Rule<K>)(op, input, forked);
}
