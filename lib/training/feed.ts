// Brings shards from the data set into the engine, each once, when the rows in it are about to be used.
import type { DatasetSource } from "../datasets/source";
import type { Engine } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import type { Selection, Split } from "../spec/samples";

const files = ["train", "test"] as const;

export class Feed {
  #present: Record<Split, Set<number>> = { train: new Set(), test: new Set() };
  /** Test images are shown with their predictions, so their bytes stay here as well. */
  #testImages = new Map<number, Uint8Array>();

  constructor(
    readonly source: DatasetSource,
    readonly engine: Engine,
    readonly dataset: DatasetDefinition,
  ) {
    const rowBytes = sizeOf(dataset.shape);
    const layout = (split: Split) => ({
      rows: dataset.counts[split].reduce((sum, count) => sum + count, 0),
      rowBytes,
      scale: dataset.scale,
    });
    engine.allocate({ train: layout("train"), test: layout("test") });
  }

  /** Starts all downloads in the order in which they will be needed. */
  prefetch(selection: Selection): void {
    const wanted = (split: Split, rows: Uint32Array) =>
      shardsOf(this.dataset, rows)
        .filter((shard) => !this.#present[split].has(shard))
        .map((shard) => ({ split, shard }));
    const { train, validation, test } = selection;
    const all = [...wanted("train", train), ...wanted("train", validation), ...wanted("test", test)];
    // A shard on the border holds training and validation rows.
    const seen = new Set<string>();
    this.source.prefetch(
      all.filter(({ split, shard }) => {
        const key = `${split} ${shard}`;
        return seen.has(key) ? false : seen.add(key);
      }),
    );
  }

  /**
   * Resolves when these rows are in the engine.
   * @throws DataError
   */
  async ensure(split: Split, rows: Uint32Array): Promise<void> {
    for (const shard of shardsOf(this.dataset, rows)) await this.#bring(split, shard);
  }

  /**
   * Brings everything that another feed of the same data set has brought into its engine.
   * @param wanted looked at before each shard; once false, the rest is left out
   * @throws DataError
   */
  async follow(other: Feed, wanted: () => boolean): Promise<void> {
    for (const split of files)
      for (const shard of other.#present[split]) if (wanted()) await this.#bring(split, shard);
  }

  /** Bytes of training images; their shards are fetched again. @throws DataError */
  trainImages(rows: Uint32Array): Promise<Uint8Array> {
    return readTrainImages(this.source, this.dataset, rows);
  }

  /** Bytes of test images that `ensure` has brought. */
  testImages(rows: Uint32Array): Uint8Array {
    return cut(this.dataset, rows, this.#testImages);
  }

  /** Class numbers of both files, as stored. @throws DataError */
  async labels(): Promise<Record<Split, Uint8Array>> {
    const [train, test] = await Promise.all(files.map((split) => this.source.labels(split)));
    return { train: train!, test: test! };
  }

  async #bring(split: Split, shard: number): Promise<void> {
    const present = this.#present[split];
    if (present.has(shard)) return;
    const images = await this.source.images(split, shard);
    if (present.has(shard)) return;
    this.engine.upload(split, shard * this.dataset.shardSize, images);
    if (split === "test") this.#testImages.set(shard, images);
    present.add(shard);
  }
}

/** Bytes of training images, row-major, fetched now. @throws DataError */
export async function readTrainImages(
  source: DatasetSource,
  dataset: DatasetDefinition,
  rows: Uint32Array,
): Promise<Uint8Array> {
  const shards = new Map<number, Uint8Array>();
  for (const shard of shardsOf(dataset, rows)) shards.set(shard, await source.images("train", shard));
  return cut(dataset, rows, shards);
}

/** These rows' images, out of their shards. */
function cut(
  { shape, shardSize }: DatasetDefinition,
  rows: Uint32Array,
  shards: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const rowBytes = sizeOf(shape);
  const images = new Uint8Array(rows.length * rowBytes);
  for (const [i, row] of rows.entries()) {
    const shard = Math.floor(row / shardSize);
    const start = (row - shard * shardSize) * rowBytes;
    images.set(shards.get(shard)!.subarray(start, start + rowBytes), i * rowBytes);
  }
  return images;
}

/** The shards that hold these rows, in the rows' order. */
function shardsOf({ shardSize }: DatasetDefinition, rows: Uint32Array): number[] {
  const shards = new Set<number>();
  for (const row of rows) shards.add(Math.floor(row / shardSize));
  return [...shards];
}
