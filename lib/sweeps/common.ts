// The comparisons that everybody makes first, and the axes of any other.
import type { ExperimentSpec, OptimizerKind } from "../spec/experiment";
import { BATCH_SIZES, COMPARED_OPTIMIZERS, LEARNING_RATES, optimizerValue, variedField } from "./fields";
import { numberLabel } from "./label";
import type { GridSweep, LabelledValue, SweepAxis } from "./sweep";

/** The same network with each optimizer, at that optimizer's own defaults. */
export const optimizerSweep = (
  base: ExperimentSpec,
  kinds: readonly OptimizerKind[] = COMPARED_OPTIMIZERS,
): GridSweep => ({
  kind: "grid",
  title: "Optimizers",
  base,
  axes: [{ field: "optimizer", label: "Optimizer", values: kinds.map(optimizerValue) }],
});

/** The experiment's optimizer at several learning rates. */
export const learningRateSweep = (
  base: ExperimentSpec,
  rates: readonly number[] = LEARNING_RATES,
): GridSweep => ({
  kind: "grid",
  title: "Learning rates",
  base,
  axes: [axisOf(base, "optimizer.learningRate", rates)],
});

/** The experiment in batches of several sizes. */
export const batchSizeSweep = (base: ExperimentSpec, sizes: readonly number[] = BATCH_SIZES): GridSweep => ({
  kind: "grid",
  title: "Batch sizes",
  base,
  axes: [axisOf(base, "training.batchSize", sizes)],
});

/**
 * One field as an axis.
 * @param field a path, e.g. "layers[1].units"
 * @param values what it takes, each a number, an option's value or an optimizer's kind; those worth a comparison where
 * left out
 * @throws RangeError where the experiment has no such field, or the field no such option
 */
export function axisOf(base: ExperimentSpec, field: string, values?: readonly unknown[]): SweepAxis {
  const varied = variedField(base, field);
  const { label } = varied;
  if (values === undefined) return { field, label, values: varied.values };
  if (varied.type === "number")
    return {
      field,
      label,
      values: (values as number[]).map((value) => ({ label: numberLabel(value), value })),
    };
  const named = values.map((wanted): LabelledValue => {
    const option = varied.options.find(({ value }) => value === wanted || kindOf(value) === wanted);
    if (option === undefined) throw new RangeError(`${field} has no option ${JSON.stringify(wanted)}.`);
    return option;
  });
  return { field, label, values: named };
}

const kindOf = (value: unknown): unknown => (Object(value) as { kind?: unknown }).kind;
