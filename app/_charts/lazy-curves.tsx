// Recharts is downloaded when the first run needs it; until then the empty chart holds its place.
import { lazy, type ReactNode, Suspense, useDeferredValue } from "react";
import type { Plot } from "./plot";

const load = () => import("./curves");
const Curves = lazy(() => load().then(({ Curves: component }) => ({ default: component })));

/** Starts the download early, where a run is likely. */
export const preloadCharts = (): void => void load();

interface LazyCurvesProps {
  plot: Plot;
  label: string;
  format(value: number): string;
  fallback: ReactNode;
}

export function LazyCurves({ plot, label, format, fallback }: LazyCurvesProps) {
  // Drawing is what takes longest here, so it gives way to input.
  const deferred = useDeferredValue(plot);
  return (
    <Suspense fallback={fallback}>
      <Curves plot={deferred} label={label} format={format} />
    </Suspense>
  );
}
