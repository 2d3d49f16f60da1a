// What the shortened weights cost networks that were really trained, on the 10,000 test images of MNIST.

import { beforeAll, describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { smallAndSharp } from "../spec/presets/small-and-sharp";
import { buildProgram } from "../spec/program";
import { Network } from "../training/network";
import { type Replay, replay } from "../training/replay";
import { hashWeights } from "../training/weights-hash";
import { decodeCapsule, encodeCapsule } from "./capsule";
import { atOnce } from "./testing";
import { decodeWeights, encodeWeights } from "./weights";

/** A tenth of a point. */
const TOLERATED = 0.001;
const TRAINING_MS = 180_000;

const mnist = mnistFromDisk();
const network = new Network({
  openDataset: () => mnist,
  selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
});

async function train(spec: ExperimentSpec): Promise<Replay> {
  const engine = await wasmFromDisk();
  try {
    return await replay(spec, { openDataset: () => mnist, engine });
  } finally {
    engine.dispose();
  }
}

async function accuracyOf(spec: ExperimentSpec, weights: readonly Float32Array[]): Promise<number> {
  await network.open(spec, weights);
  return (await network.evaluate()).accuracy;
}

const lesson = parseExperiment(firstRun);
/** Convolutions with batch normalization that takes in a batch faster, to be trained in seconds on a part of the images. */
const normalized: ExperimentSpec = {
  ...parseExperiment(smallAndSharp.experiment),
  dataset: { id: "mnist", classes: null, trainLimit: 10_000 },
  augmentation: [],
  layers: parseExperiment(smallAndSharp.experiment).layers.map((layer) =>
    layer.kind === "batchNormalization" ? { ...layer, momentum: 0.9 } : layer,
  ),
  training: { epochs: 3, batchSize: 64, shuffle: true },
  callbacks: [],
};

describe.each<[string, ExperimentSpec, { characters: number; trained: number }]>([
  ["the lesson's network", lesson, { characters: 72_000, trained: 0.97 }],
  ["a convolutional network", normalized, { characters: 30_000, trained: 0.95 }],
])("%s, trained", (_, spec, { characters, trained }) => {
  const program = buildProgram(spec);
  let run: Replay;
  beforeAll(async () => {
    run = await train(spec);
    expect(run.test.accuracy).toBeGreaterThan(trained);
  }, TRAINING_MS);

  test(`is a capsule under ${characters} characters that loses at most 0.1 point`, async () => {
    const text = atOnce(encodeCapsule(spec, run.weights));
    expect(text.length).toBeLessThan(characters);
    const accuracy = await accuracyOf(spec, atOnce(decodeCapsule(spec, text)));
    expect(accuracy).toBeGreaterThanOrEqual(run.test.accuracy - TOLERATED);
  });

  test("loses at most 0.1 point as int8", async () => {
    const bytes = atOnce(encodeWeights(run.weights, "int8", program));
    const accuracy = await accuracyOf(spec, atOnce(decodeWeights(bytes, "int8", program)));
    expect(accuracy).toBeGreaterThanOrEqual(run.test.accuracy - TOLERATED);
  });

  test("has the hash of its run as float32", async () => {
    const bytes = atOnce(encodeWeights(run.weights, "float32", program));
    expect(await hashWeights(atOnce(decodeWeights(bytes, "float32", program)))).toBe(run.hash);
  });
});
