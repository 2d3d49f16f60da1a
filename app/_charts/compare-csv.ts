// The numbers behind the curves of runs, one a row, as programs like to read them.
import { csvOf } from "@/lib/metrics/csv";
import type { EpochMetrics } from "@/lib/metrics/history";
import { curve, type Series } from "@/lib/metrics/series";
import { stepsPerEpoch } from "@/lib/spec/samples";
import { type ComparedRun, letterOf, type Metric } from "./compare-plot";

interface Readers {
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
}

interface Curves {
  series: Series;
  history: readonly EpochMetrics[];
  stepsPerEpoch: number;
}

type Row = readonly [line: string, epoch: number, value: number];

/** A run's batches (means of a few where there are many), epochs and validations; nothing of it is smoothed. */
function rowsOf(
  { series, history, stepsPerEpoch: steps }: Curves,
  { trainOf, validationOf }: Readers,
): Row[] {
  return [
    ...curve(series, Number.MIN_VALUE).map(({ step, mean }): Row => ["batches", step / steps, mean]),
    ...history.map((metrics): Row => ["training", metrics.epoch, trainOf(metrics)]),
    ...history.flatMap((metrics): Row[] => {
      const value = validationOf(metrics);
      return value === null ? [] : [["validation", metrics.epoch, value]];
    }),
  ];
}

/** @param metric the name of the values' column */
export const runCsv = (run: Curves, metric: string, readers: Readers): string =>
  csvOf(["line", "epoch", metric], rowsOf(run, readers));

export function compareCsv(runs: readonly ComparedRun[], metric: Metric, readers: Readers): string {
  const rows = runs.flatMap(({ name, record: { curves, history, experiment } }, run) =>
    rowsOf({ series: curves[metric], history, stepsPerEpoch: stepsPerEpoch(experiment) }, readers).map(
      (row) => [letterOf(run), name, ...row],
    ),
  );
  return csvOf(["run", "name", "line", "epoch", metric], rows);
}
