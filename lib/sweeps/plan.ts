// What a sweep costs, in multiply-adds of forward passes: for the time it will take, and the time that is left.
import type { ExperimentSpec } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { countSamples } from "../spec/samples";
import { cellsOf } from "./cells";
import { roundsOf } from "./search";
import type { Cell, CellResult, SweepSpec } from "./sweep";

const costs = new WeakMap<ExperimentSpec, number>();

/** What training an experiment to its end costs; the backward pass grows with it. */
export function costOf(spec: ExperimentSpec): number {
  const cost = costs.get(spec) ?? countSamples(spec).train * buildProgram(spec).macs * spec.training.epochs;
  costs.set(spec, cost);
  return cost;
}

const costOfCell = ({ spec }: Cell): number => (spec === null ? 0 : costOf(spec));

/** How many trainings a sweep is made of, those that go on in another round counted again. */
export const trainingsOf = (sweep: SweepSpec): number =>
  sweep.kind === "grid"
    ? sweep.axes.reduce((count, { values }) => count * values.length, 1)
    : roundsOf(sweep).reduce((count, { trials }) => count + trials, 0);

/**
 * What is left to be trained. Rounds of a search that are not decided yet count as so many of its average trial.
 * @param cells those that are known by now
 */
function costLeft(sweep: SweepSpec, cells: readonly Cell[], results: readonly CellResult[]): number {
  const done = new Set(results.map(({ id }) => id));
  const known = cells.filter(({ id }) => !done.has(id)).reduce((sum, cell) => sum + costOfCell(cell), 0);
  if (sweep.kind === "grid") return known;
  const first = cells.filter(({ place }) => place[1] === 0);
  const perEpoch = first.reduce((sum, cell) => sum + costOfCell(cell), 0) / first.length / sweep.minEpochs;
  const decided = Math.max(...cells.map(({ place }) => place[1]!)) + 1;
  return roundsOf(sweep)
    .slice(decided)
    .reduce((sum, { epochs, trials }) => sum + perEpoch * epochs * trials, known);
}

/** What the whole sweep costs. */
export const costOfSweep = (sweep: SweepSpec): number => costLeft(sweep, cellsOf(sweep), []);

/** How far a training is: which part of it is done, 0 to 1, and how long the rest will take. */
export interface Underway {
  cell: Cell;
  share: number;
  /** Null before the first step. */
  etaMs: number | null;
}

/**
 * How long the rest of a sweep will take, from what its trainings took so far; null before that is known.
 * @param lanes how many trainings go on side by side
 */
export function leftMs(
  sweep: SweepSpec,
  results: readonly CellResult[],
  underway: readonly Underway[],
  lanes: number,
): number | null {
  const cells = cellsOf(sweep, results);
  let [elapsed, cost] = [0, 0];
  for (const { id, failure, elapsedMs } of results) {
    const cell = cells.find((candidate) => candidate.id === id);
    if (failure !== null || cell === undefined) continue;
    elapsed += elapsedMs;
    cost += costOfCell(cell);
  }
  let left = costLeft(sweep, cells, results);
  for (const { cell, share, etaMs } of underway) {
    left -= costOfCell(cell) * share;
    if (etaMs === null || cost > 0 || share === 1) continue;
    elapsed += etaMs;
    cost += costOfCell(cell) * (1 - share);
  }
  return cost === 0 ? null : (Math.max(0, left) * elapsed) / cost / lanes;
}
