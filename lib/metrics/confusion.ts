// What a network takes each class for, and the scores that follow from it. Pure.

export interface Confusion {
  classes: number;
  /** [label, guess], row-major: how many images of a class were taken for each class. */
  counts: Uint32Array;
  /** All of them. */
  images: number;
  /** Those on the diagonal. */
  right: number;
}

/** @param labels the true classes, and @param guesses what they were taken for, image by image */
export function confusionOf(
  labels: ArrayLike<number>,
  guesses: ArrayLike<number>,
  classes: number,
): Confusion {
  if (labels.length !== guesses.length)
    throw new RangeError(`There are ${labels.length} labels and ${guesses.length} guesses.`);
  const counts = new Uint32Array(classes * classes);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    const [label, guess] = [labels[i]!, guesses[i]!];
    if (label >= classes || guess >= classes)
      throw new RangeError(`Image ${i} is of class ${label}, read as ${guess}: there are ${classes}.`);
    counts[label * classes + guess]! += 1;
    if (label === guess) right += 1;
  }
  return { classes, counts, images: labels.length, right };
}

/** How many images of class `label` were taken for class `guess`. */
export const countOf = ({ counts, classes }: Confusion, label: number, guess: number): number =>
  counts[label * classes + guess]!;

export interface ClassScore {
  /** Images of the class. */
  images: number;
  /** Images that were taken for it. */
  guessed: number;
  /** Of those taken for it, the share that are of it; null where none were. */
  precision: number | null;
  /** Of those that are of it, the share that were taken for it; null where there are none. */
  recall: number | null;
  /** The harmonic mean of both, 2·right / (images + guessed); null where there are none of either. */
  f1: number | null;
}

/** Precision, recall and F1 of every class (van Rijsbergen 1979). */
export function classScores(confusion: Confusion): ClassScore[] {
  const places = Array.from({ length: confusion.classes }, (_, place) => place);
  const sum = (of: (other: number) => number) => places.reduce((total, other) => total + of(other), 0);
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return places.map((kind) => {
    const images = sum((guess) => countOf(confusion, kind, guess));
    const guessed = sum((label) => countOf(confusion, label, kind));
    const right = countOf(confusion, kind, kind);
    return {
      images,
      guessed,
      precision: share(right, guessed),
      recall: share(right, images),
      f1: share(2 * right, images + guessed),
    };
  });
}

/** The mean over the classes that are there at all, each counting as much; a score that is undefined counts as 0. */
export function macroF1(scores: readonly ClassScore[]): number {
  const there = scores.filter(({ images, guessed }) => images + guessed > 0);
  return there.reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / Math.max(1, there.length);
}

export interface Mixup {
  label: number;
  guess: number;
  count: number;
}

/** The pairs of classes that were mixed up most often, worst first. */
export function mixups(confusion: Confusion, most: number): Mixup[] {
  const { classes, counts } = confusion;
  return Array.from(counts, (count, cell) => ({
    label: Math.floor(cell / classes),
    guess: cell % classes,
    count,
  }))
    .filter(({ label, guess, count }) => label !== guess && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most);
}

/** The class with the largest number; of equal ones the first. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
