import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { datasetOf } from "../spec/samples";
import { Network } from "../training/network";
import { small } from "../training/testing";
import { Outputs } from "./outputs";
import { Shards } from "./shards";
import { createLens, untrained } from "./testing";

const convolutional: ExperimentSpec = parseExperiment({
  ...small,
  layers: [
    { kind: "conv2d", filters: 3, kernelSize: 3, activation: "relu" },
    { kind: "maxPooling2d", poolSize: 2 },
    { kind: "flatten" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
});

const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });

async function testImages(count: number): Promise<Uint8Array> {
  return (await mnistFromDisk().images("test", 0)).slice(0, 784 * count);
}

/** A network as `Outputs` takes it. */
const networkOf = (spec: ExperimentSpec, weights = untrained(spec)) => ({
  program: buildProgram(spec),
  weights,
  dataset: datasetOf(spec),
});

describe("the lens", () => {
  test("says what the network itself says to the same test images, to the bit", async () => {
    const weights = untrained(small);
    const network = new Network({ openDataset: () => mnistFromDisk(), selectEngine });
    await network.open(small, weights);
    const expected = await network.predictTest([0, 7, 9999]);
    const { lens } = createLens();
    await lens.open(small, weights, false);
    const { images, labels, probabilities } = await lens.ask("pictures", {
      split: "test",
      rows: Uint32Array.of(0, 7, 9999),
    });
    expect({ images, labels, probabilities }).toEqual(expected);
  });

  test("answers with the weights that it had when it was asked", async () => {
    const { lens } = createLens();
    await lens.open(small, untrained(small), false);
    const question = { split: "test", rows: Uint32Array.of(3) } as const;
    const [before, after] = await Promise.all([
      lens.ask("pictures", question),
      lens.look(untrained({ ...small, seed: 9 })).then(() => lens.ask("pictures", question)),
    ]);
    expect(after.images).toEqual(before.images);
    expect(after.probabilities).not.toEqual(before.probabilities);
  });

  test("shows no test image while they are locked, and validation images all the same", async () => {
    const { lens, fetched } = createLens();
    await lens.open(small, untrained(small), true);
    const rows = Uint32Array.of(0);
    await expect(lens.ask("pictures", { split: "test", rows })).rejects.toThrow("locked");
    expect(fetched).toEqual([]);
    const { labels } = await lens.ask("pictures", { split: "validation", rows });
    expect([...labels]).toEqual([(await mnistFromDisk().labels("train"))[0]]);
  });

  test("has no answer before it has a network, nor for rows that there are not", async () => {
    const { lens } = createLens();
    const rows = Uint32Array.of(10_000);
    await expect(lens.ask("pictures", { split: "test", rows })).rejects.toThrow("no network");
    await expect(lens.open(small, [new Float32Array(3)], false)).rejects.toThrow("not this network's");
    await lens.open(small, untrained(small), false);
    await expect(lens.ask("pictures", { split: "test", rows })).rejects.toThrow("from 0 to 9999");
  });

  test("fetches nothing of the data before a question needs it, and then only what that needs", async () => {
    const { lens, fetched } = createLens();
    await lens.open(small, untrained(small), false);
    expect(fetched).toEqual([]);
    await lens.ask("pictures", { split: "test", rows: Uint32Array.of(2, 1) });
    expect(fetched).toEqual(["test labels", "test 0"]);
  });
});

describe("the first steps of a network", () => {
  test("with none of them are the numbers that it sees", async () => {
    const images = await testImages(1);
    const seen = await new Outputs(selectEngine).of(networkOf(small), images, 0);
    expect(seen).toEqual(Float32Array.from(images, (byte) => byte / 255));
  });

  test.each([
    ["dense", small],
    ["convolutional", convolutional],
  ])("of a %s one, taken one after the other, lead to what all of them give", async (_, spec) => {
    const network = networkOf(spec);
    const images = await testImages(300);
    const outputs = new Outputs(selectEngine);
    const whole = await outputs.of(network, images, network.program.steps.length);
    expect(whole).toHaveLength(3000);
    // What stands before the last layer, through the last layer by hand.
    const last = network.program.steps.findLastIndex(({ op }) => op.op === "dense");
    const hidden = await outputs.of(network, images, last);
    const [kernel, bias] = network.program.steps[last]!.weights.map((index) => network.weights[index]!);
    const width = hidden.length / 300;
    for (const image of [0, 299]) {
      const sums = Array.from(bias!, (start, unit) => {
        let sum = start;
        for (let i = 0; i < width; i++) sum += hidden[image * width + i]! * kernel![i * 10 + unit]!;
        return Math.exp(sum);
      });
      const all = sums.reduce((a, b) => a + b, 0);
      for (const [unit, value] of sums.entries())
        expect(whole[10 * image + unit]).toBeCloseTo(value / all, 5);
    }
  });

  test("are those of the weights that are given, whichever were run before", async () => {
    const images = await testImages(2);
    const outputs = new Outputs(selectEngine);
    const [one, other] = [networkOf(small), networkOf(small, untrained({ ...small, seed: 5 }))];
    const first = await outputs.of(one, images, 3);
    expect(await outputs.of(other, images, 3)).not.toEqual(first);
    expect(await outputs.of(one, images, 3)).toEqual(first);
  });
});

describe("the images that a lens holds", () => {
  test("are within its budget: the shard that was asked for longest ago goes first", async () => {
    const asked: number[] = [];
    const source = mnistFromDisk();
    const dataset = datasetOf(small);
    const { shardSize } = dataset;
    const images = (split: "train" | "test", shard: number) => {
      asked.push(shard);
      return source.images(split, shard);
    };
    const shards = new Shards({ ...source, images }, dataset, 2 * shardSize * 784);
    const look = (...places: number[]) =>
      shards.images(
        "train",
        Uint32Array.from(places, (place) => place * shardSize),
      );
    await look(0, 1);
    await look(0);
    await look(2);
    await look(0);
    expect(asked).toEqual([0, 1, 2]);
    await look(1);
    expect(asked).toEqual([0, 1, 2, 1]);
  });
});
