// What a chart of a run draws, whatever draws it: points in epochs, an axis that holds still, labels, a table.
import { type Axis, epochAxis } from "@/lib/metrics/axis";
import { type EpochMetrics, thin } from "@/lib/metrics/history";
import { curve, MAX_BUCKETS, type Series } from "@/lib/metrics/series";

export interface Point {
  /** In epochs. */
  x: number;
  y: number;
}

export interface Plot {
  /** Means over a few batches, and the same smoothed. */
  batches: readonly Point[];
  train: readonly Point[];
  /** One point an epoch, where it ends. */
  validation: readonly Point[];
  x: Axis;
  y: Axis;
  /** The epoch, from 1, whose weights were put back; null where none were. */
  kept: number | null;
  /** True once the first fall is over, so that the y axis says something about the rest. */
  settled: boolean;
}

export interface PlotInput {
  series: Series;
  history: readonly EpochMetrics[];
  stepsPerEpoch: number;
  /** Epochs that the axis reaches to. */
  epochs: number;
  /** Epochs of the first plan: what lies in its first fiftieth does not stretch the axis. */
  planned: number;
  /** True where the values are means over epochs: they are shown as they are. */
  raw?: boolean;
  /** How smooth it is against what is usual; 0 is not at all. */
  smoothing?: number;
  /** The epoch, from 1, whose weights were put back. */
  kept?: number | null;
  validationOf(metrics: EpochMetrics): number | null;
  axis(values: readonly number[]): Axis;
}

/** The smoothing window, in parts of the plan: a curve is as smooth to the eye whether the run is short or long. */
const WINDOW = 1 / 100;
/** The part of the plan after which a curve has fallen from its start and its axis is settled. */
const WARM_UP = 1 / 50;

export function buildPlot(input: PlotInput): Plot {
  const { series, history, stepsPerEpoch, epochs, planned, raw = false, kept = null } = input;
  const { validationOf, axis, smoothing = 1 } = input;
  const window = Math.max(1, smoothing * planned * stepsPerEpoch * WINDOW);
  const points = curve(series, raw || smoothing === 0 ? Number.MIN_VALUE : window);
  const train = points.map(({ step, smooth }) => ({ x: step / stepsPerEpoch, y: smooth }));
  const validation = thin(history, MAX_BUCKETS).flatMap((metrics) => {
    const y = validationOf(metrics);
    return y === null ? [] : [{ x: metrics.epoch, y }];
  });
  const settled = train.filter(({ x }) => x >= planned * WARM_UP);
  const shown = settled.length > 0 ? settled : train;
  return {
    batches: points.map(({ step, mean }) => ({ x: step / stepsPerEpoch, y: mean })),
    train,
    validation,
    x: epochAxis(epochs),
    kept,
    y: axis([...shown, ...validation].map(({ y }) => y)),
    settled: settled.length > 0,
  };
}

/** The axis to show: once settled it may grow but does not shrink, so that a line never moves under the eye. */
export function holdAxis(held: Axis | null, { y, settled }: Plot): Axis | null {
  if (!settled) return null;
  const holds = held !== null && held.domain[0] <= y.domain[0] && held.domain[1] >= y.domain[1];
  return holds ? held : y;
}

/** The values at `x`: those of the nearest training point, and of the last epoch that was over by then. */
export function valuesAt({ train, validation }: Plot, x: number): { train?: Point; validation?: Point } {
  const distance = (point: Point) => Math.abs(point.x - x);
  let nearest: Point | undefined;
  for (const point of train)
    if (nearest === undefined || distance(point) < distance(nearest)) nearest = point;
  return { train: nearest, validation: validation.findLast((point) => point.x <= x + 1e-9) };
}

/** A tick with as many decimals as the axis needs, the same for all of them. */
export function formatTick(value: number, ticks: readonly number[]): string {
  // A loss that ran away.
  if (Math.max(...ticks) >= 10_000)
    return value === 0 ? "0" : Number(value.toPrecision(2)).toExponential().replace("e+", "e");
  const decimals = Math.max(...ticks.map((tick) => (String(tick).split(".")[1] ?? "").length));
  return value.toFixed(Math.min(decimals, 6));
}
