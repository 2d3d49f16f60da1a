import { describe, expect, test } from "vitest";
import {
  bowlOf,
  contourOf,
  divergenceRate,
  gradientOf,
  type Line,
  lossOf,
  type Point,
  points,
  stepFrom,
} from "./line-loss";

const bowl = bowlOf(points);
const lines: Line[] = [
  { w: 0, b: 0 },
  { w: 2.5, b: -1.5 },
  { w: -1, b: 3 },
];

describe("the mean squared loss of a line", () => {
  test("is half the mean of the squares", () => {
    const two: Point[] = [
      { x: 0, y: 1 },
      { x: 1, y: 5 },
    ];
    // Errors of 1 and 3: squares of 1 and 9, their mean 5.
    expect(lossOf({ w: 2, b: 0 }, two)).toBe(2.5);
    expect(lossOf({ w: 4, b: 1 }, two)).toBe(0);
  });

  test.each(lines)("has the slope that finite differences measure at %o", ({ w, b }) => {
    const gap = 1e-5;
    const slope = (dw: number, db: number) =>
      (lossOf({ w: w + dw, b: b + db }, points) - lossOf({ w: w - dw, b: b - db }, points)) / (2 * gap);
    const gradient = gradientOf({ w, b }, points);
    expect(gradient.w).toBeCloseTo(slope(gap, 0), 8);
    expect(gradient.b).toBeCloseTo(slope(0, gap), 8);
  });
});

describe("the loss as a surface", () => {
  test("is flat at its lowest point, and higher all around", () => {
    const { lowest, loss } = bowl;
    expect(gradientOf(lowest, points).w).toBeCloseTo(0, 12);
    expect(gradientOf(lowest, points).b).toBeCloseTo(0, 12);
    expect(loss).toBeGreaterThan(0);
    for (const [dw, db] of [
      [0.1, 0],
      [-0.1, 0],
      [0, 0.1],
      [0, -0.1],
    ] as const)
      expect(lossOf({ w: lowest.w + dw, b: lowest.b + db }, points)).toBeGreaterThan(loss);
  });

  test("rises along its axes as their curvatures say", () => {
    const { lowest, loss, axes } = bowl;
    for (const { direction, curvature } of axes) {
      const away = { w: lowest.w + 2 * direction.w, b: lowest.b + 2 * direction.b };
      expect(lossOf(away, points) - loss).toBeCloseTo(2 * curvature, 10);
      expect(Math.hypot(direction.w, direction.b)).toBeCloseTo(1, 12);
    }
    expect(axes[0].curvature).toBeGreaterThan(axes[1].curvature);
  });

  test("has contours on which the loss is what they say", () => {
    for (const level of [0.1, 1, 7]) {
      const contour = contourOf(bowl, level)!;
      expect(contour).toHaveLength(96);
      for (const line of contour) expect(lossOf(line, points)).toBeCloseTo(level, 10);
    }
    expect(contourOf(bowl, bowl.loss / 2)).toBeNull();
  });

  test("lets steps end lower just under the divergence rate, and higher just over it", () => {
    const start = { w: 2, b: 1 };
    const lossAfter = (rate: number, steps: number) => {
      let line = start;
      for (let i = 0; i < steps; i++) line = stepFrom(line, points, rate);
      return lossOf(line, points);
    };
    const rate = divergenceRate(bowl);
    expect(lossAfter(0.98 * rate, 200)).toBeLessThan(bowl.loss + 0.01);
    expect(lossAfter(1.02 * rate, 200)).toBeGreaterThan(10 * lossOf(start, points));
  });
});
