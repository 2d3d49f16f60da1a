// What the learning rate is at each step: the optimizer's own, or a schedule's share of it.
import type { ExperimentSpec } from "./experiment";
import * as schedules from "./schedules/registry";

/**
 * The learning rates of `count` steps from `first` (from 0, over the whole run). A schedule spans the experiment's
 * epochs; training that goes on beyond them keeps its last value.
 * @param stepsPerEpoch of this experiment
 */
export function learningRates(
  spec: ExperimentSpec,
  stepsPerEpoch: number,
  first: number,
  count: number,
): Float64Array {
  const { learningRate } = spec.optimizer;
  const callback = spec.callbacks.find((each) => each.kind === "learningRateSchedule");
  if (callback === undefined) return new Float64Array(count).fill(learningRate);
  const { schedule, warmupEpochs, finalShare } = callback;
  const warmup = Math.floor(warmupEpochs * stepsPerEpoch);
  const falling = Math.max(1, spec.training.epochs * stepsPerEpoch - warmup);
  return Float64Array.from({ length: count }, (_, i) => {
    const step = first + i;
    if (step < warmup) return (learningRate * (step + 1)) / warmup;
    return learningRate * schedules[schedule].share(Math.min(1, (step - warmup) / falling), finalShare);
  });
}
