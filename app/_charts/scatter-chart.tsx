// What accuracy cost: runs over their parameters, multiply-adds or time, the best front among them, and the same as a table.
import { type KeyboardEvent, lazy, memo, Suspense, useId, useMemo, useRef, useState } from "react";
import { formatAccuracy, formatCount } from "@/app/_ui/format";
import { Select } from "@/app/_ui/select";
import { csvOf } from "@/lib/metrics/csv";
import { type ComparedRun, colorOf, letterOf } from "./compare-plot";
import { EmptyPlot } from "./empty-plot";
import { drawnIn, ExportButton } from "./export/export-button";
import { type Cost, type ScatterPoint, scatterOf, signOf } from "./scatter-plot";
import { ScatterTable } from "./scatter-table";
import { CHART_CLASS, MARGIN, Y_AXIS_WIDTH } from "./size";

const ScatterDots = lazy(() =>
  import("./scatter-dots").then(({ ScatterDots: component }) => ({ default: component })),
);

const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const formatShort = (value: number): string => short.format(value);
const formatSeconds = (value: number): string => Number(value.toPrecision(2)).toString();

const costs = {
  parameters: { label: "parameters", unit: "parameters", tick: formatShort, say: formatCount },
  macs: { label: "multiply-adds an image", unit: "multiply-adds", tick: formatShort, say: formatCount },
  time: {
    label: "time to train",
    unit: "seconds",
    tick: formatSeconds,
    say: (value: number) => value.toFixed(2),
  },
} as const;

const costOptions = Object.entries(costs).map(([value, { label }]) => ({ value, label }));

type Among = "these" | "all";
const amongOptions: readonly { value: Among; label: string; summary?: string }[] = [
  { value: "these", label: "these runs" },
  { value: "all", label: "all kept runs", summary: "that tell the same classes apart" },
];

interface ScatterChartProps {
  /** The runs with letters; the same list as long as it holds the same runs. */
  runs: readonly ComparedRun[];
  /** Others that can be shown beside them; likewise. */
  others: readonly ComparedRun[];
  accuracyByDecades: boolean;
  marked: number | null;
  onMark(run: number | null): void;
}

/** Left alone while only the epoch is another that the charts beside it are read at. */
export const ScatterChart = memo(function ScatterChart(props: ScatterChartProps) {
  const { runs, others, accuracyByDecades, marked, onMark } = props;
  const [cost, setCost] = useState<Cost>("parameters");
  const [among, setAmong] = useState<Among>("these");
  const [costByDecades, setByDecades] = useState<boolean | null>(null);
  const [read, setRead] = useState<number | null>(null);
  const [table, setTable] = useState(false);
  const tableId = useId();
  const figure = useRef<HTMLElement>(null);
  const scatter = useMemo(
    () => scatterOf(runs, among === "all" ? others : [], { cost, costByDecades, accuracyByDecades }),
    [runs, others, among, cost, costByDecades, accuracyByDecades],
  );
  const { points, front, comparable, x } = scatter;
  const { label, unit, tick, say } = costs[cost];
  // Of a point that is gone nothing is read.
  const here = read !== null && read < points.length ? read : null;
  const words = ({ cost: price, merit }: ScatterPoint) =>
    cost === "time"
      ? `${formatAccuracy(merit)} in ${say(price)} s`
      : `${formatAccuracy(merit)} with ${say(price)} ${unit}`;
  const sentence = (point: ScatterPoint) =>
    `${signOf(point)}, ${words(point)}${point.onFront ? ", on the best front" : ""}`;

  function choose(point: number | null) {
    setRead(point);
    onMark(point === null ? null : points[point]!.run);
  }

  function onKeyDown(event: KeyboardEvent) {
    const at = here ?? -1;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, at - 1),
      ArrowDown: Math.max(0, at - 1),
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      Home: 0,
      End: points.length - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(Math.min(points.length - 1, next));
  }

  return (
    <figure ref={figure} className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="flex flex-wrap items-center gap-x-1.5 font-medium">
          Test accuracy against
          <Select
            name="What accuracy is set against"
            value={cost}
            options={costOptions}
            onChange={(value) => {
              setRead(null);
              setCost(value as Cost);
            }}
          />
          {others.length > 0 && (
            <>
              among
              <Select
                name="Runs to set against one another"
                value={among}
                options={amongOptions}
                onChange={(value) => {
                  setRead(null);
                  setAmong(value as Among);
                }}
              />
            </>
          )}
        </span>
        <span className="text-mini text-soft" aria-hidden="true">
          {here === null
            ? "up and to the left is better"
            : `${signOf(points[here]!)}: ${words(points[here]!)}`}
        </span>
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Run to read"
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={(here ?? 0) + 1}
        aria-valuetext={here === null ? `${points.length} runs, the cheapest first` : sentence(points[here]!)}
        onKeyDown={onKeyDown}
        onBlur={() => choose(null)}
        className={CHART_CLASS}
      >
        <Suspense fallback={<EmptyPlot shape="rises" />}>
          <ScatterDots scatter={scatter} read={here} marked={marked} formatCost={tick} onPoint={choose} />
        </Suspense>
      </div>
      <div className="flex items-center justify-between text-2xs text-soft">
        <span style={{ paddingLeft: MARGIN.left + Y_AXIS_WIDTH }}>
          {unit},{" "}
          <button
            type="button"
            aria-label={`The ${unit} are placed ${x.decades === undefined ? "evenly" : "by decades"}: change`}
            onClick={() => setByDecades(x.decades === undefined)}
            className="tap"
          >
            <span className="editable">{x.decades === undefined ? "evenly" : "by decades"}</span>
          </button>
        </span>
        <span className="flex items-center gap-4">
          <ExportButton
            title={`Test accuracy against ${label}`}
            unit={unit}
            legend={runs.map(({ name }, index) => ({
              sign: letterOf(index),
              color: colorOf(index),
              text: name,
            }))}
            drawing={() => drawnIn(figure.current)}
            numbers={() => csvText(points, unit)}
          />
          <button
            type="button"
            aria-expanded={table}
            aria-controls={tableId}
            onClick={() => setTable(!table)}
            className="tap underline-offset-4 hover:underline"
          >
            {table ? "Hide the table" : "Show as table"}
            <span className="sr-only"> of accuracies against {label}</span>
          </button>
        </span>
      </div>
      <p className="mt-1 text-mini text-soft">
        {comparable ? frontText(front) : "No best front: the runs do not all tell the same classes apart."}
      </p>
      <div id={tableId}>
        {table && <ScatterTable caption={`Test accuracy against ${label}`} {...{ points, unit, say }} />}
      </div>
    </figure>
  );
});

/** "Best front, dashed: B First run 2, then A First run. Nothing is as good for less." */
const frontText = (front: readonly ScatterPoint[]): string =>
  `Best front, dashed, from the cheapest: ${front.map(signOf).join(", ")}. No other run is as good for less.`;

const csvText = (points: readonly ScatterPoint[], unit: string): string =>
  csvOf(
    ["run", "name", unit, "test accuracy", "on the best front"],
    points.map(({ run, name, cost, merit, onFront }) => [
      run === null ? null : letterOf(run),
      name,
      cost,
      merit,
      onFront ? "yes" : "no",
    ]),
  );
