// Images of both files for whoever looks at them: those that were asked for last stay here, within a budget; the others
// come again, from the browser's cache.
import type { DatasetSource } from "../datasets/source";
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import type { Split } from "../spec/samples";

/** All of MNIST's test images and what its first lesson keeps for validation, with room for some training images. */
const BUDGET_BYTES = 24e6;

export class Shards {
  /** The one that was asked for last is the last. */
  #kept = new Map<string, Promise<Uint8Array>>();
  #labels = new Map<Split, Promise<Uint8Array>>();

  constructor(
    readonly source: DatasetSource,
    readonly dataset: DatasetDefinition,
    readonly budgetBytes = BUDGET_BYTES,
  ) {}

  /** Class numbers of every image of a file, as stored. @throws DataError */
  labels(split: Split): Promise<Uint8Array> {
    const known = this.#labels.get(split) ?? this.source.labels(split);
    this.#labels.set(split, known);
    known.catch(() => this.#labels.delete(split));
    return known;
  }

  /** Bytes of these rows' images, row-major. @throws DataError */
  async images(split: Split, rows: Uint32Array): Promise<Uint8Array> {
    const { shape, shardSize } = this.dataset;
    const rowBytes = sizeOf(shape);
    const images = new Uint8Array(rows.length * rowBytes);
    const places = new Map<number, number[]>();
    for (const [place, row] of rows.entries()) {
      const shard = Math.floor(row / shardSize);
      const own = places.get(shard);
      if (own === undefined) places.set(shard, [place]);
      else own.push(place);
    }
    // One shard after the other: many rows never need more room than the budget.
    for (const [shard, own] of places) {
      const bytes = await this.#shard(split, shard);
      for (const place of own) {
        const start = (rows[place]! - shard * shardSize) * rowBytes;
        images.set(bytes.subarray(start, start + rowBytes), place * rowBytes);
      }
    }
    return images;
  }

  #shard(split: Split, shard: number): Promise<Uint8Array> {
    const key = `${split} ${shard}`;
    const bytes = this.#kept.get(key) ?? this.source.images(split, shard);
    this.#kept.delete(key);
    this.#kept.set(key, bytes);
    bytes.catch(() => this.#kept.delete(key));
    const most = Math.max(
      1,
      Math.floor(this.budgetBytes / (this.dataset.shardSize * sizeOf(this.dataset.shape))),
    );
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most) break;
      this.#kept.delete(oldest);
    }
    return bytes;
  }
}
