// The trainings that a sweep is made of.
import { changeSpec } from "./change";
import { byScore, searchCells } from "./search";
import type { Cell, CellResult, GridSweep, LabelledValue, SweepSpec } from "./sweep";

/** More than this is a matter of days on a phone. */
export const MAX_CELLS = 256;

/**
 * The cells of a sweep. A grid has them all from the beginning, the last axis changing fastest; a search has those of
 * the rounds that are decided by the results so far.
 */
export function cellsOf(sweep: SweepSpec, results: readonly CellResult[] = []): readonly Cell[] {
  return sweep.kind === "grid" ? gridCells(sweep) : searchCells(sweep, results);
}

/** Every choice of one item from each list, by index; the last one changes fastest. */
const places = (lengths: readonly number[]): number[][] =>
  lengths.reduce<number[][]>(
    (all, length) => all.flatMap((place) => Array.from({ length }, (_, index) => [...place, index])),
    [[]],
  );

const grids = new WeakMap<GridSweep, Cell[]>();

/** Made once for each grid: every experiment in it goes through the parser. */
function gridCells(sweep: GridSweep): Cell[] {
  const known = grids.get(sweep) ?? makeCells(sweep);
  grids.set(sweep, known);
  return known;
}

function makeCells({ base, axes }: GridSweep): Cell[] {
  return places(axes.map(({ values }) => values.length)).map((place) => {
    const values = axes.map((axis, index): LabelledValue => axis.values[place[index]!]!);
    const changes = axes.map(({ field }, index) => ({ field, value: values[index]!.value }));
    return {
      id: place.join("."),
      label: values.map(({ label }) => label).join(" · "),
      place,
      values,
      ...changeSpec(base, changes),
    };
  });
}

/** The best cell that was trained; of equals, the first. */
export function bestOf(results: readonly CellResult[]): CellResult | null {
  const trained = results.filter(({ failure }) => failure === null);
  return (
    trained.toSorted((a, b) => byScore(a, b) || a.id.localeCompare(b.id, "en", { numeric: true }))[0] ?? null
  );
}
