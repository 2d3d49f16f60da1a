// How numbers are spread, on scales that stay the same over a run, so that one moment can be laid beside another.

/** Bins between the same edges at all times; what lies outside is counted in the first or the last. */
export interface Scale {
  bins: number;
  /** Where a number is: a bin is from its index to the next. */
  at(value: number): number;
  /** The number at a place; the inverse of `at`. */
  valueAt(place: number): number;
}

/** For signed numbers of which most are small: bins that widen with the distance from 0, from −limit to limit. */
export function signedScale(limit: number, bins: number): Scale {
  const half = bins / 2;
  return {
    bins,
    at: (value) => half + Math.sign(value) * half * Math.sqrt(Math.abs(value) / limit),
    valueAt: (place) => Math.sign(place - half) * limit * ((place - half) / half) ** 2,
  };
}

/** For sizes: from 10^from to 10^to, so many bins for each power of ten. */
export const decadesScale = (from: number, to: number, perDecade: number): Scale => ({
  bins: (to - from) * perDecade,
  at: (value) => (Math.log10(Math.abs(value)) - from) * perDecade,
  valueAt: (place) => 10 ** (from + place / perDecade),
});

/** Weights; Glorot's first ones are within 0.1 or so, and few ever leave ±2.25. */
export const weightScale = signedScale(2.25, 96);
/** Gradients, and updates as parts of the weights' size. */
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

/** The place in bins below which `share` of what is counted lies, within a bin in proportion; null where nothing is. */
export function quantile(shares: Float32Array, share: number): number | null {
  const all = shares.reduce((sum, each) => sum + each, 0);
  if (all === 0) return null;
  let below = 0;
  for (const [bin, each] of shares.entries()) {
    if (each > 0 && below + each >= share * all) return bin + (share * all - below) / each;
    below += each;
  }
  return shares.length;
}
