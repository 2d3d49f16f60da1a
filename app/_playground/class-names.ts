// The names of the classes that a network tells apart, in its order.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";

export function classNamesOf(spec: ExperimentSpec): string[] {
  const { classNames } = datasetOf(spec);
  return (spec.dataset.classes ?? [...classNames.keys()]).map((kind) => classNames[kind]!);
}
