// Axes that hold still: a domain depends on what has settled, so it does not follow every new point.

export interface Axis {
  domain: readonly [number, number];
  ticks: readonly number[];
  /** Placed by decades, of the values or of what they lack of 1; evenly where left out. */
  decades?: "value" | "error";
}

/** Tops that four equal steps divide into short numbers. */
const TOPS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10];
const STEPS = 4;

const spread = (from: number, to: number, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, i) => Number((from + ((to - from) * i) / parts).toPrecision(6)));

/** From 0 to a short number above every value. */
export function lossAxis(values: readonly number[]): Axis {
  const most = values.reduce((max, value) => Math.max(max, value), 1e-6);
  const scale = 10 ** Math.floor(Math.log10(most));
  const top = Number(((TOPS.find((candidate) => candidate * scale >= most) ?? 10) * scale).toPrecision(6));
  return { domain: [0, top], ticks: spread(0, top, STEPS) };
}

/** Bottoms of an accuracy axis, with the number of parts that gives round ticks. */
const BOTTOMS: readonly [number, number][] = [
  [0.9, 5],
  [0.8, 4],
  [0.5, 5],
  [0, 4],
];

/** To 1, from the highest bottom that no value falls under. */
export function accuracyAxis(values: readonly number[]): Axis {
  const least = values.reduce((min, value) => Math.min(min, value), 1);
  const [bottom, parts] =
    values.length === 0 ? [0, 4] : (BOTTOMS.find(([candidate]) => candidate <= least) ?? [0, 4]);
  return { domain: [bottom, 1], ticks: spread(bottom, 1, parts) };
}

/** Whole epochs, at most about eight of them. */
export function epochAxis(epochs: number): Axis {
  const gap = [1, 2, 5].flatMap((n) => [n, n * 10, n * 100]).sort((a, b) => a - b);
  const step = gap.find((candidate) => epochs / candidate <= 8) ?? 1000;
  const ticks = Array.from({ length: Math.floor(epochs / step) + 1 }, (_, i) => i * step);
  return { domain: [0, epochs], ticks };
}
