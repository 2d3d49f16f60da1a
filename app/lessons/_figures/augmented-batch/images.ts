// The training images of a step, from the same shards that the trainer reads. They come once and are kept.
import { createLoader, type Loader } from "@/lib/datasets/loader";
import type { DatasetId, ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import { datasetOf } from "@/lib/spec/samples";
import { rowsOfStep } from "./rows";

const loaders = new Map<DatasetId, Loader>();
const shards = new Map<string, Promise<Uint8Array>>();

function loaderOf(spec: ExperimentSpec): Loader {
  const { id } = spec.dataset;
  const loader = loaders.get(id) ?? createLoader(datasetOf(spec));
  loaders.set(id, loader);
  return loader;
}

function shardOf(spec: ExperimentSpec, shard: number): Promise<Uint8Array> {
  const key = `${spec.dataset.id} ${shard}`;
  const images = shards.get(key) ?? loaderOf(spec).images("train", shard);
  shards.set(key, images);
  images.catch(() => shards.delete(key));
  return images;
}

/**
 * Bytes of the first images of a step's batch, row-major.
 * @param most images that are wanted
 * @throws DataError
 */
export async function imagesOfStep(spec: ExperimentSpec, step: number, most: number): Promise<Uint8Array> {
  const dataset = datasetOf(spec);
  const rows = rowsOfStep(spec, await loaderOf(spec).labels("train"), step, most);
  const size = sizeOf(dataset.shape);
  const images = new Uint8Array(rows.length * size);
  for (const [place, row] of rows.entries()) {
    const shard = Math.floor(row / dataset.shardSize);
    const first = (row - shard * dataset.shardSize) * size;
    images.set((await shardOf(spec, shard)).subarray(first, first + size), place * size);
  }
  return images;
}
