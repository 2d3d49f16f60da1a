import { expect, test } from "vitest";
import { inSlices, type Work } from "./slices";
import { atOnce } from "./testing";

/** Takes about 30 ms in 30 pieces. */
function* busy(): Work<number> {
  let pieces = 0;
  for (; pieces < 30; pieces++) {
    for (const since = performance.now(); performance.now() - since < 1; );
    yield;
  }
  return pieces;
}

test("long work lets others in between its slices, and comes to the same", async () => {
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  expect(await inSlices(busy())).toBe(30);
  clearInterval(others);
  expect(turns).toBeGreaterThan(0);
  expect(atOnce(busy())).toBe(30);
});

test("what the work throws is thrown", async () => {
  const broken = function* (): Work<never> {
    yield;
    throw new RangeError("too far");
  };
  await expect(inSlices(broken())).rejects.toThrow("too far");
  expect(() => atOnce(broken())).toThrow("too far");
});
