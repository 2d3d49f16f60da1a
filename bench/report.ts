// From measurements to numbers and a table; pure.

/** What one contender did in one case. */
export interface Row {
  id: string;
  label: string;
  /** Why there are no numbers, in a few words. */
  reason: string | null;
  /** Milliseconds for each training step, one entry per round. */
  msPerStep: number[];
  /** Steps of one round. */
  steps: number;
  /** Milliseconds for 10,000 images, one entry per round. */
  evaluateMs: number[];
  /** Images that were really evaluated; the time is scaled up where these are fewer than 10,000. */
  evaluated: number;
  /** A share, 0 to 1, of those. */
  accuracy: number | null;
  /** Mean loss of the first steps and of the last round. */
  firstLoss: number | null;
  lastLoss: number | null;
  peakBytes: number | null;
}

export const EVALUATE_IMAGES = 10_000;

/** The middle value; the mean of the two in the middle where their number is even. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * How many times as long it takes: each round against the same round, then the median, so that a machine that is
 * slower in one round is slower for both.
 */
export function ratioOf(values: readonly number[], ours: readonly number[]): number {
  const rounds = Math.min(values.length, ours.length);
  return median(Array.from({ length: rounds }, (_, round) => values[round]! / ours[round]!));
}

/**
 * Steps for one turn of about `budgetMs`.
 * @param msPerStep as the warm-up had it
 */
export const stepsWithin = (budgetMs: number, msPerStep: number): number =>
  Math.min(2000, Math.max(1, Math.round(budgetMs / msPerStep)));

/** Three digits that count: 0.123, 1.23, 12.3, 123. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return "";
  const places = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(places);
}

/** Columns as wide as their widest cell; the first one to the left, numbers to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const megabytes = (bytes: number | null) => (bytes === null ? "" : (bytes / 1e6).toFixed(0));
const spread = (values: readonly number[]) => `${digits(Math.min(...values))}–${digits(Math.max(...values))}`;
const times = (values: readonly number[], ours: readonly number[]) =>
  ours.length === 0 || values.length === 0 ? "" : `${digits(ratioOf(values, ours))}×`;

const heads = [
  "",
  "ms/step",
  "spread",
  "to ours",
  "eval ms",
  "to ours",
  "peak MB",
  "loss",
  "accuracy",
  "steps",
];

/** One case's table; its first row is ours. */
export function formatCase(rows: readonly Row[]): string {
  const ours = rows[0]!;
  const measured = rows.filter(({ reason }) => reason === null);
  const cells = measured.map((row) => [
    row.label,
    digits(median(row.msPerStep)),
    spread(row.msPerStep),
    times(row.msPerStep, ours.msPerStep),
    `${row.evaluated < EVALUATE_IMAGES ? "≈" : ""}${digits(median(row.evaluateMs))}`,
    times(row.evaluateMs, ours.evaluateMs),
    megabytes(row.peakBytes),
    `${digits(row.firstLoss!)} → ${digits(row.lastLoss!)}`,
    `${(100 * row.accuracy!).toFixed(1)} %`,
    String(row.steps),
  ]);
  const reasons = rows
    .filter(({ reason }) => reason !== null)
    .map(({ label, reason }) => `${label}: ${reason}`);
  return [formatTable([heads, ...cells]), ...reasons].join("\n");
}

/** Fewer steps than this may leave a loss where it was. */
const STEPS_TO_FALL = 100;

/** What is suspicious: a loss that did not fall means that somebody was timed doing nothing. */
export const doubts = (rows: readonly Row[]): string[] =>
  rows
    .filter(
      ({ reason, firstLoss, lastLoss, steps, msPerStep }) =>
        reason === null && steps * msPerStep.length >= STEPS_TO_FALL && !(lastLoss! < firstLoss!),
    )
    .map(({ label }) => `${label}: the loss did not fall`);
