// What a rule is: one file that calls `defineRule`, and one line in the registry. A rule says nothing that it has no numbers
// for, and is silent on sound runs; doctor.test.ts trains some of both.
import type { EpochMetrics } from "../metrics/history";
import type { ExperimentSpec } from "../spec/experiment";
import type { Program } from "../spec/program";
import type { Observed } from "./observed";

/** What was observed, with what every rule derives from it. */
export interface Seen extends Observed {
  program: Program;
  /** The last epoch that counts; null before the first. */
  last: EpochMetrics | null;
  /** What a network scores that knows nothing but how frequent each class is. */
  guess: { loss: number; accuracy: number };
  /** How far above guessing an accuracy is, from 0 (guessing) to 1 (all right). */
  skill(accuracy: number): number;
  /** The share of the weights' own length by which the first step moves them; null where that was not measured. */
  moved: number | null;
}

export interface Bar {
  label: string;
  value: number;
  /** The value as it is said. */
  text: string;
  /** True for what the finding is about. */
  marked: boolean;
}

export interface PictureLine {
  label: string;
  ink: "train" | "validation";
  values: readonly number[];
}

/** A small picture of what was seen, as data. */
export type Picture =
  | { kind: "bars"; caption: string; logarithmic: boolean; bars: readonly Bar[] }
  | {
      kind: "lines";
      caption: string;
      /** What a place is, from 1: "epoch" */
      across: string;
      lines: readonly PictureLine[];
      /** Lines are drawn up to here, where one ran away; null where all is drawn. */
      top: number | null;
    };

/** The changed experiment. */
export interface Mend {
  /** What it does, as a button says it: "Lower the learning rate to 0.01" */
  label: string;
  spec: ExperimentSpec;
}

export interface Findings {
  /** Sentences with the numbers. */
  seen: string[];
  /** Why that is so: one or two sentences. */
  why: string;
  picture: Picture;
  /** Null where no experiment mends it. */
  mend: Mend | null;
  /** What to do where no experiment mends it; null elsewhere. */
  advice: string | null;
}

export interface RuleDefinition<K extends string = string> {
  kind: K;
  label: string;
  /** True for what other findings explain: it is not said beside them. */
  isSymptom?: boolean;
  /** Rules that explain this one, where they apply. */
  yieldsTo?: readonly string[];
  examine(seen: Seen): Findings | null;
}

export const defineRule = <const K extends string>(rule: RuleDefinition<K>) => rule;
