// What the callbacks that watch an epoch's measures make of a run's history. Functions of the history alone, so that
// the trainer, a replay and a record that is looked at again all come to the same answer.
import type { Monitor } from "../spec/callbacks/monitor";
import type { CallbackKind, CallbackSpec, ExperimentSpec } from "../spec/experiment";
import type { EpochMetrics } from "./history";

type CallbackOf<K extends CallbackKind> = Extract<CallbackSpec, { kind: K }>;

const callbackOf = <K extends CallbackKind>({ callbacks }: ExperimentSpec, kind: K) =>
  callbacks.find((callback): callback is CallbackOf<K> => callback.kind === kind);

/** Whether the measure is better than the best so far by more than `minDelta`. One that is no number never is. */
function improves(monitor: Monitor, value: number | null, best: number | null, minDelta: number): boolean {
  if (value === null || Number.isNaN(value)) return false;
  if (best === null) return true;
  return monitor === "loss" || monitor === "valLoss" ? value < best - minDelta : value > best + minDelta;
}

export interface Stopping {
  /** The epoch with the best measure, from 1; 0 before the first. */
  best: number;
  /** Whether patience runs out in the last epoch of the history. */
  stops: boolean;
}

/**
 * Early stopping as Keras's `EarlyStopping` has it; null where the experiment has none. Training that goes on after a
 * stop has its patience back, and keeps what the best was.
 */
export function earlyStopping(spec: ExperimentSpec, history: readonly EpochMetrics[]): Stopping | null {
  const callback = callbackOf(spec, "earlyStopping");
  if (callback === undefined) return null;
  const { monitor, minDelta, patience } = callback;
  const state: Stopping = { best: 0, stops: false };
  let [best, waited]: [number | null, number] = [null, 0];
  for (const record of history) {
    state.stops = false;
    waited += 1;
    const value = record[monitor];
    if (improves(monitor, value, best, minDelta)) {
      [best, waited] = [value, 0];
      state.best = record.epoch;
    } else if (waited >= patience && record.epoch > 1) {
      state.stops = true;
      waited = 0;
    }
  }
  return state;
}

export const restoresBest = (spec: ExperimentSpec): boolean =>
  callbackOf(spec, "earlyStopping")?.restoreBestWeights === true;

/** An epoch that was better than all before it. */
export interface Improvement {
  /** From 1. */
  epoch: number;
  monitor: Monitor;
  value: number;
  /** The best before it; null for the first. */
  previous: number | null;
}

/** The epoch whose weights `modelCheckpoint` keeps after these epochs; null where there is none. */
export function checkpoint(spec: ExperimentSpec, history: readonly EpochMetrics[]): Improvement | null {
  const callback = callbackOf(spec, "modelCheckpoint");
  if (callback === undefined) return null;
  const { monitor } = callback;
  const improvements: Improvement[] = [];
  for (const { epoch, [monitor]: value } of history) {
    const previous = improvements.at(-1)?.value ?? null;
    if (improves(monitor, value, previous, 0)) improvements.push({ epoch, monitor, value: value!, previous });
  }
  return improvements.at(-1) ?? null;
}

/** The epoch, from 1, whose weights a run has kept to put back: the checkpoint's, else early stopping's; null where none. */
export function keptEpoch(spec: ExperimentSpec, history: readonly EpochMetrics[]): number | null {
  const best =
    checkpoint(spec, history)?.epoch ?? (restoresBest(spec) ? earlyStopping(spec, history)!.best : 0);
  return best === 0 ? null : best;
}

/**
 * The learning rates that `reduceLROnPlateau` sets, as Keras's `ReduceLROnPlateau` does: that of each epoch of the history,
 * and of the one after it. Null where the experiment has none.
 */
export function plateauLearningRates(
  spec: ExperimentSpec,
  history: readonly EpochMetrics[],
): number[] | null {
  const callback = callbackOf(spec, "reduceLROnPlateau");
  if (callback === undefined) return null;
  const { monitor, minDelta, patience, factor, cooldown, minLearningRate } = callback;
  let { learningRate } = spec.optimizer;
  const rates = [learningRate];
  let [best, waited, cooling]: [number | null, number, number] = [null, 0, 0];
  for (const record of history) {
    if (cooling > 0) [cooling, waited] = [cooling - 1, 0];
    const value = record[monitor];
    if (improves(monitor, value, best, minDelta)) [best, waited] = [value, 0];
    else if (cooling === 0) {
      waited += 1;
      if (waited >= patience && learningRate > minLearningRate) {
        learningRate = Math.max(learningRate * factor, minLearningRate);
        [cooling, waited] = [cooldown, 0];
      }
    }
    rates.push(learningRate);
  }
  return rates;
}

/** The learning rate that `reduceLROnPlateau` has come to after these epochs; null where the experiment has none. */
export const plateauLearningRate = (spec: ExperimentSpec, history: readonly EpochMetrics[]): number | null =>
  plateauLearningRates(spec, history)?.at(-1) ?? null;
