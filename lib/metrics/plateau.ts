// Where more epochs stop helping, found by rule, so that a figure can point at it.
import type { EpochMetrics } from "./history";

/** All that later epochs gain together must be less than this for the curve to be flat: one point. */
export const FLAT_GAIN = 0.01;
/** That many epochs have to follow, or it is too early to tell. */
export const FLAT_EPOCHS = 5;

/** What a curve is judged by: validation where there is one. */
const accuracyOf = ({ valAccuracy, accuracy }: EpochMetrics): number => valAccuracy ?? accuracy;

/**
 * The first epoch, from 1, after which all the others together brought the accuracy less than a point above its best so
 * far; null while it still rises, or where too few epochs follow to tell.
 */
export function plateauOf(history: readonly EpochMetrics[]): number | null {
  const best = Math.max(...history.map(accuracyOf));
  let soFar = 0;
  for (const metrics of history.slice(0, -FLAT_EPOCHS)) {
    soFar = Math.max(soFar, accuracyOf(metrics));
    if (best - soFar < FLAT_GAIN) return metrics.epoch;
  }
  return null;
}
