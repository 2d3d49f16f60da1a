// For tests only: a lens on real data with our own engine, in this process.
import { digitsFromDisk, mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { Lens } from "./lens";

/** What a lens fetches is noted in `fetched`: "test 0" for a shard, "test labels". */
export function createLens() {
  const fetched: string[] = [];
  const lens = new Lens({
    openDataset: ({ id }) => {
      const source = id === "digits" ? digitsFromDisk() : mnistFromDisk();
      return {
        ...source,
        images: (split, shard) => {
          fetched.push(`${split} ${shard}`);
          return source.images(split, shard);
        },
        labels: (split) => {
          fetched.push(`${split} labels`);
          return source.labels(split);
        },
      };
    },
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  return { lens, fetched };
}

export const untrained = (spec: ExperimentSpec): Float32Array[] =>
  initialWeights(buildProgram(spec), spec.seed);
