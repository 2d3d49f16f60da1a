// Two runs on common axes, as points: the one that was examined, and the mended one. Pure.
import { type Axis, accuracyAxis, epochAxis, lossAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { curve } from "@/lib/metrics/series";
import type { Run } from "@/lib/store/reduce";

export type BesideMetric = "loss" | "accuracy";

export interface BesidePoint {
  /** In epochs. */
  x: number;
  y: number;
}

export interface BesideLine {
  train: readonly BesidePoint[];
  /** One point an epoch, where it ends. */
  validation: readonly BesidePoint[];
}

export interface BesidePlot {
  /** The examined run's, then the mended one's. */
  runs: readonly [BesideLine, BesideLine];
  x: Axis;
  y: Axis;
}

type Drawn = Pick<Run, "loss" | "accuracy" | "history" | "stepsPerEpoch" | "spec" | "before">;

/** The smoothing window, in parts of a run. */
const WINDOW = 1 / 40;
/** A loss that ran away is drawn up to so many times the untrained one; the rest would be a line along the foot. */
const RUNAWAY = 2;

const validationOf = (metric: BesideMetric, { valLoss, valAccuracy }: EpochMetrics) =>
  metric === "loss" ? valLoss : valAccuracy;

function lineOf({ history, stepsPerEpoch, ...run }: Drawn, metric: BesideMetric): BesideLine {
  const series = run[metric];
  const steps = Math.max(1, stepsPerEpoch);
  return {
    train: curve(series, Math.max(1, series.steps * WINDOW)).map(({ step, smooth }) => ({
      x: step / steps,
      y: smooth,
    })),
    validation: history.flatMap((metrics) => {
      const y = validationOf(metric, metrics);
      return y === null ? [] : [{ x: metrics.epoch, y }];
    }),
  };
}

const endOf = ({ train, validation }: BesideLine) =>
  Math.max(train.at(-1)?.x ?? 0, validation.at(-1)?.x ?? 0);

export function besidePlot(before: Drawn, mended: Drawn, metric: BesideMetric): BesidePlot {
  const runs = [lineOf(before, metric), lineOf(mended, metric)] as const;
  const planned = Math.max(...[before, mended].map(({ spec }) => spec?.training.epochs ?? 1));
  const epochs = Math.max(
    1,
    Math.ceil(Math.max(...runs.map(endOf), Math.min(planned, endOf(runs[0]))) - 1e-9),
  );
  const values = runs.flatMap(({ train, validation }) => [...train, ...validation].map(({ y }) => y));
  const most = metric === "loss" ? RUNAWAY * (before.before?.loss ?? Number.POSITIVE_INFINITY) : 1;
  const shown = values.filter((value) => Number.isFinite(value)).map((value) => Math.min(value, most));
  return { runs, x: epochAxis(epochs), y: metric === "loss" ? lossAxis(shown) : accuracyAxis(shown) };
}

/** What a run had come to at an epoch; null where it had ended before, or has nothing there. */
export function besideValue(points: readonly BesidePoint[], at: number): number | null {
  const last = points.at(-1);
  if (last === undefined || at > Math.ceil(last.x - 1e-9)) return null;
  const until = points.findLast(({ x }) => x <= at + 1e-9);
  return (until ?? points[0]!).y;
}
