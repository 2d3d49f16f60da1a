// An experiment on another data set: as much of it as still fits.
import * as datasets from "./datasets/registry";
import type { DatasetId, ExperimentSpec, LayerSpec } from "./experiment";
import type { NestedLayer } from "./fields";
import { nearestThatFits } from "./fit";
import { buildProgram } from "./program";

const isTrainable = (spec: ExperimentSpec): boolean =>
  buildProgram(spec).problems.every(({ severity }) => severity !== "error");

/**
 * The experiment on all images of another data set. A network that could be trained before can be afterwards; the
 * first of these that does is taken:
 * 1. the network as it is, on all classes;
 * 2. the network and its class filter, where the data set has classes of the same names;
 * 3. that with every window padded, so that it fits an image of any size.
 * What is beyond the memory's budget then is made smaller as lib/spec/fit does.
 */
export function onDataset(spec: ExperimentSpec, id: DatasetId): ExperimentSpec {
  const whole: ExperimentSpec = { ...spec, dataset: { id, classes: null, trainLimit: null } };
  if (!isTrainable(spec)) return whole;
  const filtered = { ...whole, dataset: { ...whole.dataset, classes: sameClasses(spec, id) } };
  const padded = { ...filtered, layers: withPadding(filtered.layers) };
  const candidates = [whole, filtered, padded].map((candidate) => nearestThatFits(candidate) ?? candidate);
  return candidates.find(isTrainable) ?? filtered;
}

/** The classes of the filter in another data set, by their names; null where one is not there, or there is no filter. */
function sameClasses({ dataset }: ExperimentSpec, id: DatasetId): number[] | null {
  const { classNames } = datasets[dataset.id];
  const classes = dataset.classes?.map((label) => datasets[id].classNames.indexOf(classNames[label]!));
  return classes === undefined || classes.includes(-1) ? null : classes;
}

/** The layers, and those within them, with every window padded. */
function withPadding(layers: readonly LayerSpec[]): LayerSpec[] {
  const visit = (layer: NestedLayer): NestedLayer => {
    const fields = Object.entries(layer).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map(visit)];
      return [name, name === "padding" ? "same" : value];
    });
    return Object.fromEntries(fields);
  };
  return layers.map((layer) => visit(layer) as LayerSpec);
}
