// Checks that several lessons make.
import type { Check, ExperimentInput } from "./define";
import type { RunFacts } from "./facts";

/** A quiz of the step, answered rightly. */
export const answered = (quiz: string, label = "Answer the question."): Check => ({
  id: quiz,
  label,
  passes: ({ marks }) => marks[quiz] === true,
});

/** A run of the step that is over and of which this is true. */
export const trained = (id: string, label: string, holds: (run: RunFacts) => boolean): Check => ({
  id,
  label,
  passes: ({ runs }) => runs.some((run) => run.state === "done" && holds(run)),
});

/** A comparison of the step that is through. */
export const compared = (id: string, label: string): Check => ({
  id,
  label,
  passes: ({ sweeps }) => sweeps.some(({ done }) => done),
});

/** Validation loss by epoch; empty without validation. */
export const valLosses = ({ history }: RunFacts): number[] =>
  history.flatMap(({ valLoss }) => (valLoss === null ? [] : [valLoss]));

/** The epoch, from 1, with the lowest validation loss; null where there is none. */
export function bestEpoch(run: RunFacts): number | null {
  const losses = valLosses(run);
  return losses.length === 0 ? null : losses.indexOf(Math.min(...losses)) + 1;
}

export const testAccuracy = ({ test }: RunFacts): number => test?.accuracy ?? 0;

/** An experiment with another title and other settings of its training. */
export const retitled = (
  experiment: ExperimentInput,
  title: string,
  changes: Readonly<Record<string, unknown>> = {},
): ExperimentInput => ({ ...experiment, ...changes, title });
