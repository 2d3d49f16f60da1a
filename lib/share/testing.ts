// For tests: any experiment that can be, made from what the catalogs say of their entries' fields; and what tests do
// with the rest of the folder.
import fc from "fast-check";
import { sha256Of } from "../sha256";
import * as augmentations from "../spec/augmentations/registry";
import * as callbacks from "../spec/callbacks/registry";
import * as datasets from "../spec/datasets/registry";
import {
  callbackKinds,
  datasetIds,
  type ExperimentSpec,
  lossField,
  MAX_AUGMENTATIONS,
  MAX_LAYERS,
  seedField,
  trainingFields,
  validationFields,
} from "../spec/experiment";
import type { Field, Fields, NestedLayer, NumberField } from "../spec/fields";
import { MAX_NESTED } from "../spec/layers/block";
import * as layers from "../spec/layers/registry";
import { nestedKinds } from "../spec/nested";
import * as optimizers from "../spec/optimizers/registry";
import type { Catalog } from "./entries";
import { canonicalRun, type PublishedRun } from "./published-run";
import type { Work } from "./slices";

function anyNumber({ min, max, integer, default: fallback }: NumberField): fc.Arbitrary<number> {
  const within = integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  return fc.oneof(within, fc.constantFrom(min, max, fallback));
}

function anyValue(field: Field): fc.Arbitrary<unknown> {
  if (field.type === "number") return anyNumber(field);
  if (field.type === "choice") return fc.constantFrom(...field.options.map(({ value }) => value));
  if (field.type === "boolean") return fc.boolean();
  const list = fc.array(anyEntry(layers, nestedKinds()), { minLength: 1, maxLength: MAX_NESTED });
  return fc.oneof(list, fc.constant(field.default));
}

const anyValues = (fields: Fields) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, anyValue(field)])));

/** An entry of any of these kinds. */
function anyEntry(catalog: Catalog, kinds = Object.keys(catalog)): fc.Arbitrary<NestedLayer> {
  const ofKind = (kind: string) => anyValues(catalog[kind]!.fields).map((values) => ({ kind, ...values }));
  return fc.oneof(...kinds.map(ofKind));
}

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** Plain words, every Unicode character, and halves of surrogate pairs. */
export const anyTitle: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ maxLength: 120 }),
    fc.string({ unit: "binary", maxLength: 120 }),
    fc.string({ unit: anyUnit, maxLength: 120 }),
  )
  .map((title) => title.slice(0, 120));

const anyDataset = fc.constantFrom(...datasetIds).chain((id) =>
  fc.record({
    id: fc.constant(id),
    classes: fc.option(
      fc.shuffledSubarray(
        datasets[id].classNames.map((_, label) => label),
        { minLength: 2 },
      ),
    ),
    trainLimit: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  }),
);

/** Valid specs: they can be parsed, though most cannot be trained. */
export const anyExperiment = fc.record({
  version: fc.constant(1),
  title: anyTitle,
  dataset: anyDataset,
  validation: anyValues(validationFields),
  augmentation: fc.array(anyEntry(augmentations), { maxLength: MAX_AUGMENTATIONS }),
  layers: fc.array(anyEntry(layers), { maxLength: MAX_LAYERS }),
  loss: anyValue(lossField),
  optimizer: anyEntry(optimizers),
  training: anyValues(trainingFields),
  callbacks: fc
    .shuffledSubarray(callbackKinds)
    .chain((kinds) => fc.tuple(...kinds.map((kind) => anyEntry(callbacks, [kind])))),
  seed: anyNumber(seedField),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<ExperimentSpec>;

/** Does at once what a page does in slices. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** What a published run is named. */
export const runIdOf = (published: PublishedRun): Promise<string> => sha256Of(canonicalRun(published));
