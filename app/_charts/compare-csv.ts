// The numbers behind compared curves, one a row, as programs like to read them.
import { csvOf } from "@/lib/metrics/csv";
import type { EpochMetrics } from "@/lib/metrics/history";
import { curve } from "@/lib/metrics/series";
import { stepsPerEpoch } from "@/lib/spec/samples";
import { type ComparedRun, letterOf, type Metric } from "./compare-plot";

interface Readers {
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
}

/** Each run's batches (means of a few where there are many), epochs and validations; nothing of it is smoothed. */
export function compareCsv(
  runs: readonly ComparedRun[],
  metric: Metric,
  { trainOf, validationOf }: Readers,
): string {
  const rows = runs.flatMap(({ name, record: { curves, history, experiment } }, run) => {
    const row = (line: string) => (epoch: number, value: number | null) =>
      value === null ? [] : [[letterOf(run), name, line, epoch, value]];
    const [batches, training, validation] = [row("batches"), row("training"), row("validation")];
    return [
      ...curve(curves[metric], Number.MIN_VALUE).flatMap(({ step, mean }) =>
        batches(step / stepsPerEpoch(experiment), mean),
      ),
      ...history.flatMap((metrics) => training(metrics.epoch, trainOf(metrics))),
      ...history.flatMap((metrics) => validation(metrics.epoch, validationOf(metrics))),
    ];
  });
  return csvOf(["run", "name", "line", "epoch", metric], rows);
}
