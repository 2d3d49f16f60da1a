// What a lesson's page shows of the lesson: enough for its text to come to life, before what watches runs and reads what is
// kept has been downloaded.
import { createStore } from "zustand/vanilla";
import type { Facts, Mark } from "../lessons/facts";
import type { ExperimentSpec } from "../spec/experiment";
import type { SweepSpec } from "../sweeps/sweep";

/** A run that the reader made in a lesson. */
export interface OwnRun {
  /** When it was begun, ISO 8601. One that is continued is still the same run. */
  begunAt: string;
  /** The step that it was begun in. */
  step: string;
  spec: ExperimentSpec;
  /** Epochs done. */
  epochs: number;
  /** Of the last epoch. */
  accuracy: number;
  valAccuracy: number | null;
  testAccuracy: number | null;
  elapsedMs: number;
}

export interface StepProgress {
  /** Checks that have passed, by name. */
  passed: readonly string[];
  marks: Readonly<Record<string, Mark>>;
}

/** The reader's run that is on, so that it counts in its steps also when it goes on after a reload. */
export interface CurrentRun {
  /** What it is kept as. */
  id: string;
  /** ISO 8601. */
  begunAt: string;
  /** The steps that it counts in. */
  steps: readonly string[];
}

export interface LessonProgress {
  /** The step that was open last. */
  open: string | null;
  current: CurrentRun | null;
  /** By name; a step that nobody did anything in has none. */
  steps: Readonly<Record<string, StepProgress>>;
  /** Steps whose checks have all passed, in the order in which that came about. */
  done: readonly string[];
  /** The oldest first. */
  runs: readonly OwnRun[];
}

export const noProgress: LessonProgress = { open: null, current: null, steps: {}, done: [], runs: [] };
export const untouched: StepProgress = { passed: [], marks: {} };

/** What the page knows of a step before the lesson's file is there. */
export interface StepOutline {
  id: string;
  /** Null where the one of the step before stays. */
  experiment: ExperimentSpec | null;
  /** Its checks' names. */
  checks: readonly string[];
  /** A comparison that is run from it. */
  sweep?: SweepSpec | null;
  /** True keeps the test images of what is trained in it locked. */
  holdOut?: boolean;
}

/** What a step's comparison is kept under in this browser. */
export const sweepKeyOf = (slug: string, step: string): string => `lesson.${slug}.${step}`;

export interface LessonState {
  slug: string | null;
  steps: readonly StepOutline[];
  /** The open step's name. */
  step: string | null;
  progress: LessonProgress;
  /** By the step's name. */
  facts: Readonly<Record<string, Facts>>;
  /** False where this browser refuses to remember the progress. */
  kept: boolean;
  /** The step that was done last in this visit. */
  justDone: string | null;
}

/** No lesson is on the page. */
export const closed: LessonState = {
  slug: null,
  steps: [],
  step: null,
  progress: noProgress,
  facts: {},
  kept: true,
  justDone: null,
};

export const lessonStore = createStore<LessonState>()(() => closed);
