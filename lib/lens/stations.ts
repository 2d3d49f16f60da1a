// Where one can look into a network: behind every step that makes new numbers, with its activation.
import type { ExperimentSpec } from "../spec/experiment";
import * as layers from "../spec/layers/registry";
import type { Op, OpKind, Shape } from "../spec/ops";
import type { Program } from "../spec/program";

export interface Station {
  /** How many of the program's steps lead there. */
  steps: number;
  /** "2 Dense", "4 Residual block: convolution"; the number is the layer's in the experiment, from 1. */
  name: string;
  /** Of one image: [units], or [height, width, channels]. */
  shape: Shape;
}

const words: Record<OpKind, string> = {
  flatten: "flat list",
  dense: "dense",
  conv2d: "convolution",
  maxPooling2d: "max pooling",
  averagePooling2d: "average pooling",
  globalAveragePooling2d: "global average",
  batchNormalization: "batch normalization",
  activation: "activation",
  dropout: "dropout",
  fork: "input",
  add: "sum",
  concatenate: "channels joined",
};

/** What passes its input on when nothing is trained, as it is or in another order. */
const passes = ({ op }: Op): boolean => op === "flatten" || op === "dropout" || op === "fork";

/** In the order of the steps; the last one is the network's output. */
export function stationsOf(spec: Pick<ExperimentSpec, "layers">, { steps }: Program): Station[] {
  return steps.flatMap(({ op, layer, output }, i) => {
    const next = steps[i + 1];
    // The activation that follows shows what becomes of these.
    if (passes(op) || (next?.op.op === "activation" && next.layer === layer)) return [];
    const { kind } = spec.layers[layer]!;
    const isBlock = kind === "residual" || kind === "denseBlock";
    const before = steps[i - 1];
    const maker = op.op === "activation" && before?.layer === layer && !passes(before.op) ? before.op : op;
    const name = `${layer + 1} ${layers[kind].label}${isBlock ? `: ${words[maker.op]}` : ""}`;
    return [{ steps: i + 1, name, shape: output }];
  });
}
