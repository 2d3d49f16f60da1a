// An ExperimentSpec describes a training run completely; everything else reads it. The types below follow
// from the catalogs' fields: nothing is written twice.
import * as z from "zod/mini";
import * as augmentations from "./augmentations/registry";
import * as callbacks from "./callbacks/registry";
import * as datasets from "./datasets/registry";
import {
  boolean,
  choice,
  defaults,
  type Fields,
  type NestedLayer,
  number,
  oneOf,
  shapeOf,
  type Values,
} from "./fields";
import * as layers from "./layers/registry";
import * as losses from "./losses/registry";
import * as optimizers from "./optimizers/registry";
import { anyOf, object, parse } from "./parse";

type AnyOf<C extends Record<string, { fields: Fields }>> = {
  [K in keyof C]: { kind: K } & Values<C[K]["fields"]>;
}[keyof C];

export type LayerKind = keyof typeof layers;
export type LayerSpec = AnyOf<typeof layers>;
export type OptimizerKind = keyof typeof optimizers;
export type OptimizerSpec = AnyOf<typeof optimizers>;
export type AugmentationKind = keyof typeof augmentations;
export type AugmentationSpec = AnyOf<typeof augmentations>;
export type CallbackKind = keyof typeof callbacks;
export type CallbackSpec = AnyOf<typeof callbacks>;
export type LossKind = keyof typeof losses;
export type DatasetId = keyof typeof datasets;

export const layerKinds = Object.keys(layers) as LayerKind[];
export const augmentationKinds = Object.keys(augmentations) as AugmentationKind[];
export const callbackKinds = Object.keys(callbacks) as CallbackKind[];
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
  classes: orNull(z.array(z.int({ error: classesAllowed }), { error: classesAllowed })),
  trainLimit: orNull(
    z
      .int({ error: trainLimitAllowed })
      .check(z.minimum(1, { error: trainLimitAllowed }), z.maximum(1e6, { error: trainLimitAllowed })),
  ),
}).check(
  z.refine(
    ({ id, classes }) => {
      const known = datasets[id].classNames.length;
      return classes === null
        ? true
        : classes.length >= 2 &&
            new Set(classes).size === classes.length &&
            classes.every((label) => label >= 0 && label < known);
    },
    { path: ["classes"], error: classesAllowed },
  ),
);

export const MAX_AUGMENTATIONS = 8;
const augmentationAllowed = `a list of at most ${MAX_AUGMENTATIONS} augmentations`;
const callbacksAllowed = "a list of callbacks, each kind at most once";

const layersAllowed = `a list of at most ${MAX_LAYERS} layers`;

const experimentSchema = object({
  version: z.literal(1, { error: "1" }),
  title: z._default(z.string({ error: titleAllowed }).check(z.maxLength(120, { error: titleAllowed })), ""),
  dataset: datasetSchema,
  validation: fieldsSchema(validationFields),
  augmentation: z._default(
    z
      .array(anyOf(augmentations), { error: augmentationAllowed })
      .check(z.maxLength(MAX_AUGMENTATIONS, { error: augmentationAllowed })),
    [],
  ),
  layers: z
    .array(anyOf(layers), { error: layersAllowed })
    .check(z.maxLength(MAX_LAYERS, { error: layersAllowed })),
  loss: z._default(lossField.schema, lossField.default),
  optimizer: anyOf(optimizers),
  training: fieldsSchema(trainingFields),
  callbacks: z._default(
    z.array(anyOf(callbacks), { error: callbacksAllowed }).check(
      z.refine((list) => new Set(list.map(({ kind }) => kind)).size === list.length, {
        error: callbacksAllowed,
      }),
    ),
    [],
  ),
  seed: z._default(seedField.schema, seedField.default),
});

function fieldsSchema<F extends Fields>(fields: F) {
  return z._default(object(shapeOf(fields)), defaults(fields)) as unknown as z.ZodMiniType<Values<F>>;
}

/** What is null where it is left out. */
function orNull<T>(schema: z.ZodMiniType<T>) {
  return z._default(z.nullable(schema), null);
}

/** The whole of a training run, version 1. */
export interface ExperimentSpec {
  version: 1;
  title: string;
  dataset: { id: DatasetId; classes: number[] | null; trainLimit: number | null };
  validation: Values<typeof validationFields>;
  augmentation: AugmentationSpec[];
  layers: LayerSpec[];
  loss: LossKind;
  optimizer: OptimizerSpec;
  training: Values<typeof trainingFields>;
  callbacks: CallbackSpec[];
  seed: number;
}

/**
 * Reads an experiment from anything.
 * @throws ParseError naming the field, the value and what is allowed
 */
export function parseExperiment(input: unknown): ExperimentSpec {
  return parse(experimentSchema as unknown as z.ZodMiniType<ExperimentSpec>, migrate(input), "experiment");
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
  return JSON.stringify({
    version: spec.version,
    title: spec.title || undefined,
    dataset: { id, classes: classes ?? undefined, trainLimit: trainLimit ?? undefined },
    validation: orUndefined(differing(validationFields, spec.validation)),
    augmentation: orUndefined(spec.augmentation.map((entry) => shortened(augmentations, entry))),
    layers: spec.layers.map((layer) => shortened(layers, layer)),
    loss: spec.loss === lossField.default ? undefined : spec.loss,
    optimizer: shortened(optimizers, spec.optimizer),
    training: orUndefined(differing(trainingFields, spec.training)),
    callbacks: orUndefined(spec.callbacks.map((entry) => shortened(callbacks, entry))),
    seed: spec.seed === seedField.default ? undefined : spec.seed,
  });
}

function shortened(catalog: Readonly<Record<string, { fields: Fields }>>, { kind, ...values }: NestedLayer) {
  return { kind, ...differing(catalog[kind]!.fields, values) };
}

function differing(fields: Fields, values: object): Record<string, unknown> {
  const all = values as Record<string, unknown>;
  const parts = Object.entries(fields).map(([name, field]): [string, unknown] => {
    if (field.type !== "layers") return [name, all[name] === field.default ? undefined : all[name]];
    const short = (list: NestedLayer[]) => list.map((layer) => shortened(layers, layer));
    const list = short(all[name] as NestedLayer[]);
    return [name, JSON.stringify(list) === JSON.stringify(short(field.default)) ? undefined : list];
  });
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

const orUndefined = (value: object) => (Object.keys(value).length === 0 ? undefined : value);

/** A layer of this kind with its defaults. */
export function createLayer(kind: LayerKind): LayerSpec {
  return { kind, ...defaults<Fields>(layers[kind].fields) } as LayerSpec;
}

/** An augmentation of this kind with its defaults. */
export function createAugmentation(kind: AugmentationKind): AugmentationSpec {
  return { kind, ...defaults<Fields>(augmentations[kind].fields) } as AugmentationSpec;
}

/** A callback of this kind with its defaults. */
export function createCallback(kind: CallbackKind): CallbackSpec {
  return { kind, ...defaults<Fields>(callbacks[kind].fields) } as CallbackSpec;
}

/** An optimizer of this kind with its defaults. */
export function createOptimizer(kind: OptimizerKind): OptimizerSpec {
  return { kind, ...defaults<Fields>(optimizers[kind].fields) } as OptimizerSpec;
}
