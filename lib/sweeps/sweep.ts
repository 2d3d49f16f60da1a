// What a sweep is: one experiment, and what is varied in it. Pure data; `cellsOf` (cells.ts) makes the experiments.
import type { ExperimentSpec } from "../spec/experiment";

/** A value, and what charts call it. */
export interface LabelledValue {
  label: string;
  value: unknown;
}

/** One thing that is varied, with every value it takes. */
export interface SweepAxis {
  /** A path into the experiment: "optimizer", "optimizer.learningRate", "training.batchSize", "layers[1].units". */
  field: string;
  label: string;
  /** `value` is put at `field`; `label` is what charts show. */
  values: readonly LabelledValue[];
}

/** A range that a search draws from. */
export interface SearchRange {
  field: string;
  label: string;
  min: number;
  max: number;
  integer: boolean;
  /** Drawn evenly over decades. */
  logarithmic: boolean;
}

interface SweepBase {
  title: string;
  /** Trained once for each cell with one or more fields changed. */
  base: ExperimentSpec;
}

/** Every combination of the values of one to three axes, each trained to the end. */
export interface GridSweep extends SweepBase {
  kind: "grid";
  axes: readonly SweepAxis[];
}

/**
 * Successive halving (Jamieson & Talwalkar 2016): `trials` experiments are drawn from the ranges by `seed` and trained for
 * `minEpochs`; the best 1/`keepOneIn` of each round go on, for `keepOneIn` times as many epochs, up to `maxEpochs`.
 */
export interface SearchSweep extends SweepBase {
  kind: "search";
  ranges: readonly SearchRange[];
  trials: number;
  minEpochs: number;
  maxEpochs: number;
  keepOneIn: number;
  seed: number;
}

export type SweepSpec = GridSweep | SearchSweep;

/** One training of a sweep: its experiment, or the sentence why there is none. */
export type Cell = {
  /** Unique in its sweep; its place. */
  id: string;
  label: string;
  /** Of a grid: the value's index on each axis. Of a search: the trial and the round, both from 0. */
  place: readonly number[];
  /** One for each axis or range. */
  values: readonly LabelledValue[];
} & ({ spec: ExperimentSpec; refusal: null } | { spec: null; refusal: string });

export interface CellResult {
  /** The cell's; unique in its sweep. */
  id: string;
  /**
   * Validation accuracy of the last epoch, or of the one whose weights early stopping restored (training accuracy where
   * there is no validation); 0 where it failed.
   */
  score: number;
  valLoss: number | null;
  /** Epochs done. */
  epochs: number;
  /** Training and validation in all; pauses are not counted. */
  elapsedMs: number;
  /** Why it failed, in one sentence; null where it did not. */
  failure: string | null;
}
