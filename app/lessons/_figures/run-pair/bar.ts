// How long the bars of a measure are.
import type { Measure } from "@/lib/lessons/convolution-and-regularisation/pair";

/**
 * Both bars, 0 to 1, the longer one full. Under an accuracy stands what is missing of it: two good accuracies drawn from
 * zero look the same. So a shorter bar is always the better one.
 */
export function barsOf({ unit, values }: Pick<Measure, "unit" | "values">): readonly [number, number] {
  const [a, b] = values.map((value) => (value === null ? 0 : unit === "share" ? 1 - value : value)) as [
    number,
    number,
  ];
  const longest = Math.max(a, b);
  return longest === 0 ? [0, 0] : [a / longest, b / longest];
}
