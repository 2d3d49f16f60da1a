// What judging needs of a processor: types only. The threads that do it are in workers/judge.thread.ts; tests have it in
// their own process.

import type { EngineState } from "../engines/engine";
import type { EpochRecord } from "../metrics/history";
import type { RunRecord } from "../metrics/run-record";
import type { DatasetId, ExperimentSpec } from "../spec/experiment";
import type { Accuracies } from "./board";

export interface Measured {
  accuracies: Accuracies;
  /** See fingerprint.ts: 512 bits as 128 hexadecimal digits. */
  fingerprint: string;
  /** For the three measurements together. */
  elapsedMs: number;
}

/** Where a training can be taken up again: after an epoch. */
export interface Checkpoint {
  history: EpochRecord[];
  state: EngineState;
}

export interface Replayed {
  /** SHA-256 of the weights that came out. */
  hash: string;
  history: EpochRecord[];
  elapsedMs: number;
}

/**
 * Scores a network. Repeated calls take their turns.
 * @param weights of the experiment's program, as float32
 * @throws Error where it could not be measured; another time it may
 */
export type Evaluate = (experiment: ExperimentSpec, weights: readonly Float32Array[]) => Promise<Measured>;

export interface ReplayOptions {
  /** Goes on from here; from the first weights where null. */
  from: Checkpoint | null;
  /** Hears the share that is done, 0 to 1, a few times a second. */
  onProgress(share: number): void;
  /** Awaited before the training goes on; called after an epoch, not more often than every few seconds. */
  onCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Ends it; the promise then rejects with its reason. */
  signal?: AbortSignal;
}

/**
 * Trains a record's experiment for as many epochs as its history has, the plan's epochs first.
 * @throws ReplayError where the experiment itself cannot be trained (it diverges, say)
 */
export type Replay = (record: RunRecord, options: ReplayOptions) => Promise<Replayed>;

export interface Judge {
  evaluate: Evaluate;
  replay: Replay;
  /** Makes both ready before anybody waits: reads the data, draws the hidden set. */
  warmUp(dataset: DatasetId): Promise<void>;
}
