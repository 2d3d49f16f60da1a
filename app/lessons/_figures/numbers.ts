// Numbers as figures show them: a fixed number of decimals, so that nothing moves, and a minus as long as a digit.

/** -0.5 -> "−0.50"; a number that no column has room for as a power of ten; "—" for what is no number. */
export function fixed(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return "—";
  if (Math.abs(value) >= 10_000) return withMinus(value.toExponential(1).replace("e+", "e"));
  const text = value.toFixed(decimals);
  return withMinus(Number(text) === 0 ? text.replace("-", "") : text);
}

/** How far two numbers are apart, to one digit: "0", "6e−8". */
export const formatDifference = (difference: number): string =>
  difference === 0 ? "0" : withMinus(Math.abs(difference).toExponential(0));

const withMinus = (text: string) => text.replaceAll("-", "−");
