import { expect, test } from "vitest";
import { groupDigits } from "./group-digits";

test("whole numbers are written as the platform's own format writes them", () => {
  const own = new Intl.NumberFormat("en-US");
  for (let digits = 0; digits <= 15; digits++)
    for (const value of [10 ** digits, 10 ** digits - 1, Math.floor(10 ** digits * 1.2345), -(10 ** digits)])
      expect(groupDigits(value)).toBe(own.format(value));
});
