import { describe, expect, it } from "vitest";
import { numberLabel } from "./label";

const own = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6, useGrouping: "min2" });

describe("numberLabel", () => {
  it("writes ordinary numbers as the language's own format does", () => {
    const values = [
      0, 0.0001, 0.001, 0.1, 1, 9.5, 128, 1000, 9999, 9999.994, 9999.996, 9_999.9996, 10_000, 12_345.67,
    ];
    for (const value of [...values, 60_000, 99_999.97, 123_456.7, 1_234_567, 1e9, 1 / 3, 200_000 / 3])
      for (const signed of [value, -value]) {
        // Nobody varies anything by minus zero.
        if (!Object.is(signed, -0)) expect(numberLabel(signed)).toBe(own.format(signed));
      }
  });

  it("writes small ones as they would be typed", () => {
    expect([1e-7, 0.000_05, 2.5e-9].map(numberLabel)).toEqual(["1e-7", "0.00005", "2.5e-9"]);
  });
});
