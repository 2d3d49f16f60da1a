// One value per training step, in constant memory: when the buckets are full, neighbours are merged.

/** The most points a series ever has, however long the run. */
export const MAX_BUCKETS = 300;

export interface Series {
  /** Values seen so far. */
  steps: number;
  /** Values in a full bucket; a power of two. Only the last bucket may hold fewer. */
  stride: number;
  /** The mean of each bucket, oldest first. */
  means: readonly number[];
}

export const emptySeries: Series = { steps: 0, stride: 1, means: [] };

const lastCount = ({ steps, stride, means }: Series) => steps - (means.length - 1) * stride;

/**
 * The series with `values` at its end. A value that is not finite ends it: the run stops at that batch, and a
 * mean over it would say nothing.
 */
export function append(series: Series, values: ArrayLike<number>): Series {
  let { steps, stride } = series;
  let means = series.means.slice();
  let count = means.length === 0 ? stride : lastCount(series);
  for (let i = 0; i < values.length && Number.isFinite(values[i]); i++) {
    if (count === stride) {
      if (means.length === MAX_BUCKETS) {
        means = mergePairs(means);
        stride *= 2;
      }
      means.push(0);
      count = 0;
    }
    const last = means.length - 1;
    count += 1;
    means[last]! += (values[i]! - means[last]!) / count;
    steps += 1;
  }
  return { steps, stride, means };
}

const mergePairs = (means: readonly number[]): number[] =>
  Array.from({ length: means.length / 2 }, (_, pair) => (means[2 * pair]! + means[2 * pair + 1]!) / 2);

/**
 * The series without the steps from `steps` on, for a run that goes back. A bucket that is cut keeps its mean.
 */
export function cut(series: Series, steps: number): Series {
  if (steps >= series.steps) return series;
  return { ...series, steps, means: series.means.slice(0, Math.ceil(steps / series.stride)) };
}

export interface CurvePoint {
  /** The middle of the bucket, in steps. */
  step: number;
  mean: number;
  smooth: number;
}

/**
 * The series as a curve. `smooth` is an exponential moving average that starts without bias (as Adam's moments
 * are corrected). It is counted in steps, not in buckets, so merging buckets does not bend the line.
 * @param windowSteps steps after which a value's weight has fallen to 1/e
 */
export function curve(series: Series, windowSteps: number): CurvePoint[] {
  let average = 0;
  let weight = 0;
  return series.means.map((mean, index) => {
    const count = index === series.means.length - 1 ? lastCount(series) : series.stride;
    const kept = Math.exp(-count / windowSteps);
    average = kept * average + (1 - kept) * mean;
    weight = kept * weight + (1 - kept);
    return { step: index * series.stride + count / 2, mean, smooth: average / weight };
  });
}
