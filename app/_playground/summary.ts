// An experiment in two short lines.
import { describeNetwork } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import * as optimizers from "@/lib/spec/optimizers/registry";
import { datasetOf } from "@/lib/spec/samples";
import { programOf } from "@/lib/store/spec";

/** "MNIST · 784-128-64-10" or "MNIST · conv 16-32 · 128-10", and "Adam 0.001 · batch 32". */
export function summarize(spec: ExperimentSpec): { network: string; training: string } {
  const [name = ""] = datasetOf(spec).label.split(" ");
  const { optimizer } = spec;
  return {
    network: `${name} · ${describeNetwork(spec, programOf(spec))}`,
    training: `${optimizers[optimizer.kind].label} ${optimizer.learningRate} · batch ${spec.training.batchSize}`,
  };
}
