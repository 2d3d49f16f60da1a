import { describe, expect, test } from "vitest";
import { accuracyImprovement, type EpochMetrics, thin } from "./history";

const epoch = (number: number, accuracy: number): EpochMetrics => ({
  epoch: number,
  loss: 1,
  accuracy,
  valLoss: null,
  valAccuracy: null,
});

describe("accuracyImprovement", () => {
  test("compares the first epoch with the last", () => {
    const improvement = accuracyImprovement([epoch(1, 0.5), epoch(2, 0.9), epoch(3, 0.75)])!;
    expect(improvement).toEqual({ first: 0.5, last: 0.75, change: 0.25 });
  });

  test("is null before an epoch is over", () => {
    expect(accuracyImprovement([])).toBeNull();
  });
});

describe("thin", () => {
  test("keeps short lists as they are", () => {
    const items = [1, 2, 3];
    expect(thin(items, 3)).toBe(items);
  });

  test("keeps the ends, the order and the number asked for", () => {
    const items = Array.from({ length: 1000 }, (_, i) => i);
    const thinned = thin(items, 300);
    expect(thinned).toHaveLength(300);
    expect(thinned[0]).toBe(0);
    expect(thinned.at(-1)).toBe(999);
    expect([...thinned].sort((a, b) => a - b)).toEqual(thinned);
    expect(new Set(thinned).size).toBe(300);
  });
});
