// An experiment in two short lines.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import * as optimizers from "@/lib/spec/optimizers/registry";
import type { Program } from "@/lib/spec/program";
import { datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";

/** "MNIST · 784-128-64-10" or "MNIST · conv 16 · conv 32 · 128-10", and "Adam 0.001 · batch 32". */
export function summarize(spec: ExperimentSpec): { network: string; training: string } {
  const [name = ""] = datasetOf(spec).label.split(" ");
  const { optimizer } = spec;
  return {
    network: [name, ...networkWords(spec, programOf(spec))].join(" · "),
    training: `${optimizers[optimizer.kind].label} ${optimizer.learningRate} · batch ${spec.training.batchSize}`,
  };
}

/**
 * Layers with a matrix of weights; the others say nothing here. Those that give an image are named, with their
 * channels; the widths of the others are one word, which begins with the input's where nothing came before.
 */
function networkWords(spec: ExperimentSpec, { input, layers, steps, weights }: Program): string[] {
  const images: string[] = [];
  const widths: (number | "?")[] = [];
  for (const [index, { output }] of layers.entries()) {
    const mixes = steps.some(
      ({ layer, weights: own }) => layer === index && own.some((i) => weights[i]!.shape.length > 1),
    );
    if (output === null) {
      widths.push("?");
      break;
    }
    if (mixes && output.length > 1)
      images.push(`${spec.layers[index]!.kind.replace(/\d+d$/, "")} ${output.at(-1)}`);
    else if (mixes) widths.push(sizeOf(output));
  }
  if (images.length === 0) return [[sizeOf(input), ...widths].join("-")];
  return widths.length === 0 ? images : [...images, widths.join("-")];
}
