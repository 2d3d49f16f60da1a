// A run of the page as the plain facts that a lesson's checks look at.
import type { RunFacts } from "../lessons/facts";
import type { OwnRun } from "./lesson-state";
import type { Run } from "./reduce";

/** Null where there is no run. */
export function runFactsOf(run: Run): RunFacts | null {
  const { state, spec, before, history, from, completed, restoredEpoch, test } = run;
  if (state === "idle" || spec === null) return null;
  return {
    spec,
    state,
    before: before && { loss: before.loss, accuracy: before.accuracy },
    history,
    continuedFrom: from,
    stopped: completed?.stopped ?? false,
    restoredEpoch,
    test: test && { loss: test.loss, accuracy: test.accuracy },
    elapsedMs: completed?.elapsedMs ?? null,
  };
}

/** False while a run only counts its steps, which no check looks at. */
export const haveChanged = (run: Run, before: Run): boolean =>
  run.state !== before.state ||
  run.before !== before.before ||
  run.history !== before.history ||
  run.from !== before.from ||
  run.completed !== before.completed ||
  run.restoredEpoch !== before.restoredEpoch ||
  run.test !== before.test;

/** A run that is over in a few numbers, also where its test images are still locked; null before that. */
export function ownRunOf(run: Run, begunAt: string, step: string): OwnRun | null {
  const { state, spec, history, completed, test } = run;
  const last = history.at(-1);
  if (state !== "done" || spec === null || last === undefined || completed === null) return null;
  return {
    begunAt,
    step,
    spec,
    epochs: history.length,
    accuracy: last.accuracy,
    valAccuracy: last.valAccuracy,
    testAccuracy: test?.accuracy ?? null,
    elapsedMs: history.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
  };
}
