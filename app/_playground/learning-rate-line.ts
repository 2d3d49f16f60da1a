// The learning rate over a whole run, at a hundred places of it.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { learningRates } from "@/lib/spec/learning-rate";
import { stepsPerEpoch } from "@/lib/spec/samples";

const PLACES = 100;

/** Learning rates from the first step to the last; null where it is the same all the time. */
export function learningRateLine(spec: ExperimentSpec): number[] | null {
  const steps = stepsPerEpoch(spec);
  const last = spec.training.epochs * steps - 1;
  const rates = Array.from({ length: PLACES }, (_, place) => {
    const step = Math.round((place / (PLACES - 1)) * last);
    return learningRates(spec, steps, step, 1)[0]!;
  });
  return rates.every((rate) => rate === rates[0]) ? null : rates;
}
