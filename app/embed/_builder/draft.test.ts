import { expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { embedSnippet } from "@/lib/share/links";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { courseOf, type Draft, firstDraft, withLesson, withLock, withStep } from "./draft";

const origin = "https://descent.example";
const lessons = [
  {
    slug: "fit-and-history",
    title: "Fit and history",
    summary: "One call.",
    minutes: 20,
    steps: ["A", "B", "C"],
  },
  {
    slug: "training-optimization",
    title: "Training",
    summary: "First.",
    minutes: 45,
    steps: ["D", "E", "F", "G"],
  },
];
const first = firstDraft(lessons);
const made = (draft: Draft) => {
  const result = courseOf(draft, lessons, origin);
  if (!("course" in result)) throw new Error(result.problem ?? "nothing");
  return result.course;
};
const own = (text: string) => courseOf({ ...first, source: "own", own: text }, lessons, origin);

test("it begins with the first experiment, nothing locked, as the reader's system has it", () => {
  expect(made(first)).toMatchObject({
    origin,
    shown: { kind: "experiment", code: encodeExperiment(parseExperiment(firstRun)) },
    title: "First run",
    options: { lock: [], theme: null, steps: null, autoHeight: false },
    pass: 95,
  });
});

test("a lesson is shown whole, or from one step to another, and says so in its title", () => {
  const lesson = { ...first, source: "lesson" } as const;
  expect(made(lesson)).toMatchObject({ title: "Fit and history", options: { steps: null }, pass: 100 });
  const part = withStep(withStep(lesson, "first", 2), "last", 3);
  expect(made(part)).toMatchObject({
    title: "Fit and history, steps 2 to 3",
    options: { steps: { first: 2, last: 3 } },
  });
  const [single, moved] = [withStep(part, "last", 2), withStep(part, "last", 1)];
  expect(made(single)).toMatchObject({
    title: "Fit and history: B",
    options: { steps: { first: 2, last: 2 } },
  });
  expect(moved.steps).toEqual({ first: 1, last: 1 });
  expect(withStep(single, "first", 3).steps).toEqual({ first: 3, last: 3 });
  expect(withLesson(single, "training-optimization", lessons).steps).toEqual({ first: 1, last: 4 });
});

test("locks come in the form's order, whatever order they were chosen in", () => {
  const both = withLock(withLock(first, "optimizer", true), "layers", true);
  expect(both.lock).toEqual(["layers", "optimizer"]);
  expect(withLock(both, "layers", false).lock).toEqual(["optimizer"]);
});

test("somebody's own may be a link, a frame's address, a code, JSON, or a lesson's address", () => {
  const spec = parseExperiment({ ...firstRun, title: "Mine" });
  const code = encodeExperiment(spec);
  const [, frame = ""] = /src="([^"]+)"/.exec(embedSnippet(origin, spec))!;
  for (const text of [`${origin}/x/${code}`, frame, code, ` ${JSON.stringify(spec)}\n`])
    expect(own(text)).toMatchObject({ course: { title: "Mine", shown: { kind: "experiment", code } } });
  for (const text of [`${origin}/lessons/fit-and-history`, "/embed/lesson/fit-and-history?steps=2#x"])
    expect(own(text)).toMatchObject({ course: { shown: { kind: "lesson", slug: "fit-and-history" } } });
});

test("what is none says so in one sentence, and nothing at all is no fault", () => {
  expect(own(" ")).toEqual({ problem: null });
  expect(own("hello")).toEqual({
    problem: "This is no experiment; it must be an experiment's JSON, its link or its code.",
  });
  expect(own(`${origin}/lessons/nowhere`)).toHaveProperty(
    "problem",
    expect.stringContaining("no experiment"),
  );
});
