// The two passes of a network in float64, kernel after kernel: forwards with every step's output, backwards with the
// gradient by every weight and by the input itself. The reference engine trains with them; who looks into a network
// asks them about a few images.
import type { OpKind } from "../../spec/ops";
import type { Program, Step } from "../../spec/program";
import { dropoutKey, dropoutMask, splitHead } from "../head";
import type { Context, Kernel } from "./kernel";
import { kernels } from "./kernels";
import { computeLoss, type LossResult } from "./losses";

export interface PassInput {
  /** The steps to run, from the first on: all of a program's, or as many of them as are wanted. */
  steps: readonly Step[];
  /** One array per entry of the program's weights. */
  weights: readonly Float64Array[];
  /** [count, input] as the network sees them: byte / scale. */
  pixels: Float64Array;
  count: number;
  /** Seed and number of a training step, from 0: what its dropout masks are made of. Left out, it is inference. */
  training?: { seed: number; step: number };
}

export interface ForwardPass {
  /** The input, then every step's output; one more than there are steps. */
  activations: readonly Float64Array[];
  contexts: readonly Context[];
  weights: readonly Float64Array[];
}

export interface BackwardPass {
  /** One array per entry of the program's weights; zeros for what no step of the pass has. */
  gradients: Float64Array[];
  /** The gradient by the pixels, [count, input]. */
  input: Float64Array;
}

type AnyKernel = Kernel<OpKind>;

const none = new Float64Array(0);

/** Without `training` there is no dropout, and moving averages stand in for the batch's. */
export function forward({ steps, weights, pixels, count, training }: PassInput): ForwardPass {
  const activations = [pixels];
  const contexts: Context[] = [];
  for (const [i, step] of steps.entries()) {
    const context: Context = {
      step,
      count,
      training: training !== undefined,
      weights: step.weights.map((index) => weights[index]!),
      gradients: [],
      moved: [],
      mask: (rate, length) => dropoutMask(dropoutKey(training!.seed, training!.step, i), rate, length),
      forked: step.fork === null ? { shape: step.input, x: none, dx: none } : contexts[step.fork]!.forked,
    };
    contexts.push(context);
    const { forward } = kernels[step.op.op] as AnyKernel;
    activations.push(forward(step.op, activations[i]!, context));
  }
  return { activations, contexts, weights };
}

/** @param slope the gradient by the last step's output, [count, output] */
export function backward({ activations, contexts, weights }: ForwardPass, slope: Float64Array): BackwardPass {
  const gradients = weights.map(({ length }) => new Float64Array(length));
  let input = slope;
  for (let i = contexts.length - 1; i >= 0; i--) {
    const context = contexts[i]!;
    const { op, weights: indices } = context.step;
    context.gradients = indices.map((index) => gradients[index]!);
    const { backward } = kernels[op.op] as AnyKernel;
    input = backward(op, activations[i]!, activations[i + 1]!, input, context);
  }
  return { gradients, input };
}

/**
 * Both passes of a batch from its mean loss, as training has them.
 * @param input `steps` are the program's own
 * @param labels the batch's class numbers
 */
export function backpropagate(
  program: Program,
  input: Omit<PassInput, "steps" | "count">,
  labels: Uint8Array,
): { result: LossResult } & ForwardPass & BackwardPass {
  const { steps, fused } = splitHead(program);
  const pass = forward({ ...input, steps, count: labels.length });
  const result = computeLoss(program.loss, fused, pass.activations.at(-1)!, labels);
  return { result, ...pass, ...backward(pass, result.gradient) };
}
