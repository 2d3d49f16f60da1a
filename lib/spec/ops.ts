// The closed vocabulary that every layer lowers itself to. An engine is a total table over these words:
// add a word here and `tsc` names each engine that lacks it.
import { choice } from "./fields";

/** Sizes of one sample's axes, without the batch: [28, 28, 1] or [128]. */
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

export type Op =
  | { op: "flatten" }
  | { op: "dense"; units: number; useBias: boolean }
  | { op: "activation"; activation: Activation }
  | { op: "dropout"; rate: number };

export type OpKind = Op["op"];
export type OpOf<K extends OpKind> = Extract<Op, { op: K }>;

export type Initializer = "glorotUniform" | "zeros";

/** One weight array of an Op. Kernels are laid out as Keras has them: dense [in, out]. */
export interface WeightSpec {
  name: string;
  shape: Shape;
  initializer: Initializer;
  fanIn: number;
  fanOut: number;
}

export interface OpShape {
  output: Shape;
  weights: readonly WeightSpec[];
  /** Multiply-adds of one sample's forward pass. */
  macs: number;
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, axis) => product * axis, 1);
export const formatShape = (shape: Shape): string => shape.join("×");

/** What each Op makes of an input shape, or why it cannot take it (one sentence for the form). */
const rules: { [K in OpKind]: (op: OpOf<K>, input: Shape) => OpShape | string } = {
  flatten: (_, input) => ({ output: [sizeOf(input)], weights: [], macs: 0 }),
  dense: ({ units, useBias }, input) => {
    if (input.length !== 1)
      return `Dense needs a flat list of numbers but gets ${formatShape(input)}: put Flatten before it.`;
    const fanIn = input[0]!;
    const fans = { fanIn, fanOut: units };
    const kernel: WeightSpec = {
      name: "kernel",
      shape: [fanIn, units],
      initializer: "glorotUniform",
      ...fans,
    };
    const bias: WeightSpec = { name: "bias", shape: [units], initializer: "zeros", ...fans };
    return { output: [units], weights: useBias ? [kernel, bias] : [kernel], macs: fanIn * units };
  },
  activation: (_, input) => ({ output: input, weights: [], macs: 0 }),
  dropout: (_, input) => ({ output: input, weights: [], macs: 0 }),
};

/** Output shape, weights and cost of `op` on `input`, or a sentence that says why it does not fit. */
export function inferShape<K extends OpKind>(op: OpOf<K>, input: Shape): OpShape | string {
  return (rules[op.op as K] as (op: OpOf<K>, input: Shape) => OpShape | string)(op, input);
}
