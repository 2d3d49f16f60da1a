// Numbers as findings say them.
import { groupDigits } from "../spec/group-digits";

/** 2.3026 */
export const fourDigits = (value: number): string => value.toFixed(4);

/** A loss, also one that ran away: 2.3026, 8.5e9 */
export const lossText = (loss: number): string =>
  loss < 10_000 ? fourDigits(loss) : loss.toExponential(1).replace("e+", "e");

/** To two digits, however small: 0.00012 */
export const rounded = (value: number): string => String(Number(value.toPrecision(2)));

/** 48,000 */
export const whole = groupDigits;

/** A share as points of a hundred: "12.0 points" */
export const points = (share: number): string => `${(100 * share).toFixed(1)} points`;

/** A share in percent; with `digits`, small ones keep so many that say something: "0.0006 %" */
export function percent(share: number, digits = 0): string {
  const value = 100 * share;
  if (digits > 0 && value !== 0 && Math.abs(value) < 1) return `${Number(value.toPrecision(digits))} %`;
  return `${value.toFixed(1)} %`;
}
