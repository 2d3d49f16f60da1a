// The experiment being edited, with undo and redo. Every edit goes through the parser: a value that is not
// allowed throws and leaves the experiment as it was.
import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import {
  canonical,
  createLayer,
  createOptimizer,
  type DatasetId,
  type ExperimentSpec,
  type LayerKind,
  MAX_LAYERS,
  type OptimizerKind,
  parseExperiment,
} from "../spec/experiment";
import { type Field, number } from "../spec/fields";
import { firstRun } from "../spec/presets/first-run";
import { buildProgram, type Problem, type Program } from "../spec/program";
import { countSamples } from "../spec/samples";

export type FieldValue = Field["default"];

interface SpecState {
  spec: ExperimentSpec;
}

const UNDO_STEPS = 100;

export const specStore = createStore<SpecState>()(
  temporal((): SpecState => ({ spec: parseExperiment(firstRun) }), {
    limit: UNDO_STEPS,
    equality: (past, present) => sameExperiment(past.spec, present.spec),
  }),
);

/** True where two experiments mean the same, however they were made. */
export const sameExperiment = (a: ExperimentSpec, b: ExperimentSpec): boolean =>
  a === b || canonical(a) === canonical(b);

/** @throws ParseError naming the field, the value and what is allowed */
function edit(change: (spec: ExperimentSpec) => object): void {
  const { spec } = specStore.getState();
  specStore.setState({ spec: parseExperiment({ ...spec, ...change(spec) }) });
}

export const undo = (): void => specStore.temporal.getState().undo();
export const redo = (): void => specStore.temporal.getState().redo();

/** Another data set, whole: its classes are not those of the one before. */
export const setDataset = (id: DatasetId): void =>
  edit(() => ({ dataset: { id, classes: null, trainLimit: null } }));

/** Uses the first `images` training images; the data set's full number means no limit. */
export const setTrainLimit = (images: number): void =>
  edit((spec) => ({
    dataset: { ...spec.dataset, trainLimit: images >= poolSize(spec) ? null : images },
  }));

export const setValidation = (name: string, value: FieldValue): void =>
  edit((spec) => ({ validation: { ...spec.validation, [name]: value } }));

/** A new layer goes before the one that gives the answer, or last where there is none yet. */
export const addLayer = (kind: LayerKind): number => {
  const { spec } = specStore.getState();
  const index = spec.layers.length - (endsInAnswer(spec) ? 1 : 0);
  edit(({ layers }) => ({ layers: layers.toSpliced(index, 0, createLayer(kind)) }));
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
  edit(({ layers }) => ({
    layers: layers.map((layer, i) => (i === index ? { ...layer, [name]: value } : layer)),
  }));

/** Another optimizer, with its own defaults: a good learning rate for one is a bad one for the next. */
export const setOptimizer = (kind: OptimizerKind): void => edit(() => ({ optimizer: createOptimizer(kind) }));

export const setOptimizerField = (name: string, value: FieldValue): void =>
  edit((spec) => ({ optimizer: { ...spec.optimizer, [name]: value } }));

export const setLoss = (loss: FieldValue): void => edit(() => ({ loss }));

export const setTraining = (name: string, value: FieldValue): void =>
  edit((spec) => ({ training: { ...spec.training, [name]: value } }));

export const setSeed = (seed: FieldValue): void => edit(() => ({ seed }));

export const canAddLayer = (spec: ExperimentSpec): boolean => spec.layers.length < MAX_LAYERS;

function endsInAnswer(spec: ExperimentSpec): boolean {
  return spec.layers.length > 0 && programOf(spec).problems.every(({ severity }) => severity !== "error");
}

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
