// What a step's checks look at: plain facts of the reader's own runs, sweeps and figures.
import type { EpochMetrics, EpochRecord } from "../metrics/history";
import type { ExperimentSpec } from "../spec/experiment";
import type { CellResult, SweepSpec } from "../sweeps/sweep";

export interface RunFacts {
  spec: ExperimentSpec;
  state: "loading" | "training" | "paused" | "done" | "failed";
  /** Before training, on the first batch. */
  before: { loss: number; accuracy: number } | null;
  /** With what each epoch took, where that was measured. */
  history: readonly (EpochMetrics & Partial<EpochRecord>)[];
  /** Epochs that were done when the training was continued last; 0 where it was not. */
  continuedFrom: number;
  /** Ended by somebody or by early stopping before its last epoch. */
  stopped: boolean;
  /** The epoch, from 1, whose weights were put back by early stopping or loaded from the best checkpoint. */
  restoredEpoch: number | null;
  test: { loss: number; accuracy: number } | null;
  elapsedMs: number | null;
}

export interface SweepFacts {
  sweep: SweepSpec;
  results: readonly CellResult[];
  done: boolean;
}

export interface Facts {
  /** The runs of this step since it was opened first or reset, in order; one that is continued is still one. */
  runs: readonly RunFacts[];
  /** The step's sweeps, likewise. */
  sweeps: readonly SweepFacts[];
  /** What figures and quizzes tell, by name. */
  marks: Readonly<Record<string, number | string | boolean>>;
}

export type Mark = Facts["marks"][string];

export const noFacts: Facts = { runs: [], sweeps: [], marks: {} };
