// A sweep's chart, the one that suits its axes: what it shows and where, and the words of its axes. The table beside it
// says the same to those who do not see it.
import { lazy, memo, Suspense, useMemo } from "react";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { EmptyPlot } from "./empty-plot";
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
  const validated = sweep.base.validation.split > 0;
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{validated ? "Validation accuracy" : "Training accuracy"}</span>
        <span className="text-right text-mini text-soft">
          {kind === "heat" ? "the bluer, the better" : "higher is better"}
        </span>
      </figcaption>
      <Suspense fallback={<Fallback kind={kind} />}>
        <Drawing sweep={sweep} cells={cells} />
      </Suspense>
      {(kind === "line" || kind === "search") && (
        <p className="text-2xs text-soft" style={{ paddingLeft: MARGIN.left + Y_AXIS_WIDTH }}>
          {axisWords(sweep, cells)}
        </p>
      )}
    </figure>
  );
});

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

function axisWords(sweep: SweepSpec, cells: readonly ShownCell[]): string {
  if (sweep.kind === "search") return "epochs, each line a trial";
  const name = sweep.axes[0]!.label.toLowerCase();
  return lineScale(cells).scale === "log" ? `${name}, by decades` : name;
}
