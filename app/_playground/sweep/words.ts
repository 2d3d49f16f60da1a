// What a sweep will do, is doing and has found, in words. Pure, so that it can be read in tests.
import { formatAccuracy, formatCount, formatDuration, formatPlural } from "@/app/_ui/format";
import { bestOf, cellsOf } from "@/lib/sweeps/cells";
import { trainingsOf } from "@/lib/sweeps/plan";
import type { CellProgress } from "@/lib/sweeps/runner";
import { roundsOf } from "@/lib/sweeps/search";
import type { Cell, CellResult, SweepSpec } from "@/lib/sweeps/sweep";

/** "4 trainings of 5 epochs", "9 trials of 1 epoch, the best 3 of 3, the best 1 of 9" */
function trainingsWords(sweep: SweepSpec): string {
  if (sweep.kind === "search") {
    const [first, ...later] = roundsOf(sweep);
    const rounds = later.map(({ trials, epochs }) => `the best ${trials} for ${formatCount(epochs)}`);
    return [
      `${formatPlural(first!.trials, "trial")} for ${formatPlural(first!.epochs, "epoch")}`,
      ...rounds,
    ].join(", ");
  }
  const epochs = cellsOf(sweep).flatMap(({ spec }) => spec?.training.epochs ?? []);
  const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
  const trainings = formatPlural(trainingsOf(sweep), "training");
  if (epochs.length === 0) return trainings;
  return least === most
    ? `${trainings} of ${formatPlural(least, "epoch")}`
    : `${trainings} of ${formatCount(least)} to ${formatPlural(most, "epoch")}`;
}

/** "4 trainings of 5 epochs, about 12 s on this device"; the time is left out before it is known. */
export function planWords(sweep: SweepSpec, estimateMs: number | null): string {
  const time =
    estimateMs === null ? [] : [`about ${formatDuration(Math.max(estimateMs, 1000))} on this device`];
  return [trainingsWords(sweep), ...time].join(", ");
}

/** "Adam: epoch 2 of 5, step 300 of 1,500" */
export function trainingWords({ cell, epoch, epochs, step, steps, waiting }: CellProgress): string {
  if (epoch > 0)
    return `${cell.label}: epoch ${epoch} of ${epochs}, step ${formatCount(step)} of ${formatCount(steps)}`;
  const loading = waiting !== null && waiting.loadedBytes < waiting.totalBytes;
  return `${cell.label}: ${loading ? "waiting for the images" : "starting"}`;
}

/** "2 of 4 done", "2 of at most 13 done" where fewer may go on. */
export function doneWords(sweep: SweepSpec, results: readonly CellResult[]): string {
  const most = sweep.kind === "search" ? "at most " : "";
  return `${formatCount(results.length)} of ${most}${formatCount(trainingsOf(sweep))} done`;
}

/** What a cell's values are: "learning rate = 0.003, units of layer 2 = 64", or "Adam", which says it alone. */
export function valueWords(sweep: SweepSpec, { values }: Cell): string {
  const varied = sweep.kind === "grid" ? sweep.axes : sweep.ranges;
  return values
    .map(({ label, value }, index) =>
      typeof value === "number" || typeof value === "boolean"
        ? `${varied[index]!.label.toLowerCase()} = ${label}`
        : label,
    )
    .join(", ");
}

function cellWords(sweep: SweepSpec, cell: Cell): string {
  const values = valueWords(sweep, cell);
  return sweep.kind === "grid" ? values : `${cell.label.toLowerCase()} (${values})`;
}

/** "Best: Adam, 0.9747."; null before anything was trained. */
export function bestWords(sweep: SweepSpec, results: readonly CellResult[], over: boolean): string | null {
  const best = bestOf(results);
  const cell = cellsOf(sweep, results).find(({ id }) => id === best?.id);
  if (best === null || cell === undefined) return null;
  const after = sweep.kind === "search" ? ` after ${formatPlural(best.epochs, "epoch")}` : "";
  return `${over ? "Best" : "Best so far"}: ${cellWords(sweep, cell)}, ${formatAccuracy(best.score)}${after}.`;
}

/** What a screen reader hears when a cell is over: "Adam: 0.9747. 2 of 4 done" */
export function resultWords(sweep: SweepSpec, results: readonly CellResult[]): string {
  const last = results.at(-1);
  const cell = cellsOf(sweep, results).find(({ id }) => id === last?.id);
  if (last === undefined || cell === undefined) return "";
  const said = last.failure === null ? `${formatAccuracy(last.score)}.` : `failed. ${last.failure}`;
  return `${cell.label}: ${said} ${doneWords(sweep, results)}`;
}

/** How much of a sweep is done, 0 to 1. */
export function shareDone(
  sweep: SweepSpec,
  results: readonly CellResult[],
  underway: readonly CellProgress[],
): number {
  const begun = underway.reduce((sum, { share }) => sum + share, 0);
  return Math.min(1, (results.length + begun) / trainingsOf(sweep));
}
