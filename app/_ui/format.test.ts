import { describe, expect, test } from "vitest";
import { formatBytes, formatDuration, formatLoss, formatPlural, formatRate } from "./format";

describe("numbers as people read them", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [398_204, "398 KB"],
    [999_600, "1.0 MB"],
    [9_912_422, "9.9 MB"],
    [1.26e9, "1.3 GB"],
  ])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test.each([
    [120, "under 1 s"],
    [3600, "4 s"],
    [59_600, "1 min"],
    [80_000, "1 min 20 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
  ])("%d ms are %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  test.each([
    [63_412, "63,400"],
    [87.6, "88"],
    [1_234_567, "1,230,000"],
  ])("%d images a second are %s", (rate, text) => expect(formatRate(rate)).toBe(text));

  test.each([
    [2.3229, "2.323"],
    [0.0841, "0.084"],
    [0.00123, "0.0012"],
    [0, "0.000"],
    [1_291_982_317_043, "1.3e12"],
  ])("a loss of %d is %s", (loss, text) => expect(formatLoss(loss)).toBe(text));

  test("one is not several", () => {
    expect(formatPlural(1, "epoch")).toBe("1 epoch");
    expect(formatPlural(48_000, "image")).toBe("48,000 images");
  });
});
