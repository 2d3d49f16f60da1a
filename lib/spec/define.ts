// What a catalog entry is. A layer, optimizer, loss, data set or preset is one file that calls one of these,
// plus one line in its folder's registry. Links know a field by its place (lib/share/entries.ts): a new one goes last.
import type { Fields, Values } from "./fields";
import type { Op, Shape } from "./ops";

interface Described {
  label: string;
  /** One plain sentence for the form. */
  summary: string;
}

export interface LayerDefinition<K extends string = string, F extends Fields = Fields> extends Described {
  kind: K;
  fields: F;
  /** The Ops that this layer is made of. */
  lower(values: Values<F>): readonly Op[];
}
export const defineLayer = <const K extends string, F extends Fields>(layer: LayerDefinition<K, F>) => layer;

export interface OptimizerDefinition<K extends string = string, F extends Fields = Fields> extends Described {
  kind: K;
  fields: F;
}
export const defineOptimizer = <const K extends string, F extends Fields>(
  optimizer: OptimizerDefinition<K, F>,
) => optimizer;

/** Something done to training images, drawn anew for each image of each step. */
export interface AugmentationDefinition<K extends string = string, F extends Fields = Fields>
  extends Described {
  kind: K;
  fields: F;
}
export const defineAugmentation = <const K extends string, F extends Fields>(
  augmentation: AugmentationDefinition<K, F>,
) => augmentation;

export interface CallbackDefinition<K extends string = string, F extends Fields = Fields> extends Described {
  kind: K;
  fields: F;
}
export const defineCallback = <const K extends string, F extends Fields>(
  callback: CallbackDefinition<K, F>,
) => callback;

export interface ScheduleDefinition<K extends string = string> {
  kind: K;
  label: string;
  /**
   * The share of the optimizer's learning rate at `progress` (0 to 1), down to `finalShare`. Made of what
   * lib/spec/exact has, so that it is the same on every device.
   */
  share(progress: number, finalShare: number): number;
}
export const defineSchedule = <const K extends string>(schedule: ScheduleDefinition<K>) => schedule;

/**
 * What an engine computes: `crossentropy` over classes, `binaryCrossentropy` over independent outputs, or
 * `meanSquaredError`. Labels always arrive as class numbers; the last two compare with 0/1 or one-hot targets.
 */
export type LossOp = "crossentropy" | "binaryCrossentropy" | "meanSquaredError";

export interface LossDefinition<K extends string = string> extends Described {
  kind: K;
  op: LossOp;
}
export const defineLoss = <const K extends string>(loss: LossDefinition<K>) => loss;

export interface DatasetDefinition<K extends string = string> extends Described {
  id: K;
  /** Raised when the stored bytes change; names the folder in the store. */
  revision: number;
  /** Height, width, channels. */
  shape: Shape;
  classNames: readonly string[];
  /** Images of each class in the training and in the test file. */
  counts: { train: readonly number[]; test: readonly number[] };
  /** Images in one shard. Part of what an experiment means: epoch 1 is shuffled within shards. */
  shardSize: number;
  /** The byte that means 1.0; networks see byte / scale. */
  scale: number;
  /**
   * How a drawing becomes an image like its own, see lib/datasets/drawing: scaled and put by its centre of mass as
   * MNIST's, or counted in the blocks of a larger bitmap as the UCI repository's.
   */
  drawing: "centreOfMass" | "blockCounts";
  source: string;
  licence: string;
}
export const defineDataset = <const K extends string>(dataset: DatasetDefinition<K>) => dataset;

/** An experiment to start from. Its title is what the menu shows. */
export interface PresetDefinition<K extends string = string> {
  kind: K;
  /** One plain sentence for the menu. */
  summary: string;
  /** What `parseExperiment` takes; a field that is left out has its default. */
  experiment: { readonly version: 1; readonly title: string; readonly [field: string]: unknown };
}
export const definePreset = <const K extends string>(preset: PresetDefinition<K>) => preset;
