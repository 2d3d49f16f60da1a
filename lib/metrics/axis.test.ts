import { describe, expect, test } from "vitest";
import { accuracyAxis, epochAxis, lossAxis } from "./axis";

describe("lossAxis", () => {
  test.each([
    [0.65, 0.8, [0, 0.2, 0.4, 0.6, 0.8]],
    [2.32, 2.4, [0, 0.6, 1.2, 1.8, 2.4]],
    [0.031, 0.032, [0, 0.008, 0.016, 0.024, 0.032]],
    [0.1, 0.1, [0, 0.025, 0.05, 0.075, 0.1]],
    [97, 100, [0, 25, 50, 75, 100]],
  ])("rounds %d up to %d", (most, top, ticks) => {
    expect(lossAxis([0.01, most])).toEqual({ domain: [0, top], ticks });
  });

  test("holds still while values stay below its top", () => {
    expect(lossAxis([0.7, 0.5, 0.05])).toEqual(lossAxis([0.65]));
  });

  test("is still an axis where every value is zero", () => {
    const { domain } = lossAxis([0, 0]);
    expect(domain[1]).toBeGreaterThan(0);
  });
});

describe("accuracyAxis", () => {
  test.each([
    [0.85, [0.8, 0.85, 0.9, 0.95, 1]],
    [0.95, [0.9, 0.92, 0.94, 0.96, 0.98, 1]],
    [0.62, [0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    [0.1, [0, 0.25, 0.5, 0.75, 1]],
  ])("starts below %d", (least, ticks) => {
    expect(accuracyAxis([0.99, least]).ticks).toEqual(ticks);
  });

  test("shows everything while there is nothing", () => {
    expect(accuracyAxis([]).domain).toEqual([0, 1]);
  });
});

describe("epochAxis", () => {
  test.each([
    [1, 1],
    [5, 1],
    [10, 2],
    [50, 10],
    [1000, 200],
  ])("marks %d epochs every %d", (epochs, gap) => {
    const { ticks, domain } = epochAxis(epochs);
    expect(ticks[1]).toBe(gap);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(domain).toEqual([0, epochs]);
  });
});
