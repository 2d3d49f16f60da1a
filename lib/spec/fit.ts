// What to offer for a network that is beyond a budget, the page's or a device's: the nearest experiment that is within it. Only numbers are
// compared here; no weight is ever made.
import { type ExperimentSpec, type LayerSpec, trainingFields } from "./experiment";
import type { NestedLayer } from "./fields";
import { buildProgram, MEMORY_BUDGET_BYTES, memoryBytes } from "./program";

/** Fields that say how wide a layer is, and so how much memory it takes. */
const WIDTHS = ["units", "filters"];

/** Smaller batches than this make an epoch so slow and so noisy that narrower layers are nearer. */
const SMALLEST_GOOD_BATCH = 8;

/**
 * The nearest experiment that fits the budget, or null where this one does or none can. In this order:
 * 1. a smaller batch, the largest power of two that fits, from 8 on;
 * 2. narrower layers, all by one factor but for the one that gives the answer; the batch stays, or is the default's
 *    or 8 where it is so large that no layer would be narrow enough;
 * 3. a batch below 8;
 * 4. narrower layers and a batch of 1.
 * @param budget bytes that weights, optimizer state and a batch's activations may take
 */
export function nearestThatFits(
  spec: ExperimentSpec,
  budget: number = MEMORY_BUDGET_BYTES,
): ExperimentSpec | null {
  if (trainingBytes(spec) <= budget) return null;
  const smaller = withSmallerBatch(spec, budget);
  if (smaller !== null && smaller.training.batchSize >= SMALLEST_GOOD_BATCH) return smaller;
  const { batchSize } = spec.training;
  const others = [trainingFields.batchSize.default, SMALLEST_GOOD_BATCH].filter((size) => size < batchSize);
  for (const size of [batchSize, ...others]) {
    const narrower = withNarrowerLayers(withBatch(spec, size), budget);
    if (narrower !== null) return narrower;
  }
  return smaller ?? withNarrowerLayers(withBatch(spec, 1), budget);
}

/** What training an experiment takes. */
export function trainingBytes(spec: ExperimentSpec): number {
  const { parameters, steps } = buildProgram(spec);
  return memoryBytes(parameters, steps, spec.training.batchSize);
}

export const withBatch = (spec: ExperimentSpec, batchSize: number): ExperimentSpec => ({
  ...spec,
  training: { ...spec.training, batchSize },
});

function withSmallerBatch(spec: ExperimentSpec, budget: number): ExperimentSpec | null {
  const { parameters, steps } = buildProgram(spec);
  for (let size = 2 ** Math.ceil(Math.log2(spec.training.batchSize) - 1); size >= 1; size /= 2)
    if (memoryBytes(parameters, steps, size) <= budget) return withBatch(spec, size);
  return null;
}

/** Bisects over the widest layer's new width; the others keep their ratio to it, rounded down, and at least 1. */
function withNarrowerLayers(spec: ExperimentSpec, budget: number): ExperimentSpec | null {
  const hidden = widthsOf(spec.layers).slice(0, -1);
  const widest = Math.max(...hidden, 0);
  const fits = (narrower: ExperimentSpec) => trainingBytes(narrower) <= budget;
  const narrowed = (width: number): ExperimentSpec => ({
    ...spec,
    layers: scaled(spec.layers, hidden.length, (own) => Math.max(1, Math.floor((own * width) / widest))),
  });
  if (widest <= 1 || !fits(narrowed(1))) return null;
  let [fitting, tooWide] = [1, widest];
  while (tooWide - fitting > 1) {
    const middle = Math.floor((fitting + tooWide) / 2);
    if (fits(narrowed(middle))) fitting = middle;
    else tooWide = middle;
  }
  return narrowed(fitting);
}

/** The widths of layers and of the layers within them, in order; the last one is the answer's. */
function widthsOf(layers: readonly NestedLayer[]): number[] {
  return layers.flatMap((layer) =>
    Object.entries(layer).flatMap(([name, value]) => {
      if (Array.isArray(value)) return widthsOf(value);
      return WIDTHS.includes(name) ? [value as number] : [];
    }),
  );
}

/** The layers with the first `count` of their widths replaced. */
function scaled(layers: readonly LayerSpec[], count: number, change: (width: number) => number): LayerSpec[] {
  let left = count;
  const visit = (layer: NestedLayer): NestedLayer => {
    const fields = Object.entries(layer).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map(visit)];
      return [name, WIDTHS.includes(name) && left-- > 0 ? change(value as number) : value];
    });
    return Object.fromEntries(fields);
  };
  return layers.map((layer) => visit(layer) as LayerSpec);
}
