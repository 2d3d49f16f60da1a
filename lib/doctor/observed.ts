// What the doctor goes by: facts of a run, all of them numbers that somebody measured.
import type { DataFacts } from "../metrics/data-facts";
import type { EpochMetrics } from "../metrics/history";
import type { Probe } from "../metrics/probe";
import type { Series } from "../metrics/series";
import type { ExperimentSpec } from "../spec/experiment";

export interface Observed {
  spec: ExperimentSpec;
  /** Whether the training has ended: before that nothing is said of where it ends. */
  over: boolean;
  /** Epochs that were finished. */
  history: readonly EpochMetrics[];
  /** The epoch, from 1, whose weights were put back in the end; null where they are the last one's. */
  restoredEpoch: number | null;
  /** On the first batch, untrained; null before that. */
  before: { loss: number; accuracy: number } | null;
  /** The loss of each batch. */
  loss: Series;
  /** Whether the loss stopped being a number. */
  diverged: boolean;
  /**
   * One batch with the first weights and with the present ones; null where the network was not looked into, and `now`
   * where no weights are left, as after a loss that is no number.
   */
  probes: { first: Probe; now: Probe | null } | null;
  /** Null where the images were not looked at. */
  data: DataFacts | null;
}
