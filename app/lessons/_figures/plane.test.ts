import { describe, expect, test } from "vitest";
import { planeOf, toStep, within } from "./plane";

describe("a plane", () => {
  const plane = planeOf(400, [-1, 3], [0, 2]);

  test("has units of one length, and is as high as they make it", () => {
    expect(plane.unit).toBe(100);
    expect(plane.height).toBe(200);
    expect([plane.px(0), plane.py(0)]).toEqual([100, 200]);
    expect([plane.px(3), plane.py(2)]).toEqual([400, 0]);
  });

  test("knows the numbers under a pointer", () => {
    expect([plane.x(plane.px(1.25)), plane.y(plane.py(0.75))]).toEqual([1.25, 0.75]);
  });

  test("keeps what is moved within its range, on whole steps", () => {
    expect(within(7, [-1, 3])).toBe(3);
    expect(within(-7, [-1, 3])).toBe(-1);
    expect(toStep(0.1 + 0.2, 0.1)).toBe(0.3);
  });
});
