// How a run's loss went, small and without numbers: they stand beside it.
import { thin } from "@/lib/metrics/history";
import { curve, type Series } from "@/lib/metrics/series";

const WIDTH = 96;
const HEIGHT = 32;
const POINTS = 60;
/** The smoothing window, in parts of the run. */
const WINDOW = 1 / 40;

export function Sparkline({ series, className = "" }: { series: Series; className?: string }) {
  const points = thin(curve(series, Math.max(1, series.steps * WINDOW)), POINTS);
  const values = points.map(({ smooth }) => smooth);
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const path = points.map(({ step, smooth }, index) => {
    const x = (WIDTH * step) / series.steps;
    const y = HEIGHT - 2 - ((HEIGHT - 4) * (smooth - least)) / span;
    return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={className} aria-hidden="true">
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="var(--line)" />
      <path d={path.join("")} fill="none" stroke="var(--train)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
