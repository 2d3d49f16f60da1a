import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TrainEvent } from "../training/contract";
import { answered, hurry, whenCalm } from "./hurry";
import { createTelling } from "./telling";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test("nothing waits while nobody draws", () => {
  const work = vi.fn();
  whenCalm(work);
  expect(work).toHaveBeenCalledOnce();
});

test("what can wait comes after the answer, once the pen rests, in its order and each in a task of its own", () => {
  const done: string[] = [];
  hurry();
  const first = () => void done.push("first");
  whenCalm(first);
  whenCalm(() => done.push("second"));
  whenCalm(first);
  vi.advanceTimersByTime(90);
  answered();
  vi.advanceTimersByTime(90);
  // The stroke goes on.
  hurry();
  vi.advanceTimersByTime(200);
  expect(done).toEqual([]);
  answered();
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(["first"]);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(["first", "second"]);
});

test("a stroke that begins while the rest is still to come goes before it", () => {
  const done: string[] = [];
  hurry();
  for (const name of ["first", "second"]) whenCalm(() => done.push(name));
  answered();
  vi.advanceTimersByTime(100);
  hurry();
  whenCalm(() => done.push("third"));
  vi.advanceTimersByTime(100);
  expect(done).toEqual(["first"]);
  answered();
  vi.advanceTimersByTime(200);
  expect(done).toEqual(["first", "second", "third"]);
});

test("who draws on and on, and is never answered, still sees the run go on", () => {
  const work = vi.fn();
  hurry();
  whenCalm(work);
  for (let ms = 0; ms < 1980; ms += 20) {
    vi.advanceTimersByTime(20);
    hurry();
  }
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(work).toHaveBeenCalledOnce();
});

test("how far a run is waits for a stroke; what it has become does not, and brings the rest with it", () => {
  const told: string[] = [];
  const { receive, forget } = createTelling((events) => told.push(...events.map(({ type }) => type)));
  const batches = (): TrainEvent => ({
    ...{ type: "batches", step: 0 },
    ...{ losses: Float32Array.of(1), accuracies: Float32Array.of(0) },
  });
  receive([batches()]);
  expect(told).toEqual(["batches"]);
  hurry();
  receive([batches()]);
  receive([batches()]);
  expect(told).toHaveLength(1);
  receive([{ type: "state", state: "paused" }]);
  expect(told).toEqual(["batches", "batches", "batches", "state"]);
  receive([batches()]);
  forget();
  answered();
  vi.advanceTimersByTime(200);
  expect(told).toHaveLength(4);
});
