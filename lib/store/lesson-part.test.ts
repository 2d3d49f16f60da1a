// A page that shows some steps of a lesson: they are counted alone, and what is kept of the others stays.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { bringChecks, mark, openLesson, openStep, resetStep } from "./lesson";
import { readProgress, withRun, writeProgress } from "./lesson-progress";
import { type LessonProgress, lessonStore } from "./lesson-state";

const spec = parseExperiment(firstRun);
const step = (id: string) => ({ id, experiment: spec, checks: ["answered"] });
const whole = ["one", "two", "three"].map(step);
const answered = { passed: ["answered"], marks: { question: true } };
const runIn = (name: string, minute: number) => ({
  begunAt: `2026-01-02T15:0${minute}:00.000Z`,
  step: name,
  spec,
  epochs: 1,
  accuracy: 0.9,
  valAccuracy: null,
  testAccuracy: 0.9,
  elapsedMs: 10,
});

const closing: (() => void)[] = [];
function visit(ids: readonly string[], isPart: boolean): void {
  for (const close of closing.splice(0)) close();
  const steps = whole.filter(({ id }) => ids.includes(id));
  closing.push(openLesson("a-lesson", steps, isPart));
  bringChecks(
    () =>
      ({ marks }) =>
        marks.question === true,
  );
  openStep(steps[0]!.id);
}

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllGlobals();
});

const progress = () => lessonStore.getState().progress;
const before: LessonProgress = [runIn("two", 2), runIn("one", 1)].reduce(withRun, {
  open: "one",
  current: null,
  steps: { one: answered },
  done: ["one"],
  runs: [],
});

test("knows nothing of the steps that it does not show", () => {
  writeProgress("a-lesson", before);
  visit(["two", "three"], true);
  expect(progress()).toMatchObject({ steps: {}, done: [] });
  expect(progress().runs.map((run) => run.step)).toEqual(["two"]);
});

test("keeps what another page has of the others, also while both are open", () => {
  writeProgress("a-lesson", before);
  visit(["two", "three"], true);
  // Another frame of the same page.
  writeProgress("a-lesson", { ...before, steps: { one: { passed: [], marks: { seen: true } } }, done: [] });
  mark("two", "question", true);
  expect(progress().done).toEqual(["two"]);
  const kept = readProgress("a-lesson");
  expect(kept.done).toEqual(["two"]);
  expect(kept.steps).toEqual({ one: { passed: [], marks: { seen: true } }, two: answered });
  expect(kept.runs.map((run) => run.step)).toEqual(["one", "two"]);
});

test("forgets what it is asked to forget, and no more", () => {
  writeProgress("a-lesson", { ...before, steps: { one: answered, two: answered }, done: ["one", "two"] });
  visit(["two"], true);
  resetStep("two");
  const kept = readProgress("a-lesson");
  expect(kept.done).toEqual(["one"]);
  expect(Object.keys(kept.steps)).toEqual(["one"]);
  expect(kept.runs.map((run) => run.step)).toEqual(["one"]);
});

test("a page with all of the steps finds what the parts have done", () => {
  visit(["one"], true);
  mark("one", "question", true);
  visit(["three"], true);
  mark("three", "question", true);
  visit(["one", "two", "three"], false);
  expect(progress().done).toEqual(["one", "three"]);
});
