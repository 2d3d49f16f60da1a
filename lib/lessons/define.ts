// What a lesson is: one file that calls `defineLesson`, plus one line in registry.ts. Text, experiments and checks as
// data: the pages draw it, the tests walk it. Inline marks in texts: `code`, *emphasis*, $formula$ (TeX).
import type { SweepSpec } from "../sweeps/sweep";
import type { Facts } from "./facts";
import type { FigureKind } from "./figures";

export type Block =
  | { kind: "text"; text: string }
  | { kind: "list"; items: readonly string[]; ordered?: true }
  /** A formula of its own line; `says` is read out in its place. */
  | { kind: "formula"; tex: string; says: string }
  | { kind: "code"; code: string; language: "python" | "log" }
  | { kind: "table"; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** A practice worth keeping, set apart from the text. */
  | { kind: "hint"; text: string }
  | { kind: "figure"; figure: FigureKind }
  | { kind: "quiz"; quiz: Quiz };

/** A question with one right answer. The facts' `marks` hold, under its id, whether it was answered rightly. */
export interface Quiz {
  id: string;
  question: string;
  options: readonly { text: string; right?: true; because: string }[];
}

/** What `parseExperiment` takes; a field that is left out has its default. */
export type ExperimentInput = {
  readonly version: 1;
  readonly title: string;
  readonly [field: string]: unknown;
};

export interface Check {
  /** Unique in its step; what is kept in the browser names it. */
  id: string;
  /** What is to be done, as a short sentence. */
  label: string;
  /** Whether the facts show that it was done. Never throws; true once is true until the step is reset. */
  passes(facts: Facts): boolean;
}

export interface Step {
  /** Unique in its lesson: lower case letters, digits and "-". */
  id: string;
  title: string;
  body: readonly Block[];
  /** Loaded into the playground when the step is opened; the one before stays where this is left out. */
  experiment?: ExperimentInput;
  /** Other experiments that the step offers by name, each loaded by its own button. */
  variants?: readonly { label: string; experiment: ExperimentInput }[];
  /** A comparison that is run from the step. */
  sweep?: SweepSpec;
  /** True keeps the test images locked while the step's experiments train: they are opened once, in the end. */
  holdOut?: true;
  checks: readonly Check[];
}

export interface LessonDefinition<Slug extends string = string> {
  slug: Slug;
  title: string;
  /** One or two plain sentences for the list of lessons. */
  summary: string;
  /** How long a reader needs, about. */
  minutes: number;
  /** The published lesson that this one follows, named with thanks. */
  credits: string;
  steps: readonly Step[];
}

export const defineLesson = <const Slug extends string>(lesson: LessonDefinition<Slug>) => lesson;
