import { expect, test } from "vitest";
import { toImage, toRawImage } from "../datasets/drawing";
import { mnistFromDisk } from "../datasets/testing";
import { Sheet } from "../drawing/sheet";
import { wasmFromDisk } from "../engines/wasm/testing";
import { mnist } from "../spec/datasets/mnist";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { Network } from "../training/network";
import { small } from "../training/testing";
import { createLens, untrained } from "./testing";

const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });

/** A stroke as it was drawn, and centred. */
function drawn(): Uint8Array {
  const sheet = new Sheet([[30, 30, 40, 120]]);
  return Uint8Array.from([...toRawImage(sheet, mnist)!, ...toImage(sheet, mnist)!]);
}

test("drawings are read as the network itself reads them, with nothing fetched, also while test images are locked", async () => {
  const weights = untrained(small);
  const network = new Network({ openDataset: () => mnistFromDisk(), selectEngine });
  await network.open(small, weights);
  const { lens, fetched } = createLens();
  await lens.open(small, weights, true);
  const { probabilities } = await lens.ask("read", { images: drawn() });
  expect(probabilities).toEqual(await network.predict(drawn()));
  expect(probabilities).toHaveLength(20);
  expect(probabilities.slice(0, 10)).not.toEqual(probabilities.slice(10));
  expect(fetched).toEqual([]);
});

test("one sigmoid output is told as two probabilities, and bytes that are no image are refused", async () => {
  const binary: ExperimentSpec = parseExperiment({
    ...small,
    dataset: { id: "mnist", classes: [0, 1] },
    layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
    loss: "binaryCrossentropy",
  });
  const { lens } = createLens();
  await lens.open(binary, untrained(binary), false);
  const { probabilities } = await lens.ask("read", { images: drawn() });
  expect(probabilities).toHaveLength(4);
  expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 6);
  await expect(lens.ask("read", { images: new Uint8Array(783) })).rejects.toThrow("no images of 784");
});
