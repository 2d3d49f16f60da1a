// What is said of an image, a class and a run, in figures that a person reads.
import { formatCount, formatPlural } from "@/app/_ui/format";
import type { LensSplit, Verdicts } from "@/lib/lens/contract";
import type { ClassScore } from "@/lib/metrics/confusion";

export const splitNames: Record<LensSplit, string> = {
  train: "training",
  validation: "validation",
  test: "test",
};

/** "Test image 1,243": people count from 1. */
export const imageName = (split: LensSplit, row: number): string => {
  const name = splitNames[split];
  return `${name[0]!.toUpperCase()}${name.slice(1)} image ${formatCount(row + 1)}`;
};

/** 0.9312 -> "93.1", for a cell with no room for a sign. */
export const formatPercent = (share: number): string => (share === 1 ? "100" : (100 * share).toFixed(1));

export const formatScore = (score: number | null): string => (score === null ? "–" : score.toFixed(3));

/** "247 of 10,000 test images wrong", and where only some were looked at, that. */
export function verdictSentence(
  { split, rows, total }: Pick<Verdicts, "split" | "rows" | "total">,
  wrong: number,
) {
  const kind = splitNames[split];
  const of = `${formatCount(wrong)} of ${formatPlural(rows.length, `${kind} image`)} wrong`;
  return rows.length === total ? of : `${of}, evenly taken from ${formatCount(total)}`;
}

/** How a cell of the matrix is read aloud: "4 read as 9: 21 images, 2.1 percent of the 4s". */
export const cellSentence = (
  [label, guess]: readonly [string, string],
  count: number,
  { images }: Pick<ClassScore, "images">,
): string =>
  `${label} read as ${guess}: ${formatPlural(count, "image")}${
    images === 0 ? "" : `, ${formatPercent(count / images)} percent of class ${label}`
  }`;
