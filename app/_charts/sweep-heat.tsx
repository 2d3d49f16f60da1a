// A sweep over two fields: a map of its scores with the numbers in it, as the table that it is; over three, a map for each
// value of the third.
import { X } from "lucide-react";
import { formatAccuracy } from "@/app/_ui/format";
import type { GridSweep } from "@/lib/sweeps/sweep";
import { type HeatMap, heatMaps, type ShownCell, shareOf } from "./sweep-plot";

interface SweepHeatProps {
  sweep: GridSweep;
  cells: readonly ShownCell[];
}

export default function SweepHeat({ sweep, cells }: SweepHeatProps) {
  const maps = heatMaps(sweep, cells);
  return (
    <div className={maps.length > 1 ? "grid gap-x-8 gap-y-6 md:grid-cols-2" : ""}>
      {maps.map((map) => (
        <Heat key={map.title} sweep={sweep} map={map} all={cells} />
      ))}
    </div>
  );
}

function Heat({ sweep, map, all }: { sweep: GridSweep; map: HeatMap; all: readonly ShownCell[] }) {
  const [rows, columns] = sweep.axes;
  return (
    // What only screen readers find in it scrolls along, and does not widen the page.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="relative overflow-x-auto" tabIndex={0}>
      <table className="w-full table-fixed border-separate border-spacing-[3px] text-center text-mini">
        <caption className={map.title === null ? "sr-only" : "pb-1 text-left font-medium"}>
          {map.title ?? `Scores by ${rows!.label.toLowerCase()} and ${columns!.label.toLowerCase()}`}
        </caption>
        <colgroup>
          <col className="w-20" />
          {columns!.values.map(({ label }) => (
            <col key={label} className="w-16" />
          ))}
        </colgroup>
        <thead className="text-soft">
          <tr>
            <td />
            {/* Above the first column, where it is seen on a phone too before one scrolls. */}
            <th
              scope="colgroup"
              colSpan={columns!.values.length}
              className="pb-0.5 pl-1 text-left text-2xs font-normal"
            >
              {columns!.label}
            </th>
          </tr>
          <tr>
            <th scope="col" className="pr-1.5 text-left align-bottom text-2xs font-normal wrap-anywhere">
              {rows!.label}
            </th>
            {columns!.values.map(({ label }) => (
              <th key={label} scope="col" className="pb-0.5 font-medium text-ink wrap-anywhere">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row" className="pr-1.5 text-left font-medium wrap-anywhere">
                {label}
              </th>
              {cells.map((shown) => (
                <HeatCell key={shown.cell.id} shown={shown} all={all} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Share of the ink in the darkest and the lightest cell: text can be read on all of them. */
const INK = { least: 6, most: 40 };

function HeatCell({ shown, all }: { shown: ShownCell; all: readonly ShownCell[] }) {
  const { state, score, failure, best } = shown;
  const ink = score === null ? 0 : INK.least + (INK.most - INK.least) * shareOf(score, all);
  return (
    <td
      title={failure ?? undefined}
      className={`h-11 rounded-md ${best ? "font-semibold outline-2 outline-train -outline-offset-1" : ""} ${score === null ? "border border-line border-dashed text-soft" : ""}`}
      style={
        score === null
          ? undefined
          : { background: `color-mix(in srgb, var(--train) ${ink.toFixed(1)}%, var(--paper))` }
      }
    >
      {state === "failed" && (
        <span className="inline-flex items-center gap-1 text-wrong">
          <X className="size-3.5 shrink-0" aria-hidden="true" />
          failed
        </span>
      )}
      {state === "open" && (
        <>
          <span aria-hidden="true">–</span>
          <span className="sr-only">not trained yet</span>
        </>
      )}
      {(state === "training" || state === "done") && (
        <span className="block leading-tight">
          {score === null ? "…" : formatAccuracy(score)}
          {state === "training" && <span className="block text-2xs text-soft">training</span>}
          {best && <span className="block text-2xs">best</span>}
        </span>
      )}
    </td>
  );
}
