import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { Network } from "./network";
import { create, small } from "./testing";

const open = async (spec: unknown, weights: Float32Array[]) => {
  const asked: string[] = [];
  const network = new Network({
    openDataset: () => {
      const source = mnistFromDisk();
      return {
        ...source,
        images: (split, shard) => {
          asked.push(`${split} ${shard}`);
          return source.images(split, shard);
        },
        labels: (split) => {
          asked.push(`${split} labels`);
          return source.labels(split);
        },
      };
    },
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  await network.open(spec as ExperimentSpec, weights);
  return { network, asked };
};

/** Trained on the engine that answers, so that the same numbers are expected to the bit. */
async function trained(spec: ExperimentSpec) {
  const engine = await wasmFromDisk();
  const { trainer, recorder } = create({
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  await trainer.load(spec, "auto", recorder.send);
  await trainer.train();
  return {
    trainer,
    weights: (await trainer.snapshot()).weights,
    test: recorder.all("tested").at(-1)!.result,
  };
}

describe("a network that was trained before", () => {
  test("scores and answers as the trainer that it came from, to the bit", async () => {
    const { trainer, weights, test: score } = await trained(small);
    const { network } = await open(small, weights);
    expect(await network.evaluate()).toEqual(score);
    const rows = [0, 7, 9999, 4321];
    expect(await network.predictTest(rows)).toEqual(await trainer.predictTest(rows));
  });

  test("predicts without a single byte of the data set", async () => {
    const { network, asked } = await open(small, initialWeights(buildProgram(small), small.seed));
    expect(await network.predict(new Uint8Array(2 * 784))).toHaveLength(20);
    expect(asked).toEqual([]);
  });

  test("of two classes with one sigmoid gives a probability for each", async () => {
    const binary = parseExperiment({
      ...small,
      dataset: { id: "mnist", classes: [0, 1], trainLimit: 400 },
      layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
      loss: "binaryCrossentropy",
    });
    const { weights, test: score } = await trained(binary);
    const { network } = await open(binary, weights);
    const { probabilities, labels, images } = await network.predictTest([0, 1, 2]);
    expect(probabilities).toHaveLength(6);
    expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 6);
    expect(await network.predict(images)).toEqual(probabilities);
    expect(new Set(labels)).toEqual(new Set([0, 1]));
    expect((await network.evaluate()).accuracy).toBe(score.accuracy);
  });

  test("takes another network in its place", async () => {
    const first = initialWeights(buildProgram(small), 1);
    const { network } = await open(small, first);
    const before = await network.predict(new Uint8Array(784).fill(90));
    await network.open(small, initialWeights(buildProgram(small), 2));
    expect(await network.predict(new Uint8Array(784).fill(90))).not.toEqual(before);
  });

  test("is refused with weights of another network, or where it is none", async () => {
    await expect(open(small, [new Float32Array(3)])).rejects.toThrow("not this network's");
    await expect(open({ ...small, seed: -1 }, [])).rejects.toThrow("seed is -1");
    const broken = { ...small, layers: small.layers.slice(1) };
    await expect(open(broken, [])).rejects.toThrow(/Dense needs a flat list/);
  });
});
