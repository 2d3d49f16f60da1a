import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { readProgress, withRun, writeProgress } from "./lesson-progress";
import { noProgress, type OwnRun } from "./lesson-state";

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

const spec = parseExperiment(firstRun);
const kept = {
  begunAt: "2026-01-02T03:04:05.000Z",
  step: "one",
  epochs: 5,
  accuracy: 0.9,
  valAccuracy: null,
  testAccuracy: 0.95,
  elapsedMs: 1,
};
const run: OwnRun = { ...kept, spec };
const progress = {
  open: "two",
  current: { id: "a-run", begunAt: "2026-01-02T03:04:05.000Z", steps: ["one"] },
  steps: { one: { passed: ["trained"], marks: { answer: true, steps: 36, name: "b" } } },
  done: ["one"],
  runs: [run],
};

describe("what this browser keeps of a lesson", () => {
  test("comes back as it was, under the lesson's own name", () => {
    expect(writeProgress("a-lesson", progress)).toBe(true);
    expect([...stored.keys()]).toEqual(["descent.lesson.a-lesson"]);
    expect(readProgress("a-lesson")).toEqual(progress);
    expect(readProgress("another")).toEqual(noProgress);
  });

  const whole = { version: 1, ...progress, runs: [{ ...kept, experiment: firstRun }] };
  const leave = (value: unknown) => stored.set("descent.lesson.a-lesson", JSON.stringify(value));

  test("is read where the experiment is written out, too", () => {
    leave(whole);
    expect(readProgress("a-lesson")).toEqual(progress);
  });

  test("is read as it was before runs were kept", () => {
    const { current: _, ...before } = whole;
    leave(before);
    expect(readProgress("a-lesson")).toEqual({ ...progress, current: null });
  });

  test.each([
    ["a word", "nothing"],
    ["another version", { ...whole, version: 2 }],
    ["a field too many", { ...whole, more: 1 }],
    ["a mark of another kind", { ...whole, steps: { one: { passed: [], marks: { answer: [] } } } }],
    ["an accuracy that cannot be", { ...whole, runs: [{ ...whole.runs[0], accuracy: 7 }] }],
  ])("is left aside where it is %s", (_, value) => {
    leave(value);
    expect(readProgress("a-lesson")).toEqual(noProgress);
  });

  test("loses only the run whose experiment cannot be read any more", () => {
    leave({ ...whole, runs: [{ ...kept, experiment: { version: 3 } }, ...whole.runs] });
    expect(readProgress("a-lesson")).toEqual(progress);
  });

  test("has a continued run once, and the last sixty of many", () => {
    const longer = { ...run, epochs: 15 };
    expect(withRun(progress, longer).runs).toEqual([longer]);
    const many = Array.from({ length: 70 }, (_, second) => ({ ...run, begunAt: `${second}` }));
    const { runs } = many.reduce(withRun, noProgress);
    expect(runs.map(({ begunAt }) => begunAt)).toEqual(many.slice(10).map(({ begunAt }) => begunAt));
  });
});
