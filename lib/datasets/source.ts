// What the trainer needs of a data set, whoever delivers it: the browser's loader, or a test from disk.
import type { Split } from "../spec/samples";

/** A shard could not be had; the message says which and why, in one sentence. */
export class DataError extends Error {
  override name = "DataError";
}

export interface DataProgress {
  loadedBytes: number;
  totalBytes: number;
}

export type OnProgress = (progress: DataProgress) => void;

export interface DatasetSource {
  /** Class numbers of every image of a file, as stored. */
  labels(split: Split): Promise<Uint8Array>;
  /**
   * Images of one shard, row-major bytes, checked. Asking again after a failure tries again.
   * @throws DataError
   */
  images(split: Split, shard: number): Promise<Uint8Array>;
  /** Starts to fetch these shards in this order, so that `images` finds them there. */
  prefetch(shards: readonly { split: Split; shard: number }[]): void;
}
