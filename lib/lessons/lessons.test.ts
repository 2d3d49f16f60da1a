// What is true of every lesson, whoever wrote it.
import katex from "katex";
import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { catalog } from "./catalog";
import type { Block, ExperimentInput, LessonDefinition, Step } from "./define";
import { noFacts } from "./facts";
import { piecesOf } from "./inline";
import { lessons } from "./registry";

const all: LessonDefinition[] = await Promise.all(Object.values(lessons).map((load) => load()));
const steps = all.flatMap((lesson) =>
  lesson.steps.map((step) => [`${lesson.slug}, ${step.id}`, step] as const),
);

const name = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const unique = (names: readonly string[]) => expect([...new Set(names)]).toEqual(names);

/** Texts that may hold marks. */
const textsIn: { [K in Block["kind"]]: (block: Extract<Block, { kind: K }>) => readonly string[] } = {
  text: ({ text }) => [text],
  list: ({ items }) => items,
  formula: ({ says }) => [says],
  code: () => [],
  table: ({ head, rows }) => [...head, ...rows.flat()],
  hint: ({ text }) => [text],
  figure: () => [],
  quiz: ({ quiz: { question, options } }) => [
    question,
    ...options.flatMap(({ text, because }) => [text, because]),
  ],
};
const textsOf = (block: Block) => (textsIn[block.kind] as (block: Block) => readonly string[])(block);
const textsOfStep = ({ title, body, checks }: Step) => [
  title,
  ...body.flatMap(textsOf),
  ...checks.map(({ label }) => label),
];
const quizzesOf = ({ body }: Step) => body.flatMap((block) => (block.kind === "quiz" ? [block.quiz] : []));

function formulasOf(step: Step): string[] {
  const set = step.body.flatMap((block) => (block.kind === "formula" ? [block.tex] : []));
  const inLine = textsOfStep(step)
    .flatMap(piecesOf)
    .flatMap(({ kind, text }) => (kind === "formula" ? [text] : []));
  return [...set, ...inLine];
}

function errorsIn(experiment: ExperimentInput): string[] {
  const { problems } = buildProgram(parseExperiment(experiment));
  return problems.flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
}

describe.each(all.map((lesson) => [lesson.slug, lesson] as const))("the lesson %s", (slug, lesson) => {
  test("says the same of itself as the catalog does", () => {
    const { title, summary, minutes } = lesson;
    expect(catalog).toContainEqual({ slug, title, summary, minutes });
  });

  test("names whom it follows, and begins with an experiment", () => {
    expect(lesson.credits).toMatch(/thanks/i);
    expect(lesson.credits.length).toBeGreaterThan(40);
    expect(() => piecesOf(lesson.credits)).not.toThrow();
    expect(lesson.steps[0]?.experiment).toBeDefined();
  });

  test("has a name for each step that an address can carry, and each once", () => {
    const names = lesson.steps.map(({ id }) => id);
    for (const id of names) expect(id).toMatch(name);
    unique(names);
    unique(lesson.steps.map(({ title }) => title));
  });
});

test("the registry has the lessons in the catalog's order, under their own names", () => {
  const order = catalog.map(({ slug }) => slug);
  expect(Object.keys(lessons)).toEqual(order.filter((slug) => Object.hasOwn(lessons, slug)));
  expect(all.map(({ slug }) => slug)).toEqual(Object.keys(lessons));
});

describe.each(steps)("the step %s", (_, step) => {
  const { checks, body, experiment, variants = [], sweep } = step;

  test("has something to do, none of it done before anything happens", () => {
    expect(checks.length).toBeGreaterThan(0);
    unique(checks.map(({ id }) => id));
    for (const { id, label, passes } of checks) {
      expect(id).toMatch(name);
      expect(label).toMatch(/\S.*\.$/);
      expect(passes(noFacts), id).toBe(false);
    }
  });

  test("has experiments that can be trained as they are", () => {
    const experiments = [
      experiment,
      ...variants.map((variant) => variant.experiment),
      sweep?.base as ExperimentInput | undefined,
    ];
    for (const each of experiments) if (each !== undefined) expect(errorsIn(each)).toEqual([]);
    unique(variants.map(({ label }) => label));
  });

  test("has a text whose marks are closed and whose formulas can be set", () => {
    expect(body.length).toBeGreaterThan(0);
    for (const text of textsOfStep(step)) expect(() => piecesOf(text)).not.toThrow();
    for (const tex of formulasOf(step))
      expect(() => katex.renderToString(tex, { throwOnError: true, strict: "error" })).not.toThrow();
    for (const block of body)
      if (block.kind === "table") for (const row of block.rows) expect(row).toHaveLength(block.head.length);
  });

  test("asks questions with one right answer, a reason for each, and a check that waits for it", () => {
    const quizzes = quizzesOf(step);
    unique(quizzes.map(({ id }) => id));
    for (const { id, options } of quizzes) {
      expect(id).toMatch(name);
      expect(options.length).toBeGreaterThan(1);
      expect(options.filter(({ right }) => right)).toHaveLength(1);
      unique(options.map(({ text }) => text));
      for (const { because } of options) expect(because.length).toBeGreaterThan(10);
      const marks = Object.fromEntries(quizzes.map((quiz) => [quiz.id, true]));
      const waiting = checks.filter(({ passes }) => passes({ ...noFacts, marks }));
      expect(waiting.length, id).toBeGreaterThan(0);
      const wrong = { ...noFacts, marks: { ...marks, [id]: false } };
      expect(checks.filter(({ passes }) => passes(wrong)).length, id).toBeLessThan(waiting.length);
    }
  });

  test("is written in plain words, without exclamation marks", () => {
    for (const { kind, text } of textsOfStep(step).flatMap(piecesOf))
      if (kind !== "code" && kind !== "formula") expect(text).not.toContain("!");
  });
});
