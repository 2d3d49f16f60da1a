// The rows of a sweep's table. Pure.
import { bestOf, cellsOf } from "@/lib/sweeps/cells";
import type { CellProgress } from "@/lib/sweeps/runner";
import { byScore } from "@/lib/sweeps/search";
import type { Cell, CellResult, SweepSpec } from "@/lib/sweeps/sweep";
import { valueWords } from "./words";

export interface Row {
  /** What opens: of a trial, its longest training. */
  cell: Cell;
  name: string;
  /** What was drawn for a trial; null where the name says it. */
  details: string | null;
  result: CellResult | null;
  training: boolean;
  best: boolean;
}

/** A grid's cells in their order; a search's trials, the best first, each with its last result. */
export function tableRows(
  sweep: SweepSpec,
  results: readonly CellResult[],
  underway: readonly CellProgress[],
): Row[] {
  const found = new Map(results.map((result) => [result.id, result]));
  const best = bestOf(results)?.id;
  const rows = cellsOf(sweep, results).map((cell): Row => {
    const training = underway.some((progress) => progress.cell.id === cell.id);
    const result = found.get(cell.id) ?? null;
    return { cell, name: cell.label, details: null, result, training, best: best === cell.id };
  });
  if (sweep.kind === "grid") return rows;
  const trials = new Map<number, Row>();
  for (const row of rows) {
    const trial = row.cell.place[0]!;
    const former = trials.get(trial);
    const shown = former === undefined || row.result !== null ? row : { ...former, training: row.training };
    trials.set(trial, {
      ...shown,
      details: valueWords(sweep, row.cell),
      best: shown.best || former?.best === true,
    });
  }
  return [...trials.values()].toSorted((a, b) => rank(a) - rank(b) || compare(a.result, b.result));
}

const rank = ({ result }: Row): number => (result === null ? 1 : result.failure === null ? 0 : 2);

/** Those that went further come first: a score after one epoch says less than one after nine. */
const compare = (a: CellResult | null, b: CellResult | null): number =>
  a === null || b === null ? 0 : b.epochs - a.epochs || byScore(a, b);
