// What a run was, epoch by epoch: the numbers that the log, the charts and the table read.

export interface EpochMetrics {
  /** From 1, as the log counts. */
  epoch: number;
  loss: number;
  accuracy: number;
  /** Null without validation. */
  valLoss: number | null;
  valAccuracy: number | null;
}

/** An epoch with what it took. */
export interface EpochRecord extends EpochMetrics {
  steps: number;
  /** Training and validation of this epoch, pauses not counted. */
  elapsedMs: number;
  msPerStep: number;
}

export interface Improvement {
  first: number;
  last: number;
  change: number;
}

/** Training accuracy of the first and the last epoch; null before the first epoch is over. */
export function accuracyImprovement(history: readonly EpochMetrics[]): Improvement | null {
  const first = history[0]?.accuracy;
  const last = history.at(-1)?.accuracy;
  return first === undefined || last === undefined ? null : { first, last, change: last - first };
}

/** At most `max` (two or more) of the items, evenly spread; the first and the last are always among them. */
export function thin<T>(items: readonly T[], max: number): readonly T[] {
  if (items.length <= max) return items;
  const gap = (items.length - 1) / (max - 1);
  return Array.from({ length: max }, (_, i) => items[Math.round(i * gap)]!);
}
