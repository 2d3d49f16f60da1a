import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { Network } from "../training/network";
import { small } from "../training/testing";
import { createLens, untrained } from "./testing";

const pair: ExperimentSpec = {
  ...small,
  dataset: { ...small.dataset, classes: [3, 5] },
  layers: [...small.layers.slice(0, -1), { kind: "dense", units: 2, activation: "softmax" }],
};

test.each([
  ["all classes", small],
  ["a pair of classes", pair],
])("with %s the lens answers as a trained network does, row for row and bit for bit", async (_, spec) => {
  const weights = untrained(spec);
  const network = new Network({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  await network.open(spec, weights);
  const { lens } = createLens();
  await lens.open(spec, weights, false);
  const rows = [0, 1500, 9999];
  const answer = await lens.ask("predictTest", { rows });
  expect(answer).toEqual(await network.predictTest(rows));
  expect(await lens.ask("predict", { images: answer.images })).toEqual(await network.predict(answer.images));
});

test("locked test images are not shown", async () => {
  const { lens } = createLens();
  await lens.open(small, untrained(small), true);
  await expect(lens.ask("predictTest", { rows: [0] })).rejects.toThrow("locked");
});
