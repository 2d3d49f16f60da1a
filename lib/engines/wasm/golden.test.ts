import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ExperimentSpec } from "../../spec/experiment";
import { small, trained } from "../../training/testing";
import { wasmFromDisk } from "./testing";

const everything: ExperimentSpec = {
  ...small,
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 18, activation: "relu" },
    { kind: "dropout", rate: 0.2 },
    { kind: "dense", units: 15, activation: "tanh" },
    { kind: "dense", units: 14, activation: "elu" },
    { kind: "dense", units: 13, activation: "sigmoid" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
};

async function hashOfWeights(spec: ExperimentSpec): Promise<string> {
  const engine = await wasmFromDisk();
  const { trainer } = await trained(spec, { selectEngine: async () => ({ engine, reports: [] }) });
  const hash = createHash("sha256");
  // Typed arrays are little-endian wherever this runs.
  for (const { buffer } of (await trainer.snapshot()).weights) hash.update(new Uint8Array(buffer));
  return hash.digest("hex");
}

// Not what a reference says, but what every device must say: these change only with the engine's arithmetic.
test.each([
  ["relu and softmax", small, "58c3da0e8bb880a9507e103d7026aea195335240ec41b7569bfc32951724ef8c"],
  [
    "every kind of activation",
    everything,
    "9408d9457e1034ee1d27f709ee31bcbbf61a4a8d8383afece86298eb71d7b87f",
  ],
])("a run with %s ends in the very same bits everywhere", async (_, spec, hash) => {
  expect(await hashOfWeights(spec)).toBe(hash);
  expect(await hashOfWeights({ ...spec, seed: 2 })).not.toBe(hash);
});
