// What a value is called where it was not given a name.

const plain = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6, useGrouping: "min2" });

/** 0.001 -> "0.001", 60000 -> "60,000", 1e-7 -> "1e-7": as it would be typed, but for the commas. */
export const numberLabel = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-4 ? String(Number(value.toPrecision(6))) : plain.format(value);
