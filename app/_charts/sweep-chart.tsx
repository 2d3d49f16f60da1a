// A sweep's chart, the one that suits its axes: what it shows and where, and the words of its axes. The table beside it
// says the same to those who do not see it.
import { lazy, memo, Suspense, useMemo, useRef } from "react";
import { titleOf } from "@/lib/spec/describe";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { EmptyPlot } from "./empty-plot";
import { drawnIn, ExportButton } from "./export/export-button";
import { CHART_CLASS, MARGIN, Y_AXIS_WIDTH } from "./size";
import { chartOf, type Found, lineScale, type ShownCell, shownCells } from "./sweep-plot";

// Each is downloaded when a sweep of its kind is looked at.
const SweepBars = lazy(() => import("./sweep-bars"));
const SweepLine = lazy(() => import("./sweep-line"));
const SweepHeat = lazy(() => import("./sweep-heat"));
const SweepSearch = lazy(() => import("./sweep-search"));

interface SweepChartProps extends Found {
  sweep: SweepSpec;
}

/** `results` and `underway` must be the same lists as long as they say the same. */
export const SweepChart = memo(function SweepChart({ sweep, results, underway }: SweepChartProps) {
  const cells = useMemo(() => shownCells(sweep, { results, underway }), [sweep, results, underway]);
  const kind = chartOf(sweep);
  const title = sweep.base.validation.split > 0 ? "Validation accuracy" : "Training accuracy";
  const hint = kind === "heat" ? "the bluer, the better" : "higher is better";
  const drawn = useRef<HTMLDivElement>(null);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{title}</span>
        <span className="text-right text-mini text-soft">{hint}</span>
      </figcaption>
      <div ref={drawn}>
        <Suspense fallback={<Fallback kind={kind} />}>
          <Drawing sweep={sweep} cells={cells} />
        </Suspense>
      </div>
      <div className="flex min-h-6 items-center justify-between gap-4 text-2xs text-soft">
        <span style={{ paddingLeft: MARGIN.left + Y_AXIS_WIDTH }}>{axisWords(sweep, cells)}</span>
        {cells.some(({ score }) => score !== null) && (
          <ExportButton
            title={title}
            of={`${titleOf(sweep.base)}: ${sweep.title}`}
            unit={kind === "heat" ? hint : axisWords(sweep, cells)}
            legend={nothing}
            drawing={() => (kind === "heat" ? tablesIn(drawn.current) : drawnIn(drawn.current))}
            numbers={async () => (await import("./sweep-csv")).sweepCsv(sweep, { results, underway })}
          />
        )}
      </div>
    </figure>
  );
});

/** What each mark is stands in the drawing itself. */
const nothing: readonly never[] = [];

const tablesIn = (part: Element | null): Element | null =>
  part?.querySelector("table") == null ? null : part;

function Drawing({ sweep, cells }: { sweep: SweepSpec; cells: readonly ShownCell[] }) {
  if (sweep.kind === "search") return <SweepSearch sweep={sweep} cells={cells} />;
  const kind = chartOf(sweep);
  if (kind === "heat") return <SweepHeat sweep={sweep} cells={cells} />;
  return kind === "line" ? <SweepLine cells={cells} /> : <SweepBars cells={cells} />;
}

const Fallback = ({ kind }: { kind: ReturnType<typeof chartOf> }) =>
  kind === "heat" ? null : (
    <div className={CHART_CLASS}>
      <EmptyPlot shape="rises" />
    </div>
  );

/** What the x axis counts; nothing where there is none. */
function axisWords(sweep: SweepSpec, cells: readonly ShownCell[]): string {
  if (sweep.kind === "search") return "epochs, each line a trial";
  if (chartOf(sweep) !== "line") return "";
  const name = sweep.axes[0]!.label.toLowerCase();
  return lineScale(cells).scale === "log" ? `${name}, by decades` : name;
}
