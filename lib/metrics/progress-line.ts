// What a run would have printed in the middle of an epoch that is over: Keras's progress line, from the batches' own
// measures.
import type { EpochRecord } from "./history";
import type { Series } from "./series";

export interface ProgressLine {
  step: number;
  steps: number;
  /** How long the rest of the epoch would take at its mean speed, in milliseconds. */
  etaMs: number;
  /** Running means over the epoch's batches so far, as training prints them. */
  loss: number;
  accuracy: number;
  /** Null until the epoch is over, as validation comes last. */
  valLoss: number | null;
  valAccuracy: number | null;
}

interface Epoch {
  record: EpochRecord;
  /** The whole run's, batch by batch. */
  loss: Series;
  accuracy: Series;
  batchSize: number;
  /** Images in an epoch; its last batch may be smaller than the others. */
  images: number;
}

/** @param step from 1 to the epoch's steps */
export function progressLineAt(
  { record, loss, accuracy, batchSize, images }: Epoch,
  step: number,
): ProgressLine {
  const { epoch, steps, msPerStep } = record;
  const over = step >= steps;
  const first = (epoch - 1) * steps;
  const mean = (series: Series) => {
    let [sum, weight] = [0, 0];
    for (let at = 0; at < step; at++) {
      const size = Math.min(batchSize, images - at * batchSize);
      // A long run keeps means over a few batches each.
      sum += size * (series.means[Math.floor((first + at) / series.stride)] ?? 0);
      weight += size;
    }
    return sum / weight;
  };
  return {
    step,
    steps,
    etaMs: (steps - step) * msPerStep,
    loss: over ? record.loss : mean(loss),
    accuracy: over ? record.accuracy : mean(accuracy),
    valLoss: over ? record.valLoss : null,
    valAccuracy: over ? record.valAccuracy : null,
  };
}

const CELLS = 20;

/** "[=======>............]": full to the present step. */
export function progressBar({ step, steps }: Pick<ProgressLine, "step" | "steps">): string {
  const full = Math.floor((CELLS * step) / steps);
  if (full >= CELLS) return `[${"=".repeat(CELLS)}]`;
  return `[${"=".repeat(Math.max(0, full - 1))}>${".".repeat(CELLS - Math.max(1, full))}]`;
}
