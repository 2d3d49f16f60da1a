// What judging needs of a processor: types only. The threads that do it are in workers/judge.thread.ts; tests have it in
// their own process.
import type { RunRecord } from "../metrics/run-record";
import type { DatasetId, ExperimentSpec } from "../spec/experiment";
import type { RecordReplayOptions, Replayed } from "../training/replay";
import type { Accuracies } from "./board";

export interface Measured {
  accuracies: Accuracies;
  /** See fingerprint.ts: 512 bits as 128 hexadecimal digits. */
  fingerprint: string;
  /** For the three measurements together. */
  elapsedMs: number;
}

/**
 * Scores a network. Repeated calls take their turns.
 * @param weights of the experiment's program, as float32
 * @throws Error where it could not be measured; another time it may
 */
export type Evaluate = (experiment: ExperimentSpec, weights: readonly Float32Array[]) => Promise<Measured>;

export type ReplayOptions = Omit<RecordReplayOptions, "openDataset" | "engine">;

export interface Judge {
  evaluate: Evaluate;
  /**
   * Trains a record's experiment again: `replayRecord`, on our own engine. One at a time.
   * @throws ReplayError where the experiment itself cannot be trained; Error where it may go well another time
   */
  replay(record: RunRecord, options: ReplayOptions): Promise<Replayed>;
  /** Makes scoring ready before anybody waits: reads the data, draws the hidden set. */
  warmUp(dataset: DatasetId): Promise<void>;
}
