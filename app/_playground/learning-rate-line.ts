// The learning rate over a whole run, at a hundred places of it.
import { plateauLearningRates } from "@/lib/metrics/callbacks";
import type { EpochMetrics } from "@/lib/metrics/history";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { learningRates } from "@/lib/spec/learning-rate";
import { stepsPerEpoch } from "@/lib/spec/samples";

const PLACES = 100;

/**
 * Learning rates from the first step to the last; null where it is the same all the time. A plateau is not known before a
 * run comes to it: the line then reaches as far as the run does.
 * @param history epochs of a run of this experiment, as far as there are any
 */
export function learningRateLine(spec: ExperimentSpec, history: readonly EpochMetrics[]): number[] | null {
  const reduced = plateauLearningRates(spec, history)?.slice(0, Math.max(1, history.length));
  const steps = stepsPerEpoch(spec);
  const last = (reduced?.length ?? spec.training.epochs) * steps - 1;
  const rates = Array.from({ length: PLACES }, (_, place) => {
    const step = Math.round((place / (PLACES - 1)) * last);
    return reduced?.[Math.floor(step / steps)] ?? learningRates(spec, steps, step, 1)[0]!;
  });
  return rates.every((rate) => rate === rates[0]) ? null : rates;
}
