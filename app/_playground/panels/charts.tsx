// Loss and accuracy of the run, at most five times a second.
import { useMemo, useSyncExternalStore } from "react";
import { AccuracyChart } from "@/app/_charts/accuracy-chart";
import { LossChart } from "@/app/_charts/loss-chart";
import type { ChartInput } from "@/app/_charts/use-plot";
import type { Series } from "@/lib/metrics/series";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";

const INTERVAL_MS = 200;

/** The run as it was at the last tick, so that drawing never follows single events. */
let shown: Run = emptyRun;

function subscribe(notify: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tick = () => {
    timer = null;
    shown = runStore.getState();
    notify();
  };
  const unsubscribe = runStore.subscribe(() => {
    timer ??= setTimeout(tick, INTERVAL_MS);
  });
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

export function Charts() {
  const run = useSyncExternalStore(
    subscribe,
    () => shown,
    () => emptyRun,
  );
  return (
    <div className="grid gap-x-9 gap-y-2 md:grid-cols-2">
      <LossChart input={useChartInput(run, run.loss)} />
      <AccuracyChart input={useChartInput(run, run.accuracy)} />
    </div>
  );
}

/** Null while there is no run. */
function useChartInput(run: Run, series: Series): ChartInput | null {
  const { history, stepsPerEpoch, to, spec } = run;
  const planned = spec?.training.epochs ?? null;
  return useMemo(
    () => (planned === null ? null : { series, history, stepsPerEpoch, epochs: to || planned, planned }),
    [series, history, stepsPerEpoch, to, planned],
  );
}
