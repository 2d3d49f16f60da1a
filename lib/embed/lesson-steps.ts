// The part of a lesson that an embed shows.
import type { ExperimentInput, Step } from "../lessons/define";
import { type StepRange, stepsWithin } from "./options";

/** A step that the playground can begin with. */
export type FirstStep = Step & { experiment: ExperimentInput };

export interface Shown {
  steps: readonly [FirstStep, ...Step[]];
  /** The number of the first of them in the lesson, from 1. */
  from: number;
}

/**
 * The steps of a range. The first has the experiment of the one before it where it has none of its own, as a reader who
 * came through the whole lesson would.
 * @throws RangeError for a lesson that begins without an experiment
 */
export function shownSteps(all: readonly Step[], range: StepRange | null): Shown {
  const [first, ...others] = stepsWithin(all, range);
  const index = all.findIndex(({ id }) => id === first?.id);
  const experiment = all.slice(0, index + 1).findLast((step) => step.experiment !== undefined)?.experiment;
  if (first === undefined || experiment === undefined)
    throw new RangeError("A lesson begins with an experiment.");
  return { steps: [{ ...first, experiment }, ...others], from: index + 1 };
}
