// Axes by decades: as far from 0.1 to 0.01 as from 1 to 0.1. Accuracies are placed by their error, so that 0.99 is as far
// from 0.9 as 0.999 is from 0.99. Domains, ticks and values stay what they are; only their places differ.
import type { Axis } from "./axis";

/** More ticks than this stand too close. */
const MOST_TICKS = 8;
/** What is less has no place of its own: an accuracy of 1 has no error at all, and a loss may be 0. */
const LEAST_ERROR = 1e-4;
const LEAST = 1e-6;

/** Values from 1, 2 and 5 times a power of ten below the least to one above the most; the least must be above 0. */
function decadesAround(least: number, most: number): number[] {
  const marks: number[] = [];
  // One more at both ends: a logarithm is rounded.
  const [first, last] = [Math.floor(Math.log10(least)) - 1, Math.ceil(Math.log10(most)) + 1];
  for (let power = first; power <= last; power++)
    for (const step of [1, 2, 5]) marks.push(Number(`${step}e${power}`));
  const from = marks.findLastIndex((mark) => mark <= least);
  const to = marks.findIndex((mark) => mark >= most);
  // One value alone has an axis too.
  return marks.slice(from, Math.max(to, from + 1) + 1);
}

/** The marks that are shown: all of them, or the powers of ten where these are too many. */
function thinned(marks: readonly number[]): number[] {
  if (marks.length <= MOST_TICKS) return [...marks];
  const powers = marks.filter((mark) => /^1(e|0|$)|^0\.0*1$/.test(String(mark)));
  const gap = Math.ceil(powers.length / MOST_TICKS);
  return powers.filter((_, index) => index % gap === 0);
}

/** From a short number below the values to one above them. What is not above 0 lies on the least. */
export function decadesAxis(values: readonly number[], least = LEAST): Axis {
  const placed = values.map((value) => Math.max(least, value));
  const marks = placed.length === 0 ? [0.1, 1] : decadesAround(Math.min(...placed), Math.max(...placed));
  return { domain: [marks[0]!, marks.at(-1)!], ticks: thinned(marks), decades: "value" };
}

const lack = (accuracy: number): number => Number((1 - accuracy).toPrecision(12));

/** Of accuracies, by their errors: from below the worst to above the best. */
export function errorAxis(accuracies: readonly number[]): Axis {
  const { domain, ticks } = decadesAxis(accuracies.map(lack), LEAST_ERROR);
  // Nobody is wrong more often than always.
  const most = Math.min(1, domain[1]);
  const shown = ticks.filter((tick) => tick <= most);
  return { domain: [lack(most), lack(domain[0])], ticks: shown.map(lack).reverse(), decades: "error" };
}

/** Where a value stands: on an axis by decades, an even step is a tenth. What is not on the axis stands at its end. */
export function placeOn({ decades, domain }: Axis, value: number): number {
  if (decades === undefined) return value;
  if (decades === "value") return Math.log10(Math.max(domain[0], value));
  return -Math.log10(Math.max(1 - domain[1], 1 - value));
}

/** The value at a place. */
export function valueOn({ decades }: Axis, place: number): number {
  if (decades === undefined) return place;
  return decades === "value" ? 10 ** place : 1 - 10 ** -place;
}

/** A tick by decades is as short as itself. */
export const decadeText = (tick: number): string =>
  tick >= 10_000 ? tick.toExponential().replace("e+", "e") : String(Number(tick.toPrecision(6)));
