// What several experiments differ in, in words from the catalogs' own labels, and what came of each run. A layer, an
// optimizer or a field that is added to a catalog is compared without a line here.
import * as augmentations from "../spec/augmentations/registry";
import * as callbacks from "../spec/callbacks/registry";
import {
  type ExperimentSpec,
  lossField,
  seedField,
  trainingFields,
  validationFields,
} from "../spec/experiment";
import type { Field, Fields, NestedLayer } from "../spec/fields";
import * as layers from "../spec/layers/registry";
import * as optimizers from "../spec/optimizers/registry";
import { buildProgram } from "../spec/program";
import { countSamples, datasetOf } from "../spec/samples";
import type { RunRecord } from "./run-record";

/** One thing that is not the same in all experiments. */
export interface Difference {
  /** "Layer 2 · Units", "Batch size" */
  label: string;
  /** One text for each experiment, in their order; `NONE` where one has no such thing. */
  values: readonly string[];
}

export const NONE = "–";

type Entry = NestedLayer;
type Catalog = Readonly<Record<string, { label: string; fields: Fields }>>;

/**
 * Everything that two or more experiments differ in, from the data to the seed. Layers and augmentations are
 * compared place by place. The title is left out: it says what a run is called, not what it does.
 */
export function differences(specs: readonly ExperimentSpec[]): Difference[] {
  const places = (name: string) => (index: number) => `${name} ${index + 1}`;
  const all = [
    row("Data set", specs, (spec) => datasetOf(spec).label),
    row("Classes", specs, classesText),
    row("Images", specs, imagesText),
    ...fieldRows("Validation", validationFields, specs, ({ validation }) => validation),
    ...listRows(places("Augmentation"), augmentations, specs, ({ augmentation }) => augmentation),
    ...listRows(places("Layer"), layers, specs, (spec) => spec.layers),
    row(lossField.label, specs, ({ loss }) => textOf(lossField, loss)),
    ...entryRows("Optimizer", "", optimizers, specs, ({ optimizer }) => optimizer),
    ...fieldRows("", trainingFields, specs, ({ training }) => training),
    ...callbackRows(specs),
    row(seedField.label, specs, ({ seed }) => textOf(seedField, seed)),
  ];
  return all.filter(({ values }) => new Set(values).size > 1);
}

const row = <T>(label: string, items: readonly T[], textFor: (item: T) => string): Difference => ({
  label,
  values: items.map(textFor),
});

function classesText(spec: ExperimentSpec): string {
  const names = datasetOf(spec).classNames;
  return spec.dataset.classes?.map((label) => names[label]).join(", ") ?? "all";
}

/** A limit that leaves nothing out is none. */
function imagesText(spec: ExperimentSpec): string {
  const count = (trainLimit: number | null) => {
    const { train, validation } = countSamples({ ...spec, dataset: { ...spec.dataset, trainLimit } });
    return train + validation;
  };
  const used = count(spec.dataset.trainLimit);
  return used === count(null) ? "all" : String(used);
}

/** "Validation · Taken from"; a field that is called what its group is says that only once. */
const within = (place: string, label: string): string =>
  place === "" || place === label ? label : `${place} · ${label}`;

function fieldRows<T>(
  place: string,
  fields: Fields,
  items: readonly T[],
  valuesOf: (item: T) => object,
): Difference[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const valueIn = (item: T) => (valuesOf(item) as Record<string, unknown>)[name];
    const label = within(place, field.label);
    if (field.type !== "layers") return [row(label, items, (item) => textOf(field, valueIn(item)))];
    const layerPlace = (index: number) => within(place, `Layer ${index + 1}`);
    return listRows(layerPlace, layers, items, (item) => valueIn(item) as Entry[]);
  });
}

function listRows<T>(
  placeOf: (index: number) => string,
  catalog: Catalog,
  items: readonly T[],
  listOf: (item: T) => readonly Entry[],
): Difference[] {
  const longest = Math.max(...items.map((item) => listOf(item).length));
  return Array.from({ length: longest }, (_, index) => {
    const place = placeOf(index);
    return entryRows(place, place, catalog, items, (item) => listOf(item)[index] ?? null);
  }).flat();
}

/** Callbacks have no order, and each kind is there once at most. */
function callbackRows(specs: readonly ExperimentSpec[]): Difference[] {
  return Object.values(callbacks).flatMap(({ kind, label }) =>
    entryRows(
      label,
      label,
      callbacks,
      specs,
      (spec) => spec.callbacks.find((entry) => entry.kind === kind) ?? null,
    ),
  );
}

/**
 * Rows for one place of a catalog's entries. Of the same kind, they are compared field by field. Of several kinds,
 * one row says which, each with what is its own; what all of them have is still compared by itself.
 * @param prefix what stands before a field's label
 */
function entryRows<T>(
  place: string,
  prefix: string,
  catalog: Catalog,
  items: readonly T[],
  entryOf: (item: T) => Entry | null,
): Difference[] {
  const entries = items.map(entryOf);
  const kinds = new Set(entries.map((entry) => entry?.kind));
  const fieldsOf = (kind: string | undefined): Fields => (kind === undefined ? {} : catalog[kind]!.fields);
  const [first, ...others] = [...kinds].map(fieldsOf);
  const shared = Object.fromEntries(
    Object.entries(first!).filter(([name, { type }]) =>
      others.every((fields) => fields[name]?.type === type),
    ),
  );
  const named = row(place, entries, (entry) => (entry === null ? NONE : entryText(entry, catalog, shared)));
  const compared = fieldRows(prefix, shared, entries, (entry) => entry ?? {});
  return kinds.size > 1 ? [named, ...compared] : compared;
}

/** "Convolution (filters 16, padding same)": the first field, and others that are not as by default. */
function entryText(entry: Entry, catalog: Catalog, shared: Fields): string {
  const { label, fields } = catalog[entry.kind]!;
  const own = Object.entries(fields)
    .filter(([name, field], index) => index === 0 || entry[name] !== field.default)
    .filter(([name]) => !(name in shared))
    .map(([name, field]) =>
      field.type === "layers"
        ? textOf(field, entry[name])
        : `${field.label.toLowerCase()} ${textOf(field, entry[name])}`,
    );
  return own.length === 0 ? label : `${label} (${own.join(", ")})`;
}

/** A value as the form shows it. */
function textOf(field: Field, value: unknown): string {
  if (field.type === "boolean") return value ? "yes" : "no";
  if (field.type === "choice")
    return field.options.find((option) => option.value === value)?.label ?? String(value);
  if (field.type === "layers")
    return (value as Entry[]).map((layer) => entryText(layer, layers, {})).join(" + ");
  return String(value);
}

/** What came of a run, and what it took. */
export interface Outcome {
  /** A share, 0 to 1. */
  testAccuracy: number;
  testLoss: number;
  parameters: number;
  /** Multiply-adds of one image's forward pass. */
  macs: number;
  /** Epochs that were finished. */
  epochs: number;
  /** The epoch, from 1, whose weights these are; null where they are those that the training ended with. */
  restoredEpoch: number | null;
  elapsedMs: number;
  engine: string;
}

export function outcomeOf({ experiment, history, test, environment, restoredEpoch }: RunRecord): Outcome {
  const { parameters, macs } = buildProgram(experiment);
  return {
    testAccuracy: test.accuracy,
    testLoss: test.loss,
    parameters,
    macs,
    epochs: history.length,
    restoredEpoch: restoredEpoch ?? null,
    elapsedMs: environment.elapsedMs,
    engine: environment.engine.name,
  };
}
