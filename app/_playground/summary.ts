// An experiment in two short lines.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import * as optimizers from "@/lib/spec/optimizers/registry";
import { datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";

/** "MNIST · 784-128-64-10" and "Adam 0.001 · batch 32". */
export function summarize(spec: ExperimentSpec): { network: string; training: string } {
  const { input, layers } = programOf(spec);
  const sizes = [sizeOf(input), ...layers.map(({ output }) => (output === null ? "?" : sizeOf(output)))];
  // Layers that keep the number of values say nothing here.
  const widths = sizes.filter((size, index) => size !== sizes[index - 1]);
  const [name = ""] = datasetOf(spec).label.split(" ");
  const { optimizer } = spec;
  return {
    network: `${name} · ${widths.join("-")}`,
    training: `${optimizers[optimizer.kind].label} ${optimizer.learningRate} · batch ${spec.training.batchSize}`,
  };
}
