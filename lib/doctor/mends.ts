// Changes of an experiment that mend something. What comes out can be trained, or there is none.
import {
  type CallbackKind,
  createCallback,
  createLayer,
  type ExperimentSpec,
  type LayerSpec,
  MAX_LAYERS,
} from "../spec/experiment";
import type { NestedLayer } from "../spec/fields";
import { MAX_NESTED } from "../spec/layers/block";
import type { Activation } from "../spec/ops";
import { buildProgram } from "../spec/program";
import type { Mend } from "./define";

/** The change as a mend; null where the experiment cannot be trained with it. */
export function mendWith(label: string, spec: ExperimentSpec): Mend | null {
  return buildProgram(spec).problems.some(({ severity }) => severity === "error") ? null : { label, spec };
}

export const withRate = (spec: ExperimentSpec, learningRate: number): ExperimentSpec => ({
  ...spec,
  optimizer: { ...spec.optimizer, learningRate },
});

/** A callback with these fields, in the place of its own kind and of `others`. */
export function withCallback(
  spec: ExperimentSpec,
  kind: CallbackKind,
  fields: object,
  others: readonly CallbackKind[] = [],
): ExperimentSpec {
  const kept = spec.callbacks.filter((callback) => callback.kind !== kind && !others.includes(callback.kind));
  return { ...spec, callbacks: [...kept, { ...createCallback(kind), ...fields } as (typeof kept)[number]] };
}

/** Keeps the best epoch by the validation loss; some images are kept for validation where none were. */
export function withBestEpoch(spec: ExperimentSpec, patience: number): ExperimentSpec {
  const split = spec.validation.split > 0 ? spec.validation.split : 0.2;
  return withCallback({ ...spec, validation: { ...spec.validation, split } }, "earlyStopping", {
    monitor: "valLoss",
    patience,
    restoreBestWeights: true,
  });
}

/** Layers, those within blocks too, with an activation in the place of others; the last layer stays as it is. */
export function withHiddenActivation(
  spec: ExperimentSpec,
  from: readonly Activation[],
  to: Activation,
): ExperimentSpec {
  const change = (layer: NestedLayer): NestedLayer => ({
    ...layer,
    ...("activation" in layer && from.includes(layer.activation as Activation) ? { activation: to } : {}),
    ...("layers" in layer ? { layers: (layer.layers as NestedLayer[]).map(change) } : {}),
  });
  const last = spec.layers.length - 1;
  return {
    ...spec,
    layers: spec.layers.map((layer, i) => (i === last ? layer : (change(layer) as LayerSpec))),
  };
}

/** The activation that the answer goes through; a layer of its own where the last one has none. */
export function withLastActivation(spec: ExperimentSpec, activation: Activation): ExperimentSpec {
  const last = spec.layers.at(-1)!;
  const layers: LayerSpec[] =
    "activation" in last
      ? spec.layers.with(-1, { ...last, activation })
      : [...spec.layers, { kind: "activation", activation }];
  return { ...spec, layers };
}

/**
 * Moving averages that follow within some hundred steps: those of Keras need a thousand, and a short run would be tested
 * with what they were before.
 */
const normalization = { ...createLayer("batchNormalization"), momentum: 0.9 } as LayerSpec;

const hasWeights = ({ kind }: NestedLayer) => kind === "dense" || kind === "conv2d";
const normalises = (layer: NestedLayer | undefined) => layer?.kind === "batchNormalization";

/**
 * With a batch normalization at the end of every block, and after every hidden layer with weights, that has none; as far
 * as there is room for them.
 */
export function withBatchNormalization(spec: ExperimentSpec): ExperimentSpec {
  const layers: LayerSpec[] = [];
  let room = MAX_LAYERS - spec.layers.length;
  for (const [i, layer] of spec.layers.entries()) {
    const isLast = i === spec.layers.length - 1;
    if (layer.kind === "residual") {
      const full = layer.layers.length >= MAX_NESTED || normalises(layer.layers.at(-1));
      layers.push(full ? layer : { ...layer, layers: [...layer.layers, normalization] });
      continue;
    }
    layers.push(layer);
    if (isLast || !hasWeights(layer) || normalises(spec.layers[i + 1]) || room === 0) continue;
    layers.push(normalization);
    room -= 1;
  }
  return { ...spec, layers };
}

/** Pixels may differ by so little that the usual epsilon would drown their variance. */
const SMALL = 1e-6;

/** With a batch normalization before everything else: it gives the pixels mean 0 and spread 1. */
export const withNormalisedInputs = (spec: ExperimentSpec): ExperimentSpec => ({
  ...spec,
  layers: [{ ...normalization, epsilon: SMALL } as LayerSpec, ...spec.layers],
});

/** Hidden layers that are `factor` times as wide, and at least `least`. */
export function widened(spec: ExperimentSpec, factor: number, least: number): ExperimentSpec {
  const answer = spec.layers.findLastIndex(hasWeights);
  const wide = (value: number) => Math.min(4096, Math.max(least, value * factor));
  const layers = spec.layers.map((layer, i): LayerSpec => {
    if (i === answer) return layer;
    if (layer.kind === "dense") return { ...layer, units: wide(layer.units) };
    if (layer.kind === "conv2d") return { ...layer, filters: Math.min(256, layer.filters * factor) };
    return layer;
  });
  return { ...spec, layers };
}

/** A layer before the one that gives the answer. */
export function withHiddenLayer(spec: ExperimentSpec, layer: LayerSpec): ExperimentSpec {
  const answer = spec.layers.findLastIndex(hasWeights);
  return { ...spec, layers: spec.layers.toSpliced(answer, 0, layer) };
}
