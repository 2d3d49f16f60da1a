// What a teacher has chosen on the page, and what comes of it: a course, or why there is none yet.
import type { Course } from "@/lib/courses/course";
import type { Size } from "@/lib/courses/html";
import type { LessonSummary } from "@/lib/lessons/catalog";
import { encodeExperiment } from "@/lib/share/code";
import { readExperiment } from "@/lib/share/file";
import { describeExperiment, titleOf } from "@/lib/spec/describe";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import { boolean, choice, number } from "@/lib/spec/fields";
import { type LockField, lockable } from "@/lib/spec/lockable";
import { ParseError } from "@/lib/spec/parse";
import * as presets from "@/lib/spec/presets/registry";

export type PresetKind = keyof typeof presets;
export const presetKinds = Object.keys(presets) as PresetKind[];

export interface LessonChoice extends LessonSummary {
  /** The titles of its steps. */
  steps: readonly string[];
}

export const sources = ["preset", "lesson", "own"] as const;
export type Source = (typeof sources)[number];

export interface Draft {
  source: Source;
  preset: PresetKind;
  slug: string;
  /** From 1; the last one may be past the end of a shorter lesson. */
  steps: { first: number; last: number };
  /** A link, a code or JSON, as it was pasted. */
  own: string;
  lock: readonly LockField[];
  theme: "system" | "light" | "dark";
  height: number;
  autoHeight: boolean;
  width: number;
  wholeWidth: boolean;
  /** In percent, for each kind of thing: a mark for one says nothing about the other. */
  pass: { experiment: number; lesson: number };
}

const heightField = number("Height", {
  default: 600,
  min: 240,
  max: 3000,
  step: 20,
  integer: true,
  help: "In pixels: how much room is kept in your page. The playground scrolls inside where it is not enough.",
});
const passHelp = "What a course site is told as passed. A teacher can set another mark in the course site.";

export const fields = {
  theme: choice("Colours", {
    default: "system",
    values: ["system", "light", "dark"],
    labels: { system: "as the reader’s system", light: "light", dark: "dark" },
    help: "Light or dark whatever the reader’s system is set to, so that it fits a page that is only one of them.",
  }),
  height: heightField,
  autoHeight: boolean("As tall as its content", {
    default: false,
    help: "The element grows with what it shows, so that nothing scrolls inside. Your page gets longer when a reader opens the playground.",
  }),
  wholeWidth: boolean("All the width there is", {
    default: true,
    help: "Else it gets no wider than you say.",
  }),
  width: number("Widest", { default: 900, min: 320, max: 2000, step: 20, integer: true, help: "In pixels." }),
  passExperiment: number("Pass mark, of the test images", {
    default: 95,
    min: 0,
    max: 100,
    step: 1,
    help: `In percent. ${passHelp}`,
  }),
  passLesson: number("Pass mark, of the checks", {
    default: 100,
    min: 1,
    max: 100,
    step: 1,
    help: `In percent. ${passHelp}`,
  }),
};

export const firstDraft = (lessons: readonly LessonChoice[]): Draft => ({
  source: "preset",
  preset: "firstRunPreset",
  slug: lessons[0]!.slug,
  steps: { first: 1, last: lessons[0]!.steps.length },
  own: "",
  lock: [],
  theme: fields.theme.default,
  height: fields.height.default,
  autoHeight: fields.autoHeight.default,
  width: fields.width.default,
  wholeWidth: fields.wholeWidth.default,
  pass: { experiment: fields.passExperiment.default, lesson: fields.passLesson.default },
});

/** Another lesson begins with all of its steps. */
export function withLesson(draft: Draft, slug: string, lessons: readonly LessonChoice[]): Draft {
  const { steps } = lessons.find((lesson) => lesson.slug === slug)!;
  return { ...draft, slug, steps: { first: 1, last: steps.length } };
}

/** Moves one end of the range; the other end is moved along where it would be on the wrong side. */
export function withStep(draft: Draft, end: "first" | "last", step: number): Draft {
  const { first, last } = draft.steps;
  const steps =
    end === "first"
      ? { first: step, last: Math.max(step, last) }
      : { first: Math.min(step, first), last: step };
  return { ...draft, steps };
}

/** Locks come in one order, whatever order they were chosen in. */
export const withLock = (draft: Draft, field: LockField, on: boolean): Draft => ({
  ...draft,
  lock: lockable.filter((name) => (name === field ? on : draft.lock.includes(name))),
});

export const sizeOf = ({ height, width, wholeWidth }: Draft): Size => ({
  height,
  width: wholeWidth ? null : width,
});

/** What is to be shown; or what is wrong with what was pasted, null where nothing was. */
export type Result = { course: Course } | { problem: string | null };

/** @param origin of this server */
export function courseOf(draft: Draft, lessons: readonly LessonChoice[], origin: string): Result {
  if (draft.source === "preset")
    return { course: ofExperiment(parseExperiment(presets[draft.preset].experiment), draft, origin) };
  if (draft.source === "lesson")
    return { course: ofLesson(lessons.find(({ slug }) => slug === draft.slug)!, draft, origin) };
  if (draft.own.trim() === "") return { problem: null };
  const [, slug] = /\/lessons?\/([\w-]+)(?:\/live)?\/?(?:[?#]\S*)?$/.exec(draft.own.trim()) ?? [];
  const lesson = lessons.find((entry) => entry.slug === slug);
  if (lesson !== undefined) {
    const steps = { first: 1, last: lesson.steps.length };
    return { course: ofLesson(lesson, { ...draft, steps }, origin) };
  }
  try {
    return { course: ofExperiment(readExperiment(draft.own).spec, draft, origin) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { problem: error.message };
  }
}

const optionsOf = ({ lock, theme, autoHeight }: Draft) => ({
  lock,
  theme: theme === "system" ? null : theme,
  steps: null,
  autoHeight,
});

const ofExperiment = (spec: ExperimentSpec, draft: Draft, origin: string): Course => ({
  origin,
  shown: { kind: "experiment", code: encodeExperiment(spec) },
  title: titleOf(spec),
  description: describeExperiment(spec),
  options: optionsOf(draft),
  pass: draft.pass.experiment,
});

function ofLesson({ slug, title, summary, steps }: LessonChoice, draft: Draft, origin: string): Course {
  const { first, last } = draft.steps;
  const isWhole = first === 1 && last >= steps.length;
  const part = isWhole ? "" : first === last ? `: ${steps[first - 1]}` : `, steps ${first} to ${last}`;
  return {
    origin,
    shown: { kind: "lesson", slug },
    title: title + part,
    description: summary,
    options: { ...optionsOf(draft), steps: isWhole ? null : { first, last } },
    pass: draft.pass.lesson,
  };
}
