// A data set whose files are in memory as a whole, cut into the shards that a browser would load: for commands and
// tests.
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import type { Split } from "../spec/samples";
import { DataError, type DatasetSource } from "./source";

/** Images row-major, labels one byte each. */
export interface Files {
  images(split: Split): Promise<Uint8Array>;
  labels(split: Split): Promise<Uint8Array>;
}

/** @param files asked whenever something is needed: they keep what is costly to read */
export function sourceInMemory(definition: DatasetDefinition, files: Files): DatasetSource {
  const shardBytes = definition.shardSize * sizeOf(definition.shape);
  return {
    labels: (split) => files.labels(split),
    async images(split, shard) {
      const all = await files.images(split);
      const images = all.subarray(shard * shardBytes, (shard + 1) * shardBytes);
      if (images.length === 0) throw new DataError(`${definition.label} has no shard ${shard} of ${split}.`);
      return images;
    },
    prefetch() {},
  };
}
