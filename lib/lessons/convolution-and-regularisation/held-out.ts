// How far the reader is on the way to the test, and what it says.
import { countSamples } from "../../spec/samples";
import type { Facts, RunFacts } from "../facts";
import { bestEpoch, finished, hasBestWeights, keepsBest } from "./checks";
import { marks } from "./marks";

export interface Stage {
  name: string;
  done: boolean;
  detail: string;
}

export interface Verdict {
  /** Validation accuracy of the restored epoch. */
  promised: number;
  epoch: number;
  /** Images that it was measured on. */
  validation: number;
  /** Test accuracy. */
  kept: number;
  images: number;
  /** Standard error of the test accuracy, √(p(1 − p)/n). */
  error: number;
}

export interface HeldOut {
  stages: readonly Stage[];
  verdict: Verdict | null;
  /** What went against the rules, in a sentence. */
  warning: string | null;
}

export function heldOutOf(facts: Facts): HeldOut {
  const { runs, marks: noted } = facts;
  const run = runs.at(-1);
  const trained = run !== undefined && finished(run);
  const keeps = run === undefined || keepsBest(run.spec);
  const best = run === undefined ? null : bestEpoch(run.history);
  const restored = trained && keeps && hasBestWeights(run);
  const tests = runs.filter(({ test }) => test !== null).length;
  const opened = run !== undefined && run.test !== null;
  const stages = [
    {
      name: "Train",
      done: trained,
      detail: trained
        ? `${run.history.length} epochs; the test images were not looked at`
        : keeps
          ? "with a checkpoint, the test images locked"
          : "This experiment has no checkpoint of the validation loss: add one under Callbacks.",
    },
    {
      name: "Load the best weights",
      done: restored,
      detail: restored
        ? `those of epoch ${best}${run.restoredEpoch === null ? ", which was the last: nothing has to be loaded" : ""}`
        : trained && best !== null
          ? `epoch ${best} had the lowest validation loss`
          : "of the epoch with the lowest validation loss",
    },
    { name: "Open the test", done: opened && restored, detail: opened ? "it is open" : "locked until then" },
  ];
  const early = noted[marks.openedEarly] === true || openedEarly(facts);
  return { stages, verdict: restored ? verdictOf(run) : null, warning: warningOf(early, tests) };
}

/** The test of the last run was opened while other weights than the best were in it. */
export function openedEarly({ runs }: Facts): boolean {
  const run = runs.at(-1);
  return run !== undefined && run.test !== null && !(keepsBest(run.spec) && hasBestWeights(run));
}

function warningOf(early: boolean, tests: number): string | null {
  if (early)
    return "The test was opened with other weights than the best. What it said is known now: reset this step to begin anew.";
  if (tests > 1)
    return `The test was opened for ${tests} trainings of this step. Choose by it, and it is a second validation set.`;
  return null;
}

function verdictOf({ spec, history, test }: RunFacts): Verdict | null {
  const epoch = bestEpoch(history);
  if (test === null || epoch === null) return null;
  const { validation, test: images } = countSamples(spec);
  const { accuracy } = test;
  return {
    promised: history[epoch - 1]!.valAccuracy!,
    epoch,
    validation,
    kept: accuracy,
    images,
    error: Math.sqrt((accuracy * (1 - accuracy)) / images),
  };
}
