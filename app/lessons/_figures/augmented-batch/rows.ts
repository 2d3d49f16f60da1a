// Which images a step trains on, as the trainer orders them.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { epochOrder, selectSamples, stepsPerEpoch } from "@/lib/spec/samples";

/**
 * The first rows of a step's batch, in its order, which is what augmentation draws by.
 * @param labels class numbers of the training file
 * @param step from 0, over the whole run
 * @param most rows that are wanted
 */
export function rowsOfStep(
  spec: ExperimentSpec,
  labels: Uint8Array,
  step: number,
  most: number,
): Uint32Array {
  const { train } = selectSamples(spec, { train: labels, test: new Uint8Array(0) });
  const steps = stepsPerEpoch(spec);
  const { batchSize } = spec.training;
  const start = (step % steps) * batchSize;
  const order = epochOrder(spec, train, Math.floor(step / steps));
  return order.slice(start, Math.min(start + batchSize, start + most));
}
