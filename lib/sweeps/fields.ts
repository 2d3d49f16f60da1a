// What can be varied in an experiment: every field of it that a form could draw, read from the catalogs, with values that
// are worth a comparison.
import * as augmentations from "../spec/augmentations/registry";
import * as callbacks from "../spec/callbacks/registry";
import {
  createOptimizer,
  type ExperimentSpec,
  lossField,
  type OptimizerKind,
  optimizerKinds,
  seedField,
  trainingFields,
  validationFields,
} from "../spec/experiment";
import { type Field, type Fields, type NestedLayer, type NumberField, number } from "../spec/fields";
import * as layers from "../spec/layers/registry";
import * as optimizers from "../spec/optimizers/registry";
import { countSamples } from "../spec/samples";
import { changeSpec } from "./change";
import { numberLabel } from "./label";
import { readPath, valueAt } from "./path";
import type { LabelledValue, SearchRange } from "./sweep";

interface VariedBase {
  /** Its path, as in `SweepAxis`. */
  field: string;
  /** "Learning rate", "Units of layer 2" */
  label: string;
  /** Those that are worth a comparison. */
  values: readonly LabelledValue[];
}

/** A number, drawn and checked by its field. */
export interface VariedNumber extends VariedBase {
  type: "number";
  number: NumberField;
}

/** One of a few things; all of them are in `options`. */
export interface VariedChoice extends VariedBase {
  type: "choice";
  options: readonly LabelledValue[];
}

export type VariedField = VariedNumber | VariedChoice;

const labelled = (value: number): LabelledValue => ({ label: numberLabel(value), value });

/** Optimizers that are compared unless somebody chooses others. */
export const COMPARED_OPTIMIZERS: readonly OptimizerKind[] = ["sgd", "adam", "rmsprop", "adagrad"];
/** Learning rates from too large to too small, and the usual sizes of a batch. */
export const LEARNING_RATES = [0.1, 0.01, 0.001, 0.0001] as const;
export const BATCH_SIZES = [16, 32, 64, 128, 256] as const;

/** Another optimizer comes with its own defaults: a good learning rate for one is a bad one for the next. */
export const optimizerValue = (kind: OptimizerKind): LabelledValue => ({
  label: optimizers[kind].label,
  value: createOptimizer(kind),
});

const usual: Readonly<Record<string, readonly number[]>> = {
  "optimizer.learningRate": LEARNING_RATES,
  "training.batchSize": BATCH_SIZES,
};

/** A field with a smaller span than this is walked step by step. */
const FEW_STEPS = 16;

/** Values around the present one: decades, halves and doubles, or steps, as the field counts. */
function valuesNear(field: string, { min, max, step, integer, logarithmic }: NumberField, value: number) {
  const around =
    usual[field] ??
    (logarithmic
      ? [value * 10, value, value / 10, value / 100]
      : integer && max - min <= FEW_STEPS
        ? [value - step, value, value + step, value + 2 * step]
        : value === min
          ? [0, 1, 2, 3].map((quarter) => min + (quarter / 4) * (max - min))
          : [value / 2, value, value * 2, value * 4].slice(0, integer ? 4 : 3));
  const tidy = (wanted: number) => {
    const stepped = logarithmic ? wanted : min + Math.round((wanted - min) / step) * step;
    const rounded = integer ? Math.round(wanted) : Number(stepped.toPrecision(6));
    return Math.min(max, Math.max(min, rounded));
  };
  return [...new Set(around.map(tidy))].map(labelled);
}

type Values = Readonly<Record<string, unknown>>;

/** @param place what the fields belong to, as the end of the label: " of layer 2" */
function variedIn(fields: Fields, values: Values, path: string, place: string): VariedField[] {
  return Object.entries(fields).flatMap(([name, definition]): VariedField[] => {
    const field = `${path}.${name}`;
    if (definition.type === "layers")
      return (values[name] as NestedLayer[]).flatMap((layer, index) =>
        variedIn(
          fieldsOf(layers, layer),
          layer,
          `${field}[${index}]`,
          ` of layer ${index + 1}${place.replace("of layer", "of block")}`,
        ),
      );
    return [variedOf(definition, field, `${definition.label}${place}`, values[name])];
  });
}

function variedOf(
  definition: Exclude<Field, { type: "layers" }>,
  field: string,
  label: string,
  value: unknown,
): VariedField {
  if (definition.type === "number") {
    const values = valuesNear(field, definition, value as number);
    return { type: "number", field, label, number: definition, values };
  }
  const options: LabelledValue[] =
    definition.type === "choice"
      ? [...definition.options]
      : [true, false].map((on) => ({ label: on ? "on" : "off", value: on }));
  return { type: "choice", field, label, options, values: options };
}

const fieldsOf = (catalog: object, { kind }: { kind: string }): Fields =>
  (catalog as Readonly<Record<string, { fields: Fields }>>)[kind]!.fields;

/** The fields of each entry of a list: "Rate of layer 3". */
const variedInList = (catalog: object, list: readonly { kind: string }[], path: string, noun: string) =>
  list.flatMap((entry, index) =>
    variedIn(
      fieldsOf(catalog, entry),
      entry as unknown as Values,
      `${path}[${index}]`,
      ` of ${noun} ${index + 1}`,
    ),
  );

/** How many of the training images are used: 60,000 of 60,000 is what no limit means, too. */
function imagesOf(spec: ExperimentSpec): VariedField {
  const { train, validation } = countSamples({ ...spec, dataset: { ...spec.dataset, trainLimit: null } });
  const all = train + validation;
  const field = number("Images", { default: all, min: 1, max: all, integer: true });
  const values = [all / 8, all / 4, all / 2, all].map((images) => labelled(Math.max(1, Math.round(images))));
  return { type: "number", field: "dataset.trainLimit", label: field.label, number: field, values };
}

const optimizerOf = (): VariedField => ({
  type: "choice",
  field: "optimizer",
  label: "Optimizer",
  // The usual ones first.
  options: [...new Set([...COMPARED_OPTIMIZERS, ...optimizerKinds])].map(optimizerValue),
  values: COMPARED_OPTIMIZERS.map(optimizerValue),
});

/** Every field that can be varied, whether or not another value leaves an experiment that can be trained. */
function allFields(spec: ExperimentSpec): VariedField[] {
  const { optimizer, training, validation } = spec;
  return [
    optimizerOf(),
    ...variedIn(optimizers[optimizer.kind].fields, optimizer as unknown as Values, "optimizer", ""),
    ...variedIn(trainingFields, training, "training", ""),
    ...variedInList(layers, spec.layers, "layers", "layer"),
    variedOf(lossField, "loss", lossField.label, spec.loss),
    imagesOf(spec),
    ...variedIn(validationFields, validation, "validation", ""),
    ...variedInList(augmentations, spec.augmentation, "augmentation", "augmentation"),
    ...variedInList(callbacks, spec.callbacks, "callbacks", "callback"),
    variedOf(seedField, "seed", seedField.label, spec.seed),
  ];
}

/**
 * The fields of an experiment that can be varied, in the order of the form. One that has to be as it is, such as the
 * units of the layer that gives the answer, is not among them.
 */
export const variedFields = (spec: ExperimentSpec): VariedField[] =>
  allFields(spec).filter((varied) => {
    const present = JSON.stringify(valueAt(spec, readPath(varied.field)!));
    const options = varied.type === "choice" ? varied.options : varied.values;
    return options.some(
      ({ value }) =>
        JSON.stringify(value) !== present && changeSpec(spec, [{ field: varied.field, value }]).spec !== null,
    );
  });

/** The field at a path. @throws RangeError where the experiment has none that can be varied */
export function variedField(spec: ExperimentSpec, field: string): VariedField {
  const found = allFields(spec).find((varied) => varied.field === field);
  if (found === undefined)
    throw new RangeError(`${field} is no field of this experiment that can be varied.`);
  return found;
}

/** What a search draws from where nobody says otherwise: from the least to the largest of the values. */
export function rangeOf({
  field,
  label,
  number: { integer, logarithmic, min, max },
  values,
}: VariedNumber): SearchRange {
  const numbers = values.map(({ value }) => value as number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const wide = logarithmic || (integer && max - min > FEW_STEPS && least > 0);
  return { field, label, min: least, max: most, integer, logarithmic: wide };
}
