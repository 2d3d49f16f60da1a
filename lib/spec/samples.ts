// Which images an experiment uses, and in what order: decided by the spec and the labels alone.
import { shuffle, streamKey } from "../random";
import * as datasets from "./datasets/registry";
import type { DatasetDefinition } from "./define";
import type { ExperimentSpec } from "./experiment";

/** The two files of a data set. */
export type Split = "train" | "test";

export const datasetOf = (spec: ExperimentSpec): DatasetDefinition => datasets[spec.dataset.id];

/** Classes that the network tells apart: all of the data set's, or those of the filter. */
export const classCount = (spec: ExperimentSpec): number =>
  spec.dataset.classes?.length ?? datasetOf(spec).classNames.length;

export interface SampleCounts {
  train: number;
  validation: number;
  test: number;
}

/** How many images the experiment trains, validates and tests on; known before any data is there. */
export function countSamples(spec: ExperimentSpec): SampleCounts {
  const { counts } = datasetOf(spec);
  const { classes, trainLimit } = spec.dataset;
  const kept = (all: readonly number[]) =>
    (classes ?? all.map((_, label) => label)).reduce((sum, label) => sum + all[label]!, 0);
  const pool = Math.min(kept(counts.train), trainLimit ?? Number.POSITIVE_INFINITY);
  const validation = validationSize(spec, pool);
  return { train: pool - validation, validation, test: kept(counts.test) };
}

/**
 * How many of `pool` images are kept for validation. The two ends round differently, because what people do at each
 * does: whoever slices the first images off writes `int(n * split)`, and Keras's `validation_split`, which takes the
 * last, cuts at `int(n * (1 - split))`: 287.4 of 1,437 images are 287 from the front, but 288 from the back. One image
 * at least is left to train on.
 */
function validationSize({ validation: { split, from } }: ExperimentSpec, pool: number): number {
  if (from === "first") return Math.floor(pool * split);
  // 1 − 0.8 is a hair below 0.2 in floating point, which must not cost an image.
  return pool - Math.max(1, Math.floor(pool * (1 - split) + 1e-9 * pool));
}

export const stepsPerEpoch = (spec: ExperimentSpec): number =>
  Math.ceil(countSamples(spec).train / spec.training.batchSize);

export interface Selection {
  /** Rows of the training file, in file order. */
  train: Uint32Array;
  validation: Uint32Array;
  /** Rows of the test file. */
  test: Uint32Array;
}

/**
 * The rows that the experiment uses: the classes are filtered first, then the first `trainLimit` kept, then the
 * validation share is cut from the first or last end.
 * @param labels class numbers of every image of the training and test files
 */
export function selectSamples(
  spec: ExperimentSpec,
  labels: { train: Uint8Array; test: Uint8Array },
): Selection {
  const { classes, trainLimit } = spec.dataset;
  const rows = (all: Uint8Array) => {
    const kept = Uint32Array.from(all.keys());
    return classes === null ? kept : kept.filter((row) => classes.includes(all[row]!));
  };
  const pool = rows(labels.train).subarray(0, trainLimit ?? undefined);
  const size = validationSize(spec, pool.length);
  const cut = spec.validation.from === "first" ? size : pool.length - size;
  const [head, tail] = [pool.subarray(0, cut), pool.subarray(cut)];
  const [validation, train] = spec.validation.from === "first" ? [head, tail] : [tail, head];
  return { train, validation, test: rows(labels.test) };
}

/** Class numbers as the network sees them: the position in the filter, or the label itself. */
export function mapLabels(spec: ExperimentSpec, labels: Uint8Array): Uint8Array {
  const { classes } = spec.dataset;
  return classes === null ? labels : labels.map((label) => Math.max(0, classes.indexOf(label)));
}

/**
 * The order in which epoch `epoch` (from 0) visits the training rows. Epoch 0 walks the shards in file order,
 * shuffled within each, so that training can start when the first shard is there; later epochs shuffle
 * everything. It depends on the seed alone, never on the network.
 */
export function epochOrder(spec: ExperimentSpec, train: Uint32Array, epoch: number): Uint32Array {
  const order = train.slice();
  if (!spec.training.shuffle) return order;
  if (epoch > 0) return shuffle(order, streamKey(spec.seed, "shuffle", epoch));
  const { shardSize } = datasetOf(spec);
  for (let start = 0; start < order.length; ) {
    const shard = Math.floor(order[start]! / shardSize);
    let end = start;
    while (end < order.length && Math.floor(order[end]! / shardSize) === shard) end++;
    shuffle(order.subarray(start, end), streamKey(spec.seed, "shuffle", 0, shard));
    start = end;
  }
  return order;
}
