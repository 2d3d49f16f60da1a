// How numbers are spread, on scales that stay the same over a run, so that one moment can be laid beside another.

/** Bins between the same edges at all times; what lies outside is counted in the first or the last. */
export interface Scale {
  bins: number;
  /** Where a number is: a bin is from its index to the next. */
  at(value: number): number;
  /** The number at a place; the inverse of `at`. */
  valueAt(place: number): number;
}

/** For signed numbers: from −limit to limit. */
export function signedScale(limit: number, bins: number): Scale {
  const width = (2 * limit) / bins;
  return {
    bins,
    at: (value) => (value + limit) / width,
    valueAt: (place) => place * width - limit,
  };
}

/** For sizes: from 10^from to 10^to, so many bins for each power of ten. */
export const decadesScale = (from: number, to: number, perDecade: number): Scale => ({
  bins: (to - from) * perDecade,
  at: (value) => (Math.log10(Math.abs(value)) - from) * perDecade,
  valueAt: (place) => 10 ** (from + place / perDecade),
});

/** For gradients, and for updates as parts of the weights' size. */
export const sizeScale = decadesScale(-10, 2, 4);

/** The share of the numbers in each bin. A 0 has no size: it is left out where the scale knows none. */
export function histogram(values: Iterable<number>, { bins, at }: Scale): Float32Array {
  const counts = new Float32Array(bins);
  let all = 0;
  for (const value of values) {
    all++;
    const place = at(value);
    if (Number.isNaN(place) || place === Number.NEGATIVE_INFINITY) continue;
    counts[Math.min(bins - 1, Math.max(0, Math.floor(place)))]! += 1;
  }
  return counts.map((count) => (all === 0 ? 0 : count / all));
}
