// What a chart of a run draws, whatever draws it: points in epochs, an axis that holds still, labels, a table.
import { type Axis, epochAxis } from "@/lib/metrics/axis";
import { type EpochMetrics, thin } from "@/lib/metrics/history";
import { curve, MAX_BUCKETS, type Series } from "@/lib/metrics/series";

export interface PlotPoint {
  /** In epochs. */
  x: number;
  /** The mean over the point's batches, and smoothed; absent where the point is an epoch's end. */
  batch?: number;
  train?: number;
  validation?: number;
}

export interface Plot {
  points: readonly PlotPoint[];
  x: Axis;
  y: Axis;
  /** True once the first fall is over, so that the y axis says something about the rest. */
  settled: boolean;
  /** Where each line ends. */
  trainEnd: { x: number; y: number } | null;
  validationEnd: { x: number; y: number } | null;
}

export interface PlotInput {
  series: Series;
  history: readonly EpochMetrics[];
  stepsPerEpoch: number;
  /** Epochs that the axis reaches to. */
  epochs: number;
  /** Epochs of the first plan: what lies in its first fiftieth does not stretch the axis. */
  planned: number;
  validationOf(metrics: EpochMetrics): number | null;
  axis(values: readonly number[]): Axis;
}

/** The smoothing window, in parts of the plan: a curve is as smooth to the eye whether the run is short or long. */
const WINDOW = 1 / 60;
/** The part of the plan after which a curve has fallen from its start and its axis is settled. */
const WARM_UP = 1 / 50;

export function buildPlot(input: PlotInput): Plot {
  const { series, history, stepsPerEpoch, epochs, planned, validationOf, axis } = input;
  const batches = curve(series, Math.max(1, planned * stepsPerEpoch * WINDOW)).map(({ step, mean, smooth }) => ({
    x: step / stepsPerEpoch,
    batch: mean,
    train: smooth,
  }));
  const ends = thin(history, MAX_BUCKETS).flatMap((metrics) => {
    const validation = validationOf(metrics);
    return validation === null ? [] : [{ x: metrics.epoch, validation }];
  });
  const points: PlotPoint[] = [...batches, ...ends].sort((a, b) => a.x - b.x);

  const settled = batches.filter(({ x }) => x >= planned * WARM_UP);
  const shown = (settled.length > 0 ? settled : batches).map(({ train }) => train);
  const lastBatch = batches.at(-1);
  const lastEnd = ends.at(-1);
  return {
    points,
    x: epochAxis(epochs),
    settled: settled.length > 0,
    y: axis([...shown, ...ends.map(({ validation }) => validation)]),
    trainEnd: lastBatch === undefined ? null : { x: lastBatch.x, y: lastBatch.train },
    validationEnd: lastEnd === undefined ? null : { x: lastEnd.x, y: lastEnd.validation },
  };
}

/** The axis to show: once settled it may grow but does not shrink, so that a line never moves under the eye. */
export function holdAxis(held: Axis | null, { y, settled }: Plot): Axis | null {
  if (!settled) return null;
  const holds = held !== null && held.domain[0] <= y.domain[0] && held.domain[1] >= y.domain[1];
  return holds ? held : y;
}

/** The values under a pointer at `x`: those of the nearest training point, and of the last epoch that was over. */
export function valuesAt({ points }: Plot, x: number): { x: number; train?: number; validation?: number } {
  let nearest: PlotPoint | undefined;
  let validation: number | undefined;
  for (const point of points) {
    if (point.validation !== undefined && point.x <= x + 1e-9) validation = point.validation;
    if (point.train === undefined) continue;
    if (nearest === undefined || Math.abs(point.x - x) < Math.abs(nearest.x - x)) nearest = point;
  }
  return { x, train: nearest?.train, validation };
}

/** A tick with as many decimals as the axis needs, the same for all of them. */
export function formatTick(value: number, ticks: readonly number[]): string {
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split(".")[1] ?? "").length));
  return value.toFixed(Math.min(decimals, 6));
}
