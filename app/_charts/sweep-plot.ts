// What the charts of a sweep draw, whatever draws it: which chart suits its axes, where each cell is, and which of them is
// the best. Pure.
import { type Axis, accuracyAxis } from "@/lib/metrics/axis";
import { bestOf, cellsOf } from "@/lib/sweeps/cells";
import type { CellProgress } from "@/lib/sweeps/runner";
import { roundsOf } from "@/lib/sweeps/search";
import type { Cell, CellResult, LabelledValue, SweepSpec } from "@/lib/sweeps/sweep";

/** A cell, and what is known of it. */
export interface ShownCell {
  cell: Cell;
  state: "open" | "training" | "done" | "failed";
  /** Of a cell that is over, or the last epoch's of one that is training; null where there is none to show. */
  score: number | null;
  /** Why it failed. */
  failure: string | null;
  best: boolean;
}

export interface Found {
  results: readonly CellResult[];
  underway: readonly CellProgress[];
}

/** The cells of a sweep as they are now, in the sweep's own order. */
export function shownCells(sweep: SweepSpec, { results, underway }: Found): ShownCell[] {
  const best = bestOf(results)?.id;
  return cellsOf(sweep, results).map((cell): ShownCell => {
    const result = results.find(({ id }) => id === cell.id);
    const progress = underway.find((training) => training.cell.id === cell.id);
    const failure = result?.failure ?? null;
    const state =
      result === undefined ? (progress === undefined ? "open" : "training") : failure ? "failed" : "done";
    const score = state === "done" ? result!.score : (progress?.score ?? null);
    return { cell, state, score: state === "failed" ? null : score, failure, best: cell.id === best };
  });
}

/** Scored cells first, the best on top; then what is open, in its order; then what failed. */
export function inOrder(cells: readonly ShownCell[]): ShownCell[] {
  const rank = ({ state, score }: ShownCell) => (state === "failed" ? 2 : score === null ? 1 : 0);
  return cells.toSorted((a, b) => rank(a) - rank(b) || (b.score ?? 0) - (a.score ?? 0));
}

/** The axis of the scores that are there. */
export const scoreAxis = (cells: readonly ShownCell[]): Axis =>
  accuracyAxis(cells.flatMap(({ score }) => score ?? []));

export type SweepChartKind = "bars" | "line" | "heat" | "search";

/** Fewer values than this make no line. */
const FEWEST_ON_A_LINE = 3;

/** Numbers along one axis are a line, other things bars; two or three axes are a map. */
export function chartOf(sweep: SweepSpec): SweepChartKind {
  if (sweep.kind === "search") return "search";
  const [axis, ...others] = sweep.axes;
  if (others.length > 0) return "heat";
  return axis!.values.length >= FEWEST_ON_A_LINE && axis!.values.every(isNumber) ? "line" : "bars";
}

const isNumber = ({ value }: LabelledValue): boolean => typeof value === "number";

export interface NumberScale {
  scale: "log" | "linear";
  domain: readonly [number, number];
  ticks: readonly number[];
}

/** From this ratio of the largest to the least on, values are placed by their decades. */
const LOG_FROM = 8;

/** A scale that holds these numbers; a lone one has some room around it. */
export function numberScale(values: readonly number[]): NumberScale {
  const ticks = [...new Set(values)].toSorted((a, b) => a - b);
  const [least, most] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const scale = least > 0 && most / least >= LOG_FROM ? "log" : "linear";
  return { scale, domain: least === most ? [least - 1, most + 1] : [least, most], ticks };
}

/**
 * The numbers that a line is drawn over. Cells that are not allowed were never trained, and may lie far off: they are
 * told below the chart.
 */
export const lineScale = (cells: readonly ShownCell[]): NumberScale =>
  numberScale(cells.filter(({ cell }) => cell.spec !== null).map(numberOf));

export const numberOf = ({ cell }: ShownCell): number => cell.values[0]!.value as number;

/** A trial of a search: its score after each round that it was in. */
export interface TrialLine {
  trial: number;
  label: string;
  points: readonly { epochs: number; score: number; training: boolean }[];
  best: boolean;
}

export function trialLines(cells: readonly ShownCell[]): TrialLine[] {
  const lines = new Map<number, ShownCell[]>();
  for (const shown of cells) {
    const trial = shown.cell.place[0]!;
    lines.set(trial, [...(lines.get(trial) ?? []), shown]);
  }
  return [...lines].map(([trial, own]) => ({
    trial,
    label: own[0]!.cell.label,
    points: own.flatMap(({ cell, score, state }) =>
      score === null || cell.spec === null
        ? []
        : [{ epochs: cell.spec.training.epochs, score, training: state === "training" }],
    ),
    best: own.some(({ best }) => best),
  }));
}

/** The epochs at which a search's rounds end. */
export const roundScale = (sweep: Extract<SweepSpec, { kind: "search" }>): NumberScale =>
  numberScale(roundsOf(sweep).map(({ epochs }) => epochs));

/** A number at a point: above it, below it, or nowhere for want of room. */
export type LabelSide = "above" | "below" | null;

/** Pixels that the number at a point takes. */
const LABEL = { width: 46, height: 15, gap: 9 };

/**
 * On which side of its point each number is written so that none lies on another. The first in the list have the first
 * choice.
 * @param points in pixels
 */
export function placeLabels(points: readonly { x: number; y: number }[]): LabelSide[] {
  const taken: { x: number; y: number }[] = [];
  const isFree = (place: { x: number; y: number }) =>
    taken.every(({ x, y }) => Math.abs(x - place.x) >= LABEL.width || Math.abs(y - place.y) >= LABEL.height);
  return points.map(({ x, y }) => {
    for (const side of ["above", "below"] as const) {
      const place = { x, y: side === "above" ? y - LABEL.gap : y + LABEL.gap + LABEL.height };
      if (!isFree(place)) continue;
      taken.push(place);
      return side;
    }
    return null;
  });
}

/** One map for each value of a third axis, one alone without it. */
export interface HeatMap {
  /** "Batch size 64"; null where there is only one. */
  title: string | null;
  rows: readonly { label: string; cells: readonly ShownCell[] }[];
}

export function heatMaps(
  sweep: Extract<SweepSpec, { kind: "grid" }>,
  cells: readonly ShownCell[],
): HeatMap[] {
  const [rows, , third] = sweep.axes;
  return (third?.values ?? [null]).map((value, index) => ({
    title: value === null ? null : `${third!.label} ${value.label}`,
    rows: rows!.values.map(({ label }, row) => ({
      label,
      cells: cells.filter(({ cell: { place } }) => place[0] === row && (place[2] ?? 0) === index),
    })),
  }));
}

/** Errors below this are all the same to the eye. */
const LEAST_ERROR = 1e-4;

const orderOf = (score: number): number => -Math.log(Math.max(LEAST_ERROR, 1 - score));

/**
 * Where a score lies between the least and the most that there is, 0 to 1; 1 where all are the same. Counted in halves of
 * the error, so that a cell that learned nothing does not make all others look alike.
 */
export function shareOf(score: number, cells: readonly ShownCell[]): number {
  const orders = cells.flatMap((shown) => (shown.score === null ? [] : orderOf(shown.score)));
  const [least, most] = [Math.min(...orders), Math.max(...orders)];
  return most === least ? 1 : (orderOf(score) - least) / (most - least);
}
