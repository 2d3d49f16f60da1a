// What a value is called where it was not given a name.
import { groupDigits } from "../spec/group-digits";

/** 0.001 -> "0.001", 1000 -> "1000", 60000 -> "60,000", 1e-7 -> "1e-7": as it would be typed, but for the commas. */
export function numberLabel(value: number): string {
  const text = String(Number(value.toPrecision(6)));
  const [whole] = text.split(".");
  // Four digits are read as they are.
  return Math.abs(Number(text)) < 10_000 ? text : text.replace(whole!, groupDigits(Number(whole)));
}
