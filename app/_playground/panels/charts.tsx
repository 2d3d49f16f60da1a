// Loss and accuracy of the run, at most five times a second.
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { AccuracyChart } from "@/app/_charts/accuracy-chart";
import { LossChart } from "@/app/_charts/loss-chart";
import type { ChartInput } from "@/app/_charts/use-plot";
import type { Series } from "@/lib/metrics/series";
import { titleOf } from "@/lib/spec/describe";
import { whenCalm } from "@/lib/store/hurry";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";
import { useSpec } from "../use-stores";

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
    timer ??= setTimeout(() => whenCalm(tick), INTERVAL_MS);
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
  const wanted = useIntent() || run.spec !== null;
  const edited = useSpec();
  const of = titleOf(run.spec ?? edited);
  return (
    <div className="@container">
      <div className="grid gap-x-9 gap-y-2 @min-[38rem]:grid-cols-2">
        <LossChart of={of} input={useChartInput(run, run.loss)} wanted={wanted} />
        <AccuracyChart of={of} input={useChartInput(run, run.accuracy)} wanted={wanted} />
      </div>
    </div>
  );
}

const signs = ["pointermove", "pointerdown", "keydown"] as const;

/**
 * True once somebody does anything on the page: the charts are then made ready out of sight, which takes longer
 * than a page has time for while it trains. A page that nobody touches loads nothing more.
 */
function useIntent(): boolean {
  const [intent, setIntent] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    for (const sign of signs)
      window.addEventListener(sign, () => setIntent(true), { once: true, signal: controller.signal });
    return () => controller.abort();
  }, []);
  return intent;
}

function useChartInput(run: Run, series: Series): ChartInput {
  const { history, stepsPerEpoch, to, completed, restoredEpoch: kept, lookedAt } = run;
  const edited = useSpec();
  const planned = (run.spec ?? edited).training.epochs;
  // What was stopped leaves no room for epochs that did not come.
  const begun = Math.max(1, Math.ceil(series.steps / stepsPerEpoch));
  const epochs = completed?.stopped ? begun : to || planned;
  return useMemo(
    () => ({ series, history, stepsPerEpoch, epochs, planned, kept, lookedAt }),
    [series, history, stepsPerEpoch, epochs, planned, kept, lookedAt],
  );
}
