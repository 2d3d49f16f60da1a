import { describe, expect, test } from "vitest";
import { fixed, formatDifference } from "./numbers";

describe("a figure's numbers", () => {
  test("have their decimals and a real minus", () => {
    expect(fixed(1 / 3)).toBe("0.33");
    expect(fixed(-0.5, 3)).toBe("−0.500");
  });

  test("have no minus where nothing is left of the number", () => {
    expect(fixed(-0.001)).toBe("0.00");
  });

  test("are powers of ten where they ran away, and a dash where they are none", () => {
    expect(fixed(-1_234_567)).toBe("−1.2e6");
    expect(fixed(Number.POSITIVE_INFINITY)).toBe("—");
    expect(fixed(Number.NaN)).toBe("—");
  });

  test("are apart by nothing, or by a power of ten", () => {
    expect(formatDifference(0)).toBe("0");
    expect(formatDifference(-5.96e-8)).toBe("6e−8");
  });
});
