import { expect, test } from "vitest";
import { toImage, toRawImage } from "../datasets/drawing";
import { mnistFromDisk } from "../datasets/testing";
import { Sheet } from "../drawing/sheet";
import { wasmFromDisk } from "../engines/wasm/testing";
import { mnist } from "../spec/datasets/mnist";
import type { ExperimentSpec } from "../spec/experiment";
import { Network } from "../training/network";
import { small } from "../training/testing";
import { createLens, untrained } from "./testing";

const pair: ExperimentSpec = {
  ...small,
  dataset: { ...small.dataset, classes: [3, 5] },
  layers: [...small.layers.slice(0, -1), { kind: "dense", units: 2, activation: "softmax" }],
};
const binary: ExperimentSpec = {
  ...pair,
  layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
  loss: "binaryCrossentropy",
};

async function createNetwork(spec: ExperimentSpec): Promise<Network> {
  const network = new Network({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  await network.open(spec, untrained(spec));
  return network;
}

/** A stroke as it was drawn, and centred. */
function drawn(): Uint8Array {
  const sheet = new Sheet([[30, 30, 40, 120]]);
  return Uint8Array.from([...toRawImage(sheet, mnist)!, ...toImage(sheet, mnist)!]);
}

test.each([
  ["all classes", small],
  ["a pair of classes", pair],
  ["one sigmoid output", binary],
])("with %s the lens answers as a trained network does, row for row and bit for bit", async (_, spec) => {
  const network = await createNetwork(spec);
  const { lens } = createLens();
  await lens.open(spec, untrained(spec), false);
  const rows = [0, 1500, 9999];
  const answer = await lens.ask("predictTest", { rows });
  expect(answer).toEqual(await network.predictTest(rows));
  expect(await lens.ask("predict", { images: answer.images })).toEqual(answer.probabilities);
});

test("drawings are read as the network itself reads them, with nothing fetched, also while test images are locked", async () => {
  const network = await createNetwork(small);
  const { lens, fetched } = createLens();
  await lens.open(small, untrained(small), true);
  const probabilities = await lens.ask("predict", { images: drawn() });
  expect(probabilities).toEqual(await network.predict(drawn()));
  expect(probabilities).toHaveLength(20);
  expect(probabilities.slice(0, 10)).not.toEqual(probabilities.slice(10));
  expect(fetched).toEqual([]);
  await expect(lens.ask("predictTest", { rows: [0] })).rejects.toThrow("locked");
});

test("one sigmoid output is told as two probabilities, and bytes that are no image are refused", async () => {
  const { lens } = createLens();
  await lens.open(binary, untrained(binary), false);
  const probabilities = await lens.ask("predict", { images: drawn() });
  expect(probabilities).toHaveLength(4);
  expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 6);
  await expect(lens.ask("predict", { images: new Uint8Array(783) })).rejects.toThrow("no images of 784");
});
