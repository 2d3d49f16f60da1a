// Numbers as people type them, and as a field shows them.
import type { NumberField } from "@/lib/spec/fields";

/**
 * The number that a text means, or NaN. Whole numbers may be grouped ("48,000"); others may have a comma for the
 * decimal point, as the keyboards of many phones do.
 */
export function readNumber(text: string, integer: boolean): number {
  const trimmed = text.trim();
  if (trimmed === "") return Number.NaN;
  const grouped = /^-?\d{1,3}([,\s]\d{3})+$/;
  if (integer && grouped.test(trimmed)) return Number(trimmed.replaceAll(/[,\s]/g, ""));
  return Number(trimmed.replace(",", "."));
}

/** Written out without a power of ten, which ARIA attributes do not know: 1e-7 -> "0.0000001". */
export const writeDecimal = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(12).replace(/0+$/, "");

/** The next value up (`direction` 1) or down (-1): a step, or ten times for a field that spans decades. */
export function stepNumber(field: NumberField, value: number, direction: 1 | -1): number {
  const next = field.logarithmic ? value * 10 ** direction : value + direction * field.step;
  // Floating point would otherwise show 0.30000000000000004.
  return Math.min(field.max, Math.max(field.min, Number(next.toPrecision(10))));
}
