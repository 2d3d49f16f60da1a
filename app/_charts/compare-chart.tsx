// One metric of several runs: their curves on common axes, what each says at one epoch, and the same as a table.
import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import type { Axis } from "@/lib/metrics/axis";
import { placeOn, valueOn } from "@/lib/metrics/decades";
import type { EpochMetrics } from "@/lib/metrics/history";
import { compareCsv } from "./compare-csv";
import {
  type ComparedRun,
  type CurveView,
  colorOf,
  compareCurves,
  letterOf,
  type Metric,
  type Reading,
  readingsAt,
} from "./compare-plot";
import { CompareTable } from "./compare-table";
import { EmptyPlot } from "./empty-plot";
import { drawnIn, ExportButton } from "./export/export-button";
import { Reader } from "./reader";
import { RunBadge } from "./run-badge";
import { CHART_CLASS, MARGIN, Y_AXIS_WIDTH } from "./size";

// Recharts is downloaded when a chart is wanted.
const CompareCurves = lazy(() =>
  import("./compare-curves").then(({ CompareCurves: component }) => ({ default: component })),
);

export type ShownLines = "both" | "training" | "validation";

interface CompareChartProps extends CurveView {
  title: string;
  hint: string;
  metric: Metric;
  /** Must be the same list as long as it holds the same runs. */
  runs: readonly ComparedRun[];
  lines: ShownLines;
  /** The epoch that all charts are read at, or null. */
  at: number | null;
  onRead(at: number | null): void;
  /** The run that stands out, or null. */
  marked: number | null;
  onMark(run: number | null): void;
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
  format(value: number): string;
}

export function CompareChart(props: CompareChartProps) {
  const { title, hint, metric, runs, lines, at, onRead, marked, onMark, format } = props;
  const { trainOf, validationOf, smoothing, valuesByDecades, epochsByDecades } = props;
  const comparison = useMemo(() => {
    const whole = compareCurves(
      runs.map(({ record }) => record),
      metric,
      { smoothing, valuesByDecades, epochsByDecades },
    );
    const shown = whole.runs.map(({ train, validation }) => ({
      train: lines === "validation" ? [] : train,
      validation: lines === "training" ? [] : validation,
    }));
    return { ...whole, runs: shown };
  }, [runs, metric, lines, smoothing, valuesByDecades, epochsByDecades]);
  const figure = useRef<HTMLElement>(null);
  const [table, setTable] = useState(false);
  const tableId = useId();
  const readings = readingsAt(comparison, at);
  const name = title.toLowerCase();
  return (
    <figure ref={figure} className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{title}</span>
        <span className="text-mini text-soft">{at === null ? hint : `epoch ${at.toFixed(2)}`}</span>
      </figcaption>
      <div className={CHART_CLASS}>
        <Reader
          name={`Epoch to compare the ${name} at`}
          text={spoken(readings, at, format)}
          epochs={comparison.x.domain[1]}
          epochOf={(share) => epochOf(comparison.x, share)}
          at={at}
          onRead={onRead}
        >
          <Suspense fallback={<EmptyPlot shape={metric === "loss" ? "falls" : "rises"} />}>
            <CompareCurves comparison={comparison} at={at} marked={marked} />
          </Suspense>
        </Reader>
      </div>
      <div className="flex items-center justify-between text-2xs text-soft">
        <span style={{ paddingLeft: MARGIN.left + Y_AXIS_WIDTH }}>epochs</span>
        <span className="flex items-center gap-4">
          <ExportButton
            title={`${title}, ${runs.length} runs`}
            unit="epochs"
            legend={runs.map((run, index) => ({
              sign: letterOf(index),
              color: colorOf(index),
              text: run.name,
            }))}
            drawing={() => drawnIn(figure.current)}
            numbers={() => compareCsv(runs, metric, { trainOf, validationOf })}
          />
          <button
            type="button"
            aria-expanded={table}
            aria-controls={tableId}
            onClick={() => setTable(!table)}
            className="tap underline-offset-4 hover:underline"
          >
            {table ? "Hide the table" : "Show as table"}
            <span className="sr-only"> of {name}</span>
          </button>
        </span>
      </div>
      <Values runs={runs} readings={readings} format={format} onMark={onMark} />
      <div id={tableId}>
        {table && <CompareTable caption={`${title} by epoch`} {...{ runs, trainOf, validationOf }} />}
      </div>
    </figure>
  );
}

/** The epoch at a share of an axis' length. */
function epochOf(axis: Axis, share: number): number {
  const [from, to] = axis.domain.map((end) => placeOn(axis, end)) as [number, number];
  return Math.min(axis.domain[1], valueOn(axis, from + share * (to - from)));
}

const valueOr = (value: number | null, format: (value: number) => string) =>
  value === null ? "–" : format(value);

/** "epoch 1.83, A training 0.104, validation 0.110, B ended" */
function spoken(readings: readonly Reading[], at: number | null, format: (value: number) => string): string {
  const parts = readings.map(({ train, validation }, run) => {
    const values = [
      ...(train === null ? [] : [`training ${format(train)}`]),
      ...(validation === null ? [] : [`validation ${format(validation)}`]),
    ];
    return `${letterOf(run)} ${values.length === 0 ? "has nothing there" : values.join(", ")}`;
  });
  return [at === null ? "at each run's end" : `epoch ${at.toFixed(2)}`, ...parts].join(", ");
}

interface ValuesProps {
  runs: readonly ComparedRun[];
  readings: readonly Reading[];
  format(value: number): string;
  onMark(run: number | null): void;
}

/** Which letter is which run, and its values: under the pointer, else at its end. The slider says them aloud. */
function Values({ runs, readings, format, onMark }: ValuesProps) {
  return (
    <div aria-hidden="true" className="mt-2 grid grid-cols-[auto_minmax(0,1fr)_auto_auto] gap-x-3 text-mini">
      <span className="col-span-2" />
      <span className="text-right text-2xs text-soft">training</span>
      <span className="text-right text-2xs text-soft">validation</span>
      {readings.map(({ train, validation }, run) => (
        <div
          key={letterOf(run)}
          onPointerEnter={() => onMark(run)}
          onPointerLeave={() => onMark(null)}
          className="col-span-full grid grid-cols-subgrid items-center border-line border-t py-1"
        >
          <RunBadge index={run} />
          <span className="truncate">{runs[run]!.name}</span>
          <span className="min-w-14 text-right">{valueOr(train, format)}</span>
          <span className="min-w-14 text-right">{valueOr(validation, format)}</span>
        </div>
      ))}
    </div>
  );
}
