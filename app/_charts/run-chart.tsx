// A chart of a run: its name and what is good, the curves, what they say at one epoch, and a table of the epochs.
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { EpochMetrics } from "@/lib/metrics/history";
import { EmptyPlot } from "./empty-plot";
import { type Plot, type PlotInput, valuesAt } from "./plot";
import { Reader } from "./reader";
import { CHART_CLASS, LOW_CHART_CLASS } from "./size";
import { type ChartInput, usePlot } from "./use-plot";

// Recharts is downloaded when a chart is wanted, and what stands below it; until then the empty chart holds its place.
const Curves = lazy(() => import("./curves").then(({ Curves: component }) => ({ default: component })));
const Below = lazy(() => import("./below-chart"));

export interface RunChartProps {
  title: string;
  /** What the experiment is called in the chart's files; without it there are none. */
  of?: string;
  hint: string;
  /** How the curve usually goes, for the empty chart. */
  shape: "falls" | "rises";
  input: ChartInput;
  /** True where a run is on or likely: the chart is then made ready. */
  wanted: boolean;
  /** Charts are laid out one after the other, from 0: both at once would hold the page up. */
  turn: number;
  /** Low, for a place within a text. */
  low?: boolean;
  /** The epoch, from 1, from which on the curve is flat: pointed out where there is one. */
  flatFrom?: number | null;
  axis: PlotInput["axis"];
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
  format(value: number): string;
}

/** Milliseconds between the first layout of one chart and of the next. */
const TURN_MS = 150;

/** As high as what will be there. */
const belowToCome = <div className="tap" />;

/** True once there is something to draw and it is this chart's turn. */
function useTurn(wanted: boolean, turn: number): boolean {
  const [come, setCome] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => setCome(true), turn * TURN_MS);
    return () => clearTimeout(timer);
  }, [wanted, turn]);
  return come && wanted;
}

export function RunChart(props: RunChartProps) {
  const { title, hint, shape, input, wanted, turn, axis, trainOf, validationOf, format } = props;
  const { low = false, flatFrom = null, of } = props;
  const figure = useRef<HTMLElement>(null);
  const plot = usePlot(input, axis, validationOf);
  const laidOut = useTurn(wanted, turn);
  const [pointed, setPointed] = useState<number | null>(null);
  const at = pointed ?? input.lookedAt ?? null;
  const begun = plot.train.length > 0;
  const name = title.toLowerCase();
  return (
    <figure ref={figure} className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{title}</span>
        <span className="text-right text-mini text-soft">
          {begun && at !== null ? <Readout plot={plot} at={at} format={format} /> : hint}
        </span>
      </figcaption>
      <div className={`relative ${low ? LOW_CHART_CLASS : CHART_CLASS}`}>
        {!(begun && laidOut) && <EmptyPlot shape={shape} />}
        {laidOut && (
          // The chart is laid out before the first batch is there, out of sight.
          <div className={`absolute inset-0 ${begun ? "" : "invisible"}`}>
            <Reader
              name={`Epoch to read the ${name} at`}
              text={readingOf(plot, at ?? plot.x.domain[1], format).join(", ")}
              epochs={plot.x.domain[1]}
              at={at}
              onRead={setPointed}
            >
              <Suspense fallback={<EmptyPlot shape={shape} />}>
                <Curves plot={plot} at={at} format={format} flatFrom={flatFrom} />
              </Suspense>
            </Reader>
          </div>
        )}
      </div>
      <div className={begun ? "" : "invisible"}>
        <Suspense fallback={belowToCome}>
          {laidOut ? <Below {...{ figure, title, of, input, trainOf, validationOf }} /> : belowToCome}
        </Suspense>
      </div>
    </figure>
  );
}

/** "epoch 1.83", "train 0.104", "validation 0.110" */
function readingOf(plot: Plot, at: number, format: (value: number) => string): string[] {
  const { train, validation } = valuesAt(plot, at);
  return [
    `epoch ${at.toFixed(2)}`,
    ...(train === undefined ? [] : [`train ${format(train.y)}`]),
    ...(validation === undefined ? [] : [`validation ${format(validation.y)}`]),
  ];
}

const inks = ["", "text-train", "text-validation-text"];

function Readout({ plot, at, format }: { plot: Plot; at: number; format: (value: number) => string }) {
  return readingOf(plot, at, format).map((part, index) => (
    <span key={inks[index]} className={`ml-2.5 whitespace-nowrap ${inks[index]}`}>
      {part}
    </span>
  ));
}
