import { describe, expect, test } from "vitest";
import { descend, descendToEnd, lossAt, outcomeOf, type Path, steepnessAt, surface } from "./descent";
import { divergenceRate } from "./line-loss";

const start: Path = [{ w: -1.2, b: 2.4 }];

describe("a descent", () => {
  test("keeps where it has been", () => {
    const path = descend(descend(start, 0.1), 0.1);
    expect(path).toHaveLength(3);
    expect(path[0]).toBe(start[0]);
    expect(outcomeOf(start)).toBe("begun");
    expect(outcomeOf(path)).toBe("falling");
  });

  test("arrives where the ground is flat, with a moderate learning rate", () => {
    const path = descendToEnd(start, 0.3, 200);
    expect(outcomeOf(path)).toBe("arrived");
    expect(path.length).toBeLessThan(80);
    expect(steepnessAt(path.at(-1)!)).toBeLessThan(0.01);
    expect(lossAt(path.at(-1)!)).toBeCloseTo(surface.loss, 3);
  });

  test("is nowhere near after as many steps with one that is too small", () => {
    const path = descendToEnd(start, 0.001, 200);
    expect(path).toHaveLength(201);
    expect(outcomeOf(path)).toBe("falling");
    expect(lossAt(path.at(-1)!)).toBeGreaterThan(5 * surface.loss);
  });

  test("climbs, then diverges, with one that is too large", () => {
    const rate = 1.3 * divergenceRate(surface);
    const path = descendToEnd(start, rate, 200);
    expect(outcomeOf(path)).toBe("diverged");
    expect(outcomeOf(path.slice(0, -1))).toBe("climbing");
    expect(descendToEnd(path, rate, 10)).toBe(path);
  });

  test("that began in the lowest point has not diverged, whatever the learning rate", () => {
    expect(outcomeOf(descend([surface.lowest], 3))).toBe("arrived");
  });

  test("has diverged where its numbers are none any more", () => {
    expect(outcomeOf([start[0]!, { w: Number.POSITIVE_INFINITY, b: 0 }])).toBe("diverged");
    expect(outcomeOf([start[0]!, { w: Number.NaN, b: 0 }])).toBe("diverged");
  });
});
