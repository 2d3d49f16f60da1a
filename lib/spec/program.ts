// A Program is a spec made concrete: Ops with shapes, the list of weights, what it costs, and what is wrong
// with it. Engines, exporters and the form read it; nothing in it touches a tensor.
import { streamKey, uniformAt } from "../random";
import { monitorField, needsValidation } from "./callbacks/monitor";
import * as catalog from "./callbacks/registry";
import type { LossOp } from "./define";
import type { ExperimentSpec } from "./experiment";
import * as losses from "./losses/registry";
import { lowerLayer } from "./nested";
import {
  formatShape,
  inferShape,
  type Op,
  type OpShape,
  type Shape,
  sizeOf,
  takesFork,
  type WeightSpec,
} from "./ops";
import { classCount, countSamples, datasetOf } from "./samples";

/** The memory that weights, optimizer state and one batch's activations may take. */
export const MEMORY_BUDGET_BYTES = 1024 ** 3;

export interface Step {
  op: Op;
  /** Index of the layer this Op came from. */
  layer: number;
  input: Shape;
  output: Shape;
  /** For an `add` or a `concatenate`: the index of the step, a `fork`, whose input it takes. */
  fork: number | null;
  /** Indices into `Program.weights`. */
  weights: readonly number[];
}

export interface LayerReport {
  /** Null where an earlier problem leaves it unknown. */
  output: Shape | null;
  parameters: number;
  macs: number;
}

/** Something that stops (error) or spoils (warning) the run, and where: "layers[1]", "loss", "dataset". */
export interface Problem {
  field: string;
  message: string;
  severity: "error" | "warning";
}

export interface Program {
  input: Shape;
  classes: number;
  steps: readonly Step[];
  weights: readonly WeightSpec[];
  loss: LossOp;
  /** Numbers that the last step gives for each sample. */
  outputs: number;
  layers: readonly LayerReport[];
  parameters: number;
  /** Multiply-adds of one sample's forward pass. */
  macs: number;
  problems: readonly Problem[];
}

/** Shapes, weights, costs and problems of an experiment. Never throws: what does not fit is in `problems`. */
export function buildProgram(spec: ExperimentSpec): Program {
  const input = datasetOf(spec).shape;
  const steps: Step[] = [];
  const weights: WeightSpec[] = [];
  const reports: LayerReport[] = [];
  const problems: Problem[] = [];
  let shape: Shape | null = input;

  for (const [layer, values] of spec.layers.entries()) {
    const report: LayerReport = { output: null, parameters: 0, macs: 0 };
    const ops = lowerLayer(values);
    let fork: number | null = null;
    for (const [position, op] of ops.entries()) {
      if (shape === null) break;
      const forked: Shape = fork === null ? shape : steps[fork]!.input;
      const inferred: OpShape | string = inferShape(op, shape, forked);
      if (typeof inferred === "string") {
        problems.push({ field: `layers[${layer}]`, message: inferred, severity: "error" });
        shape = null;
        break;
      }
      // Within a block, two layers of a kind are told apart by their place.
      const owner = `${values.kind}_${layer}${fork === null ? "" : `/${op.op}_${position - 1}`}`;
      if (op.op === "fork") fork = steps.length;
      const named = inferred.weights.map((weight) => ({ ...weight, name: `${owner}/${weight.name}` }));
      const indices = named.map((_, i) => weights.length + i);
      weights.push(...named);
      steps.push({
        op,
        layer,
        input: shape,
        output: inferred.output,
        fork: takesFork(op) ? fork : null,
        weights: indices,
      });
      report.parameters += named.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
      report.macs += inferred.macs;
      shape = inferred.output;
    }
    report.output = shape;
    reports.push(report);
  }

  const loss = losses[spec.loss].op;
  const classes = classCount(spec);
  if (shape !== null) problems.push(...checkOutput(spec, shape, loss, classes, weights.length));
  problems.push(...checkCallbacks(spec));
  const parameters = reports.reduce((sum, report) => sum + report.parameters, 0);
  const macs = reports.reduce((sum, report) => sum + report.macs, 0);
  const memory = memoryBytes(parameters, steps, spec.training.batchSize);
  if (memory > MEMORY_BUDGET_BYTES) {
    const gigabytes = (memory / 1024 ** 3).toFixed(1);
    const message = `This network needs about ${gigabytes} GB to train; the budget is 1 GB: use smaller layers or a smaller batch.`;
    problems.push({ field: "layers", message, severity: "error" });
  }
  const outputs = shape === null ? 0 : sizeOf(shape);
  return { input, classes, steps, weights, loss, outputs, layers: reports, parameters, macs, problems };
}

/** Weights, gradients and two moments, plus every activation and its gradient, in bytes of float32. */
export function memoryBytes(parameters: number, steps: readonly Step[], batchSize: number): number {
  const activations = steps.reduce((sum, step) => sum + sizeOf(step.output), 0);
  return 4 * (4 * parameters + 2 * batchSize * activations);
}

function checkOutput(
  spec: ExperimentSpec,
  shape: Shape,
  loss: LossOp,
  classes: number,
  weights: number,
): Problem[] {
  const last = spec.layers.length - 1;
  const field = last < 0 ? "layers" : `layers[${last}]`;
  const error = (message: string): Problem[] => [{ field, message, severity: "error" }];
  const units = sizeOf(shape);
  if (last < 0) return error("There is no layer yet: add Flatten, then Dense.");
  if (shape.length !== 1)
    return error(
      `The network ends in ${formatShape(shape)}, but the loss needs one number per class: end with Dense.`,
    );
  if (loss === "crossentropy" && units !== classes)
    return error(
      `The last layer gives ${plural(units, "number")} for ${classes} classes: give it ${classes} units.`,
    );
  if (loss !== "crossentropy" && units !== classes && !(units === 1 && classes === 2))
    return error(
      `The last layer gives ${plural(units, "number")} for ${classes} classes: give it ${classes === 2 ? "1 or 2" : classes} units.`,
    );
  if (weights === 0) return error("No layer here has weights, so nothing can be learned: add Dense.");
  const activation = finalActivation(spec);
  const wanted = loss === "crossentropy" ? "softmax" : loss === "binaryCrossentropy" ? "sigmoid" : null;
  if (wanted === null || activation === wanted) return [];
  const message = `This loss expects probabilities, but the last activation is ${activation}: ${wanted} would fit.`;
  return [{ field, message, severity: "warning" }];
}

function checkCallbacks(spec: ExperimentSpec): Problem[] {
  const { callbacks } = spec;
  const field = "callbacks";
  const error = (message: string): Problem => ({ field, message, severity: "error" });
  const isValidated = countSamples(spec).validation > 0;
  const problems = callbacks.flatMap((callback) => {
    if (!("monitor" in callback) || !needsValidation(callback.monitor) || isValidated) return [];
    const watched = monitorField.options.find(({ value }) => value === callback.monitor)!.label;
    return error(
      `${catalog[callback.kind].label} watches the ${watched}, but no images are kept for validation: keep some, or have it watch the training images.`,
    );
  });
  const kinds = callbacks.map(({ kind }) => kind);
  if (kinds.includes("learningRateSchedule") && kinds.includes("reduceLROnPlateau"))
    problems.push(error("A schedule and a plateau would both set the learning rate: keep one of them."));
  return problems;
}

function finalActivation(spec: ExperimentSpec): string {
  for (const layer of [...spec.layers].reverse()) if ("activation" in layer) return layer.activation;
  return "linear";
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * The weights before training, one array per entry of `program.weights`, row-major.
 * Glorot uniform: U(−√(6/(fanIn+fanOut)), +√(…)) (Glorot & Bengio 2010); biases zero, scales one.
 */
export function initialWeights(program: Pick<Program, "weights">, seed: number): Float32Array[] {
  return program.weights.map(({ shape, initializer, fanIn, fanOut }, index) => {
    const values = new Float32Array(sizeOf(shape));
    if (initializer !== "glorotUniform") return values.fill(initializer === "ones" ? 1 : 0);
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    const key = streamKey(seed, "weights", index);
    for (let i = 0; i < values.length; i++) values[i] = (2 * uniformAt(key, i) - 1) * limit;
    return values;
  });
}
