// What the classes of a network are called.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";

/** The names of the classes that the network tells apart, in its order. */
export function classNamesOf(spec: ExperimentSpec): string[] {
  const { classNames } = datasetOf(spec);
  return (spec.dataset.classes ?? [...classNames.keys()]).map((kind) => classNames[kind]!);
}
