// The parts of an experiment that a course may lock. By the experiment's own names, so that a part is locked by the word
// that its JSON has for it.
import type { ExperimentSpec } from "./experiment";

export const lockable = [
  "dataset",
  "validation",
  "augmentation",
  "layers",
  "loss",
  "optimizer",
  "training",
  "callbacks",
  "seed",
] as const satisfies readonly (keyof ExperimentSpec)[];

export type LockField = (typeof lockable)[number];

export const isLockable = (word: string): word is LockField => (lockable as readonly string[]).includes(word);
