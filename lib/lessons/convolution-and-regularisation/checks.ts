// What this lesson's checks ask of the reader's runs. Pure, and true of a run whoever typed its numbers.
import { differences } from "../../metrics/compare";
import type { EpochMetrics } from "../../metrics/history";
import type { ExperimentSpec, LayerKind } from "../../spec/experiment";
import type { Facts, RunFacts } from "../facts";

/** The run went through all of its epochs, or was ended by a callback that may. */
export const finished = ({ state, spec, history }: RunFacts): boolean =>
  state === "done" && history.length >= spec.training.epochs;

export const finishedRuns = ({ runs }: Facts): readonly RunFacts[] => runs.filter(finished);

/** The epoch, from 1, with the lowest validation loss, the first of equals; null without validation. */
export function bestEpoch(history: readonly EpochMetrics[]): number | null {
  let best: { epoch: number; valLoss: number } | null = null;
  for (const { epoch, valLoss } of history)
    if (valLoss !== null && (best === null || valLoss < best.valLoss)) best = { epoch, valLoss };
  return best?.epoch ?? null;
}

/**
 * Training loss fell to the end while validation loss had been lowest before: at least a fifth of the epochs came after
 * the best one, and the last validation loss is above it by a tenth.
 */
export function overfits({ history }: RunFacts): boolean {
  const best = bestEpoch(history);
  const last = history.at(-1);
  if (best === null || last === undefined || last.valLoss === null) return false;
  const { loss, valLoss } = history[best - 1]!;
  return history.length - best >= history.length / 5 && last.loss < loss && last.valLoss > 1.1 * valLoss!;
}

/** The rate of the strongest dropout; 0 where there is none. */
export const dropoutRate = ({ layers }: ExperimentSpec): number =>
  Math.max(0, ...layers.map((layer) => (layer.kind === "dropout" ? layer.rate : 0)));

export const has = ({ layers }: ExperimentSpec, kind: LayerKind): boolean =>
  layers.some((layer) => layer.kind === kind);

/** Whether a normalization stands right after a convolution without an activation of its own, and right before one. */
export const normalizesBeforeActivation = ({ layers }: ExperimentSpec): boolean =>
  layers.some(
    (layer, index) =>
      layer.kind === "batchNormalization" &&
      isLinear(layers[index - 1]) &&
      layers[index + 1]?.kind === "activation",
  );

const isLinear = (layer: ExperimentSpec["layers"][number] | undefined): boolean =>
  layer !== undefined &&
  "activation" in layer &&
  layer.kind !== "activation" &&
  layer.activation === "linear";

/** Whether a checkpoint keeps the weights of the epoch with the lowest validation loss. */
export const keepsBest = ({ callbacks }: ExperimentSpec): boolean =>
  callbacks.some((callback) => callback.kind === "modelCheckpoint" && callback.monitor === "valLoss");

/** True where two of the runs are a pair. */
export const somePair = (
  runs: readonly RunFacts[],
  isPair: (a: ExperimentSpec, b: ExperimentSpec) => boolean,
): boolean => runs.some(({ spec: a }) => runs.some(({ spec: b }) => isPair(a, b)));

/** What one learns most from: everything else stayed as it was. */
export const differInOneThing = (a: ExperimentSpec, b: ExperimentSpec): boolean =>
  differences([a, b]).length === 1;

/** The weights are those of the best epoch: they were put back, or that epoch was the last. */
export function hasBestWeights({ history, restoredEpoch }: RunFacts): boolean {
  const best = bestEpoch(history);
  return best !== null && best === (restoredEpoch ?? history.length);
}
