// What several runs look like on the same axes: each with the curves of its own chart, read at one epoch, and where
// their letters stand. Pure.
import { type Axis, accuracyAxis, epochAxis, lossAxis } from "@/lib/metrics/axis";
import { decadesAxis, errorAxis } from "@/lib/metrics/decades";
import type { EpochMetrics } from "@/lib/metrics/history";
import type { RunRecord } from "@/lib/metrics/run-record";
import { stepsPerEpoch } from "@/lib/spec/samples";
import { buildPlot, type Plot, type Point, valuesAt } from "./plot";

/** As many as there are colours and letters for. */
export const MAX_COMPARED = 6;

export const letterOf = (index: number): string => "ABCDEF"[index]!;
export const colorOf = (index: number): string => `var(--run-${letterOf(index).toLowerCase()})`;

/** A run, and what it is called here. */
export interface ComparedRun {
  name: string;
  record: RunRecord;
}

export type Metric = "loss" | "accuracy";

const metrics = {
  loss: { axis: lossAxis, byDecades: decadesAxis, validationOf: ({ valLoss }: EpochMetrics) => valLoss },
  accuracy: {
    axis: accuracyAxis,
    byDecades: errorAxis,
    validationOf: ({ valAccuracy }: EpochMetrics) => valAccuracy,
  },
} as const;

/** How curves are looked at. */
export interface CurveView {
  /** How smooth they are against what is usual; 0 is not at all. */
  smoothing: number;
  /** Whether values, and epochs, are placed by decades. */
  valuesByDecades: boolean;
  epochsByDecades: boolean;
}

export const usualView: CurveView = { smoothing: 1, valuesByDecades: false, epochsByDecades: false };

export interface Comparison {
  /** In the order of the records, at most 300 points a line. */
  runs: readonly Pick<Plot, "train" | "validation">[];
  x: Axis;
  y: Axis;
}

/** From the first batches to the end. */
function epochDecades(plots: readonly Plot[], epochs: number): Axis {
  const { domain, ticks, decades } = decadesAxis([
    ...plots.flatMap(({ train }) => train.slice(0, 1).map(({ x }) => x)),
    epochs,
  ]);
  return { domain: [domain[0], epochs], ticks: ticks.filter((tick) => tick <= epochs), decades };
}

/** The runs' curves of one metric, over as many epochs as the longest has. */
export function compareCurves(
  records: readonly RunRecord[],
  metric: Metric,
  { smoothing, valuesByDecades, epochsByDecades }: CurveView = usualView,
): Comparison {
  const { byDecades, validationOf, axis: evenly } = metrics[metric];
  const axis = valuesByDecades ? byDecades : evenly;
  const epochs = Math.max(
    ...records.map(({ steps, experiment }) => Math.ceil(steps / stepsPerEpoch(experiment))),
  );
  const plots = records.map(({ curves, history, experiment }) =>
    buildPlot({
      series: curves[metric],
      history,
      stepsPerEpoch: stepsPerEpoch(experiment),
      epochs,
      planned: experiment.training.epochs,
      smoothing,
      validationOf,
      axis,
    }),
  );
  // An axis that holds the ends of all their axes holds them all.
  const ends = plots.flatMap(({ y }) => y.domain);
  if (!epochsByDecades) return { runs: plots, x: epochAxis(epochs), y: axis(ends) };
  // The first steps, which are left out otherwise, are most of what is seen.
  const y = axis([...ends, ...plots.flatMap(({ train }) => train.map((point) => point.y))]);
  return { runs: plots, x: epochDecades(plots, epochs), y };
}

export interface Reading {
  train: number | null;
  validation: number | null;
}

/** What each run says at an epoch, or at its own end where `at` is null; nothing past its end. */
export const readingsAt = ({ runs }: Comparison, at: number | null): Reading[] =>
  runs.map((run) => {
    const end = Math.max(run.train.at(-1)?.x ?? 0, run.validation.at(-1)?.x ?? 0);
    // The last point of a curve stands in the middle of its bucket, a little before the end.
    if (at !== null && at > Math.ceil(end - 1e-9)) return { train: null, validation: null };
    const { train, validation } = valuesAt(run as Plot, at ?? end);
    return { train: train?.y ?? null, validation: validation?.y ?? null };
  });

/** Pixels that a letter takes, and how near another has to be to be in its way. */
export const LETTER_PX = 16;

/** The places of letters, moved up and down so that none lies on another; in the order given. */
export function spread(ends: readonly Point[], top: number, bottom: number): Point[] {
  const order = ends.map((_, index) => index).sort((a, b) => ends[a]!.y - ends[b]!.y);
  const placed = ends.map(({ x, y }) => ({ x, y: Math.min(bottom, Math.max(top, y)) }));
  const near = (a: number, b: number) => Math.abs(placed[a]!.x - placed[b]!.x) < LETTER_PX;
  for (const [rank, index] of order.entries())
    for (const above of order.slice(0, rank))
      if (near(index, above)) placed[index]!.y = Math.max(placed[index]!.y, placed[above]!.y + LETTER_PX);
  // What was pushed over the foot pushes the ones above it back up.
  for (const [rank, index] of [...order.entries()].reverse()) {
    placed[index]!.y = Math.min(placed[index]!.y, bottom);
    for (const below of order.slice(rank + 1))
      if (near(index, below)) placed[index]!.y = Math.min(placed[index]!.y, placed[below]!.y - LETTER_PX);
  }
  return placed;
}
