// An ExperimentSpec describes a training run completely; everything else reads it. The types below follow
// from the catalogs' fields: nothing is written twice.
import * as z from "zod";
import * as datasets from "./datasets/registry";
import { boolean, choice, defaults, type Fields, number, oneOf, shapeOf, type Values } from "./fields";
import * as layers from "./layers/registry";
import * as losses from "./losses/registry";
import * as optimizers from "./optimizers/registry";
import { object, parse } from "./parse";

export type LayerKind = keyof typeof layers;
export type LayerSpec = { [K in LayerKind]: { kind: K } & Values<(typeof layers)[K]["fields"]> }[LayerKind];
export type OptimizerKind = keyof typeof optimizers;
export type OptimizerSpec = {
  [K in OptimizerKind]: { kind: K } & Values<(typeof optimizers)[K]["fields"]>;
}[OptimizerKind];
export type LossKind = keyof typeof losses;
export type DatasetId = keyof typeof datasets;

export const layerKinds = Object.keys(layers) as LayerKind[];
export const optimizerKinds = Object.keys(optimizers) as OptimizerKind[];
export const lossKinds = Object.keys(losses) as LossKind[];
export const datasetIds = Object.keys(datasets) as DatasetId[];

export const MAX_LAYERS = 32;

export const validationFields = {
  split: number("Validation", {
    default: 0.2,
    min: 0,
    max: 0.9,
    step: 0.05,
    help: "The share of the training images that is kept aside to test each epoch on. 0 keeps none.",
  }),
  from: choice("Taken from", {
    default: "first",
    values: ["first", "last"],
    help: "Which end of the training images validation takes.",
  }),
} satisfies Fields;

export const trainingFields = {
  epochs: number("Epochs", {
    default: 5,
    min: 1,
    max: 1000,
    integer: true,
    help: "Passes over all training images.",
  }),
  batchSize: number("Batch size", {
    default: 32,
    min: 1,
    max: 4096,
    integer: true,
    help: "Images looked at before each step of the weights.",
  }),
  shuffle: boolean("Shuffle", { default: true, help: "Draws a new order of the images for each epoch." }),
} satisfies Fields;

export const lossField = choice("Loss", {
  default: "sparseCategoricalCrossentropy",
  values: lossKinds,
  labels: Object.fromEntries(lossKinds.map((kind) => [kind, losses[kind].label])),
  help: "The one number that training makes smaller.",
});

export const seedField = number("Seed", {
  default: 1,
  min: 0,
  max: 4294967295,
  integer: true,
  help: "Decides the first weights, the order of the images and the dropout masks. The same seed is the same run.",
});

const trainLimitAllowed = "null or a whole number from 1 to 1000000";
const classesAllowed = "null or a list of two or more different class numbers of the data set";
const titleAllowed = "a text of at most 120 characters";

const datasetSchema = object({
  id: z.enum(datasetIds, { error: oneOf(datasetIds) }),
  classes: z
    .array(z.number({ error: classesAllowed }).int({ error: classesAllowed }), { error: classesAllowed })
    .nullable()
    .default(null),
  trainLimit: z
    .number({ error: trainLimitAllowed })
    .int({ error: trainLimitAllowed })
    .min(1, { error: trainLimitAllowed })
    .max(1e6, { error: trainLimitAllowed })
    .nullable()
    .default(null),
}).refine(
  ({ id, classes }) => {
    const known = datasets[id].classNames.length;
    return classes === null
      ? true
      : classes.length >= 2 &&
          new Set(classes).size === classes.length &&
          classes.every((label) => label >= 0 && label < known);
  },
  { path: ["classes"], error: classesAllowed },
);

interface Definition {
  kind: string;
  fields: Fields;
}

/** `{ kind, … }` of any entry of a catalog; the kind is named where it is none of them. */
function anyOf(catalog: Readonly<Record<string, Definition>>) {
  const options = Object.values(catalog).map(({ kind, fields }) =>
    object({ kind: z.literal(kind), ...shapeOf(fields) }),
  );
  return z.discriminatedUnion("kind", options as [(typeof options)[number]], {
    error: (issue) =>
      issue.code === "invalid_union"
        ? oneOf(Object.values(catalog).map(({ kind }) => kind))
        : "an object with a kind",
  });
}

const emptyList = (what: string) => {
  const allowed = `an empty list: this version has no ${what} yet`;
  return z.array(z.unknown(), { error: allowed }).max(0, { error: allowed }).default([]);
};

const layersAllowed = `a list of at most ${MAX_LAYERS} layers`;

const experimentSchema = object({
  version: z.literal(1, { error: "1" }),
  title: z.string({ error: titleAllowed }).max(120, { error: titleAllowed }).default(""),
  dataset: datasetSchema,
  validation: fieldsSchema(validationFields),
  augmentation: emptyList("augmentation"),
  layers: z.array(anyOf(layers), { error: layersAllowed }).max(MAX_LAYERS, { error: layersAllowed }),
  loss: lossField.schema.default(lossField.default),
  optimizer: anyOf(optimizers),
  training: fieldsSchema(trainingFields),
  callbacks: emptyList("callbacks"),
  seed: seedField.schema.default(seedField.default),
});

function fieldsSchema<F extends Fields>(fields: F): z.ZodType<Values<F>> {
  return object(shapeOf(fields)).default(defaults(fields) as never) as unknown as z.ZodType<Values<F>>;
}

/** The whole of a training run, version 1. */
export interface ExperimentSpec {
  version: 1;
  title: string;
  dataset: { id: DatasetId; classes: number[] | null; trainLimit: number | null };
  validation: Values<typeof validationFields>;
  augmentation: unknown[];
  layers: LayerSpec[];
  loss: LossKind;
  optimizer: OptimizerSpec;
  training: Values<typeof trainingFields>;
  callbacks: unknown[];
  seed: number;
}

/**
 * Reads an experiment from anything.
 * @throws ParseError naming the field, the value and what is allowed
 */
export function parseExperiment(input: unknown): ExperimentSpec {
  return parse(experimentSchema as unknown as z.ZodType<ExperimentSpec>, migrate(input), "experiment");
}

/** Brings an experiment of an older version up to the present one; there is only one version so far. */
export function migrate(input: unknown): unknown {
  return input;
}

/**
 * The experiment as short JSON: keys in the schema's order, values that equal their default left out. Two specs
 * that mean the same have the same text, and `parseExperiment(JSON.parse(canonical(spec)))` gives the spec back.
 */
export function canonical(spec: ExperimentSpec): string {
  const { id, classes, trainLimit } = spec.dataset;
  const optimizer = optimizers[spec.optimizer.kind];
  return JSON.stringify({
    version: spec.version,
    title: spec.title || undefined,
    dataset: { id, classes: classes ?? undefined, trainLimit: trainLimit ?? undefined },
    validation: orUndefined(differing(validationFields, spec.validation)),
    layers: spec.layers.map((layer) => ({
      kind: layer.kind,
      ...differing(layers[layer.kind].fields, layer),
    })),
    loss: spec.loss === lossField.default ? undefined : spec.loss,
    optimizer: { kind: spec.optimizer.kind, ...differing(optimizer.fields, spec.optimizer) },
    training: orUndefined(differing(trainingFields, spec.training)),
    seed: spec.seed === seedField.default ? undefined : spec.seed,
  });
}

function differing(fields: Fields, values: object): Record<string, unknown> {
  const all = values as Record<string, unknown>;
  const names = Object.keys(fields).filter((name) => all[name] !== fields[name]!.default);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

const orUndefined = (value: object) => (Object.keys(value).length === 0 ? undefined : value);

/** A layer of this kind with its defaults. */
export function createLayer(kind: LayerKind): LayerSpec {
  return { kind, ...defaults<Fields>(layers[kind].fields) } as LayerSpec;
}

/** An optimizer of this kind with its defaults. */
export function createOptimizer(kind: OptimizerKind): OptimizerSpec {
  return { kind, ...defaults<Fields>(optimizers[kind].fields) } as OptimizerSpec;
}
