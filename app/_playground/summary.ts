// An experiment in two short lines.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import * as optimizers from "@/lib/spec/optimizers/registry";
import type { Program } from "@/lib/spec/program";
import { datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";

/** "MNIST · 784-128-64-10" or "MNIST · conv 16-32 · 128-10", and "Adam 0.001 · batch 32". */
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
 * channels; the others are widths alone, from the input's on where the network begins with them.
 */
function networkWords(spec: ExperimentSpec, { input, layers, steps, weights }: Program): string[] {
  const runs: { name: string; sizes: (number | "?")[] }[] = [];
  const add = (name: string, size: number | "?") => {
    if (runs.at(-1)?.name === name) runs.at(-1)!.sizes.push(size);
    else runs.push({ name, sizes: runs.length === 0 && name === "" ? [sizeOf(input), size] : [size] });
  };
  for (const [index, { output }] of layers.entries()) {
    const own = steps.filter(({ layer }) => layer === index).flatMap((step) => step.weights);
    if (output === null) {
      add("", "?");
      break;
    }
    if (own.every((weight) => weights[weight]!.shape.length === 1)) continue;
    const name = output.length === 1 ? "" : spec.layers[index]!.kind.replace(/\d+d$/, "");
    add(name, output.at(-1)!);
  }
  if (runs.length === 0) return [String(sizeOf(input))];
  return runs.map(({ name, sizes }) => `${name} ${sizes.join("-")}`.trim());
}
