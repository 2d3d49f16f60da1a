import { expect, test } from "vitest";
import { ReferenceEngine } from "../engines/reference/engine";
import { frozenWithin } from "./frozen";
import { create, small } from "./testing";

test("what takes far longer than usual, and longer than a worker is busy, was the browser's doing", () => {
  expect(frozenWithin(60_000, 80)).toBe(59_920);
  expect(frozenWithin(4000, 80)).toBe(0);
  // Steps of two seconds on a slow phone.
  expect(frozenWithin(15_000, 2000)).toBe(0);
  expect(frozenWithin(60_000, 2000)).toBe(58_000);
  // Nothing is usual before the first step.
  expect(frozenWithin(60_000, Number.POSITIVE_INFINITY)).toBe(0);
});

test.each([
  ["within a step", "train"],
  ["between two steps", "after"],
] as const)("a worker that is stopped %s goes on, says so, and counts none of it", async (_, place) => {
  let frozen = 0;
  let steps = 0;
  const engine = new ReferenceEngine();
  const { train } = engine;
  engine.train = async (...args) => {
    const result = await train.apply(engine, args);
    steps += 1;
    if (steps === 3 && place === "train") frozen += 62_000;
    // Once the step has been measured.
    if (steps === 3 && place === "after") queueMicrotask(() => setTimeout(() => (frozen += 62_000)));
    return result;
  };
  const { trainer, recorder } = create({
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    now: () => performance.now() + frozen,
  });
  await trainer.load(small, "auto", recorder.send);
  await trainer.train();

  const told = recorder.all("frozen").map(({ elapsedMs }) => elapsedMs);
  expect(told).toHaveLength(1);
  expect(told[0]).toBeGreaterThan(60_000);
  expect(recorder.all("epoch")).toHaveLength(small.training.epochs);
  for (const { record } of recorder.all("epoch")) {
    expect(record.elapsedMs).toBeLessThan(20_000);
    expect(record.msPerStep).toBeLessThan(2000);
  }
});
