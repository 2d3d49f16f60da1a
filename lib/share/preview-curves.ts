// What the picture of a run shows beside its network: the curves in a square of 1×1 and their last values. A record
// may hold any finite number, as it comes from somewhere else: what is drawn stays within the square all the same.
import { type Axis, accuracyAxis, lossAxis } from "../metrics/axis";
import { type EpochMetrics, thin } from "../metrics/history";
import type { RunRecord } from "../metrics/run-record";
import { curve, MAX_BUCKETS, type Series } from "../metrics/series";
import { stepsPerEpoch } from "../spec/samples";

/** 0 to 1 each, from the left and from the bottom. */
export interface PreviewPoint {
  x: number;
  y: number;
}

export interface PreviewChart {
  name: "Loss" | "Accuracy";
  train: readonly PreviewPoint[];
  /** One point an epoch. */
  validation: readonly PreviewPoint[];
  /** The ends of the axis, from the bottom. */
  ends: readonly [string, string];
  /** Values of the last epoch, written out; null without validation. */
  last: { train: string; validation: string | null };
}

export interface CurvesPreview {
  /** "97.52%" */
  testAccuracy: string;
  charts: readonly PreviewChart[];
}

/** A loss above this has run away, wherever it went. */
const HIGHEST = 1e9;
/** The smoothing window and what is left out of the axis at the start, in parts of the run. */
const WINDOW = 1 / 100;
const WARM_UP = 1 / 50;

interface Quantity {
  name: PreviewChart["name"];
  series: Series;
  axis(values: readonly number[]): Axis;
  trainOf(epoch: EpochMetrics): number;
  validationOf(epoch: EpochMetrics): number | null;
  format(value: number): string;
}

export function curvesOf(run: RunRecord): CurvesPreview {
  const { curves, history, experiment, test } = run;
  const perEpoch = Math.max(1, stepsPerEpoch(experiment));
  const steps = Math.max(run.steps, history.length * perEpoch);
  const chartOf = ({ name, series, axis, trainOf, validationOf, format }: Quantity): PreviewChart => {
    const train = curve(series, Math.max(1, steps * WINDOW)).map(({ step, smooth }) => ({
      x: bounded(step / steps, 1),
      value: bounded(smooth, HIGHEST),
    }));
    const validation = thin(history, MAX_BUCKETS).flatMap((epoch) => {
      const value = validationOf(epoch);
      const x = bounded((epoch.epoch * perEpoch) / steps, 1);
      return value === null ? [] : [{ x, value: bounded(value, HIGHEST) }];
    });
    const settled = train.filter(({ x }) => x >= WARM_UP);
    const shown = [...(settled.length > 0 ? settled : train), ...validation];
    const [bottom, top] = axis(shown.map(({ value }) => value)).domain;
    const place = ({ x, value }: { x: number; value: number }): PreviewPoint => ({
      x,
      y: bounded((value - bottom) / (top - bottom), 1),
    });
    const last = history.at(-1)!;
    const lastValidation = validationOf(last);
    return {
      name,
      train: train.map(place),
      validation: validation.map(place),
      ends: [shortNumber(bottom), shortNumber(top)],
      last: {
        train: format(trainOf(last)),
        validation: lastValidation === null ? null : format(lastValidation),
      },
    };
  };
  const loss = chartOf({
    name: "Loss",
    series: curves.loss,
    axis: lossAxis,
    trainOf: (epoch) => epoch.loss,
    validationOf: ({ valLoss }) => valLoss,
    format: formatLoss,
  });
  const accuracy = chartOf({
    name: "Accuracy",
    series: curves.accuracy,
    axis: accuracyAxis,
    trainOf: (epoch) => epoch.accuracy,
    validationOf: ({ valAccuracy }) => valAccuracy,
    format: (value) => value.toFixed(4),
  });
  return { testAccuracy: `${(100 * test.accuracy).toFixed(2)}%`, charts: [loss, accuracy] };
}

const bounded = (value: number, most: number) =>
  Number.isFinite(value) ? Math.min(Math.max(value, 0), most) : 0;

const power = (value: number) => value.toExponential(1).replace("e+", "e");
const shortNumber = (value: number) => (value >= 10_000 ? power(value) : String(value));
const formatLoss = (loss: number) => (Math.abs(loss) >= 10_000 ? power(loss) : loss.toFixed(4));
