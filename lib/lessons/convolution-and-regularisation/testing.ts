// Runs as a reader might have made them, for this lesson's tests.
import { type ExperimentSpec, parseExperiment } from "../../spec/experiment";
import type { ExperimentInput } from "../define";
import type { Facts, RunFacts } from "../facts";

interface Made extends Partial<Omit<RunFacts, "spec" | "history">> {
  /** Validation losses by epoch; training loss falls from 1 to 0.1 beside them. */
  valLosses?: readonly (number | null)[];
  accuracy?: number;
  valAccuracy?: number | null;
  /** Of each epoch. */
  epochMs?: number;
  /** What is different from the experiment. */
  spec?: Partial<ExperimentSpec>;
}

/** A run that went through all of its epochs. */
export function runOf(experiment: ExperimentInput, made: Made = {}): RunFacts {
  const { valLosses, accuracy = 0.98, valAccuracy = 0.95, epochMs, spec: changed, ...rest } = made;
  const spec = { ...parseExperiment(experiment), ...changed };
  const losses = valLosses ?? Array.from({ length: spec.training.epochs }, (_, i) => 1 - 0.01 * i);
  return {
    spec,
    state: "done",
    before: { loss: 2.3, accuracy: 0.1 },
    history: losses.map((valLoss, i) => ({
      epoch: i + 1,
      loss: 1 - (0.9 * i) / losses.length,
      accuracy,
      valLoss,
      valAccuracy: valLoss === null ? null : valAccuracy,
      ...(epochMs === undefined ? {} : { elapsedMs: i === 0 ? 10 * epochMs : epochMs }),
    })),
    continuedFrom: 0,
    stopped: false,
    restoredEpoch: null,
    test: null,
    elapsedMs: 1000,
    ...rest,
  };
}

export const factsOf = (...runs: RunFacts[]): Facts => ({ runs, sweeps: [], marks: {} });
