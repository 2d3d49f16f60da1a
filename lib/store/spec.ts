// The experiment being edited, with undo and redo. Every edit goes through the parser: a value that is not
// allowed throws and leaves the experiment as it was.
import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import { onDataset } from "../spec/change-dataset";
import {
  type AugmentationKind,
  type CallbackKind,
  callbackKinds,
  canonical,
  createAugmentation,
  createCallback,
  createLayer,
  createOptimizer,
  type DatasetId,
  type ExperimentSpec,
  type LayerKind,
  MAX_AUGMENTATIONS,
  MAX_LAYERS,
  type OptimizerKind,
  parseExperiment,
} from "../spec/experiment";
import { type Field, number } from "../spec/fields";
import type { LockField } from "../spec/lockable";
import { firstRun } from "../spec/presets/first-run";
import { buildProgram, type Problem, type Program } from "../spec/program";
import { countSamples } from "../spec/samples";
import { changesLocked, locksStore } from "./locks";

export type FieldValue = Field["default"];

export interface SpecState {
  spec: ExperimentSpec;
  /** The published run that it was forked from, by its name. */
  forkedFrom: string | null;
}

const UNDO_STEPS = 100;

export const specStore = createStore<SpecState>()(
  temporal((): SpecState => ({ spec: parseExperiment(firstRun), forkedFrom: null }), {
    limit: UNDO_STEPS,
    equality: (past, present) => sameExperiment(past.spec, present.spec),
  }),
);

/** True where two experiments mean the same, however they were made. */
export const sameExperiment = (a: ExperimentSpec, b: ExperimentSpec): boolean =>
  a === b || canonical(a) === canonical(b);

/**
 * Does nothing where a part that is locked would change.
 * @throws ParseError naming the field, the value and what is allowed
 */
function edit(change: (spec: ExperimentSpec) => object): void {
  const { spec } = specStore.getState();
  const edited = parseExperiment({ ...spec, ...change(spec) });
  if (!changesLocked(spec, edited)) specStore.setState({ spec: edited });
}

/** Just these parts cannot be edited from now on. What was done before cannot be undone: that would change them too. */
export function lockFields(fields: readonly LockField[]): void {
  locksStore.setState({ fields });
  specStore.temporal.getState().clear();
}

/** Both do nothing where a part that is locked would change: a lesson's step may have brought another network. */
export const undo = (): void => {
  const { pastStates, undo: back } = specStore.temporal.getState();
  if (isAllowed(pastStates.at(-1))) back();
};
export const redo = (): void => {
  const { futureStates, redo: forth } = specStore.temporal.getState();
  if (isAllowed(futureStates.at(-1))) forth();
};

const isAllowed = (state: Partial<SpecState> | undefined): boolean =>
  state?.spec !== undefined && !changesLocked(specStore.getState().spec, state.spec);

let opened = 0;

/** How many experiments were opened whole so far: an edit may change as much, but not this. */
export const openedSoFar = (): number => opened;

/** Another experiment altogether; the one before is an undo away. */
export function openExperiment(spec: ExperimentSpec, forkedFrom: string | null = null): void {
  opened += 1;
  specStore.setState({ spec, forkedFrom });
}

/** The experiment that a page begins with: nothing comes before it. */
export function beginWith(opening: SpecState): void {
  specStore.setState(opening);
  specStore.temporal.getState().clear();
}

/** Another data set, with as much of the network as fits it. */
export const setDataset = (id: DatasetId): void => edit((spec) => onDataset(spec, id));

/** Uses the first `images` training images; the data set's full number means no limit. */
export const setTrainLimit = (images: number): void =>
  edit((spec) => ({
    dataset: { ...spec.dataset, trainLimit: images >= poolSize(spec) ? null : images },
  }));

export const setValidation = (name: string, value: FieldValue): void =>
  edit((spec) => ({ validation: { ...spec.validation, [name]: value } }));

/**
 * A new layer goes before the one that gives the answer, or last where there is none yet. Where that cannot be, as
 * with a convolution after Flatten, it takes the last place that leaves a network that can be trained.
 * @returns its index
 */
export const addLayer = (kind: LayerKind): number => {
  const { spec } = specStore.getState();
  const layer = createLayer(kind);
  const usual = spec.layers.length - (isTrainable(spec) && spec.layers.length > 0 ? 1 : 0);
  const last = spec.layers.map((_, fromEnd) => spec.layers.length - fromEnd);
  const index =
    [usual, ...last, 0].find((place) =>
      isTrainable({ ...spec, layers: spec.layers.toSpliced(place, 0, layer) }),
    ) ?? usual;
  edit(({ layers }) => ({ layers: layers.toSpliced(index, 0, layer) }));
  return index;
};

export const removeLayer = (index: number): void =>
  edit(({ layers }) => ({ layers: layers.toSpliced(index, 1) }));

/** Moves a layer to another place; the layers between make room. Does nothing past the ends. */
export const moveLayer = (index: number, to: number): void => {
  const { layers } = specStore.getState().spec;
  if (to < 0 || to >= layers.length || to === index) return;
  edit(() => ({ layers: layers.toSpliced(index, 1).toSpliced(to, 0, layers[index]!) }));
};

export const setLayerField = (index: number, name: string, value: FieldValue): void =>
  edit(({ layers }) => ({ layers: changed(layers, index, name, value) }));

/** @returns the new one's index */
export const addAugmentation = (kind: AugmentationKind): number => {
  edit(({ augmentation }) => ({ augmentation: [...augmentation, createAugmentation(kind)] }));
  return specStore.getState().spec.augmentation.length - 1;
};

export const removeAugmentation = (index: number): void =>
  edit(({ augmentation }) => ({ augmentation: augmentation.toSpliced(index, 1) }));

export const setAugmentationField = (index: number, name: string, value: FieldValue): void =>
  edit(({ augmentation }) => ({ augmentation: changed(augmentation, index, name, value) }));

/** @returns the new one's index */
export const addCallback = (kind: CallbackKind): number => {
  edit(({ callbacks }) => ({ callbacks: [...callbacks, createCallback(kind)] }));
  return specStore.getState().spec.callbacks.length - 1;
};

export const removeCallback = (index: number): void =>
  edit(({ callbacks }) => ({ callbacks: callbacks.toSpliced(index, 1) }));

export const setCallbackField = (index: number, name: string, value: FieldValue): void =>
  edit(({ callbacks }) => ({ callbacks: changed(callbacks, index, name, value) }));

const changed = <T extends object>(list: readonly T[], index: number, name: string, value: FieldValue): T[] =>
  list.map((entry, i) => (i === index ? { ...entry, [name]: value } : entry));

/** Another optimizer, with its own defaults: a good learning rate for one is a bad one for the next. */
export const setOptimizer = (kind: OptimizerKind): void => edit(() => ({ optimizer: createOptimizer(kind) }));

export const setOptimizerField = (name: string, value: FieldValue): void =>
  edit((spec) => ({ optimizer: { ...spec.optimizer, [name]: value } }));

export const setLoss = (loss: FieldValue): void => edit(() => ({ loss }));

export const setTraining = (name: string, value: FieldValue): void =>
  edit((spec) => ({ training: { ...spec.training, [name]: value } }));

/** @throws ParseError for a title that is too long */
export const setTitle = (title: string): void => edit(() => ({ title }));

export const setSeed = (seed: FieldValue): void => edit(() => ({ seed }));

export const canAddLayer = (spec: ExperimentSpec): boolean => spec.layers.length < MAX_LAYERS;
export const canAddAugmentation = (spec: ExperimentSpec): boolean =>
  spec.augmentation.length < MAX_AUGMENTATIONS;

/** Callbacks that the experiment does not have yet; each may be there once. */
export const freeCallbacks = ({ callbacks }: ExperimentSpec): CallbackKind[] =>
  callbackKinds.filter((kind) => callbacks.every((callback) => callback.kind !== kind));

const isTrainable = (spec: ExperimentSpec): boolean => firstError(spec) === null;

/** Training images of the experiment's classes, before the limit. */
function poolSize(spec: ExperimentSpec): number {
  const { train, validation } = countSamples({ ...spec, dataset: { ...spec.dataset, trainLimit: null } });
  return train + validation;
}

/** How many of the training images are used; the bounds are the data set's. */
export function imagesField(spec: ExperimentSpec): Field {
  const max = poolSize(spec);
  return number("Images", {
    default: max,
    min: 1,
    max,
    integer: true,
    help: "How many of the training images are used, from the first on. Fewer train faster and learn less.",
  });
}

export const imageCount = (spec: ExperimentSpec): number =>
  Math.min(spec.dataset.trainLimit ?? Number.POSITIVE_INFINITY, poolSize(spec));

const programs = new WeakMap<ExperimentSpec, Program>();

/** The experiment's program, built once for each experiment. */
export function programOf(spec: ExperimentSpec): Program {
  const known = programs.get(spec);
  if (known !== undefined) return known;
  const program = buildProgram(spec);
  programs.set(spec, program);
  return program;
}

/** The first thing that keeps this experiment from being trained. */
export function firstError(spec: ExperimentSpec): Problem | null {
  return programOf(spec).problems.find(({ severity }) => severity === "error") ?? null;
}
