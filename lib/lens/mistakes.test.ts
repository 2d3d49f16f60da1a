// Where the network is wrong: verdicts, neighbours and duels, on real MNIST with a network that was trained on it.
import { beforeAll, describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { classScores, confusionOf, macroF1 } from "../metrics/confusion";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { selectSamples } from "../spec/samples";
import { Network } from "../training/network";
import { create, small } from "../training/testing";
import { hiddenSteps } from "./neighbours";
import { createLens, untrained } from "./testing";
import { spread } from "./verdicts";

const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });
const spec: ExperimentSpec = { ...small, dataset: { ...small.dataset, trainLimit: 2000 } };
let weights: Float32Array[];
let tested: { loss: number; accuracy: number };

async function train(experiment: ExperimentSpec) {
  const { trainer, recorder } = create({ selectEngine });
  await trainer.load(experiment, "auto", recorder.send);
  await trainer.train();
  return {
    weights: (await trainer.snapshot()).weights,
    test: recorder.all("tested").at(-1)!.result,
    validation: recorder.all("epoch").at(-1)!.record.valAccuracy,
  };
}

let validated: number | null;
beforeAll(async () => {
  ({ weights, test: tested, validation: validated } = await train(spec));
});

async function opened(locked = false) {
  const { lens, fetched } = createLens();
  await lens.open(spec, weights, locked);
  return { lens, fetched };
}

/** The network's own guesses for the whole test file, without the lens: the largest of ten numbers each. */
async function independentGuesses(): Promise<number[]> {
  const network = new Network({ openDataset: () => mnistFromDisk(), selectEngine });
  await network.open(spec, weights);
  const rows = Array.from({ length: 10_000 }, (_, row) => row);
  const { probabilities } = await network.predictTest(rows);
  return rows.map((row) => {
    const own = [...probabilities.slice(10 * row, 10 * row + 10)];
    return own.indexOf(Math.max(...own));
  });
}

describe("verdicts", () => {
  test("give the matrix, precision, recall and F1 that the predictions give when they are counted one by one", async () => {
    const { lens } = await opened();
    const { rows, labels, guesses, total } = await lens.ask("verdicts", { split: "test", most: 1e9 });
    const confusion = confusionOf(labels, guesses, 10);
    const scores = classScores(confusion);
    expect([rows.length, total]).toEqual([10_000, 10_000]);

    const truth = [...(await mnistFromDisk().labels("test"))];
    const own = await independentGuesses();
    const pairs = truth.map((label, image) => ({ label, guess: own[image]! }));
    const count = (wanted: (pair: { label: number; guess: number }) => boolean) =>
      pairs.filter(wanted).length;
    const f1s: number[] = [];
    for (let kind = 0; kind < 10; kind++) {
      for (let guess = 0; guess < 10; guess++)
        expect(confusion.counts[10 * kind + guess]).toBe(
          count((pair) => pair.label === kind && pair.guess === guess),
        );
      const hits = count((pair) => pair.label === kind && pair.guess === kind);
      const precision = hits / count(({ guess }) => guess === kind);
      const recall = hits / count(({ label }) => label === kind);
      expect(scores[kind]!.precision).toBeCloseTo(precision, 12);
      expect(scores[kind]!.recall).toBeCloseTo(recall, 12);
      const f1 = (2 * precision * recall) / (precision + recall);
      f1s.push(f1);
      expect(scores[kind]!.f1).toBeCloseTo(f1, 12);
    }
    expect(macroF1(scores)).toBeCloseTo(f1s.reduce((a, b) => a + b) / 10, 12);
    // It has learned something, so that the matrix is no empty one.
    expect(confusion.right).toBeGreaterThan(7000);
  });

  test("are right as often as the run's own test and validation say", async () => {
    const { lens } = await opened();
    for (const [split, accuracy] of [
      ["test", tested.accuracy],
      ["validation", validated],
    ] as const) {
      const { labels, guesses } = await lens.ask("verdicts", { split, most: 1e9 });
      const { right, images } = confusionOf(labels, guesses, 10);
      expect(right / images).toBeCloseTo(accuracy!, 10);
    }
  });

  test("tell how sure the network is as it tells it of the image alone", async () => {
    const { lens } = await opened();
    const { rows, guesses, confidence } = await lens.ask("verdicts", { split: "validation", most: 50 });
    expect(rows).toHaveLength(50);
    const shown = await lens.ask("pictures", { split: "validation", rows });
    for (let image = 0; image < 50; image++)
      expect(confidence[image]).toBe(shown.probabilities[10 * image + guesses[image]!]);
  });

  test("of a part are evenly spread over all", () => {
    expect([
      ...spread(
        Uint32Array.from({ length: 10 }, (_, i) => 100 + i),
        4,
      ),
    ]).toEqual([100, 102, 105, 107]);
    expect(spread(Uint32Array.of(1, 2), 9)).toHaveLength(2);
    expect(() => spread(Uint32Array.of(1), 0)).toThrow("at least 1");
  });

  test("on test images are refused while these are locked", async () => {
    const { lens } = await opened(true);
    await expect(lens.ask("verdicts", { split: "test", most: 10 })).rejects.toThrow("locked");
    expect((await lens.ask("verdicts", { split: "validation", most: 10 })).rows).toHaveLength(10);
  });

  test("of a network with one sigmoid are of its two classes", async () => {
    const binary = parseExperiment({
      ...spec,
      dataset: { id: "mnist", classes: [3, 8], trainLimit: 1000 },
      layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
      loss: "binaryCrossentropy",
    });
    const run = await train(binary);
    const { lens } = createLens();
    await lens.open(binary, run.weights, false);
    const { labels, guesses, confidence, total } = await lens.ask("verdicts", { split: "test", most: 1e9 });
    expect(total).toBe(1010 + 974);
    const { right, images } = confusionOf(labels, guesses, 2);
    expect(right / images).toBeCloseTo(run.test.accuracy, 10);
    expect(Math.min(...confidence)).toBeGreaterThanOrEqual(0.5);
  });
});

describe("neighbours", () => {
  test("are the training images nearest in what the last layer takes in, nearest first", async () => {
    const { lens } = await opened();
    const found = await lens.ask("neighbours", { split: "test", row: 7, count: 5 });
    expect(found).toMatchObject({ width: 12, hidden: true, among: 1600 });
    // By hand: relu(x·W + b) in float64, all distances, all sorted.
    const source = mnistFromDisk();
    const [kernel, bias] = [weights[0]!, weights[1]!];
    const hidden = (image: Uint8Array) =>
      Array.from(bias, (start, unit) => {
        let sum = start;
        for (let i = 0; i < 784; i++) sum += (image[i]! / 255) * kernel[12 * i + unit]!;
        return Math.max(0, sum);
      });
    const own = hidden((await source.images("test", 0)).subarray(7 * 784, 8 * 784));
    const all = await Promise.all([0, 1].map((shard) => source.images("train", shard)));
    const train = Uint8Array.from([...all[0]!, ...all[1]!]);
    const labels = { train: await source.labels("train"), test: await source.labels("test") };
    const nearest = [...selectSamples(spec, labels).train]
      .map((row) => ({
        row,
        distance: Math.hypot(
          ...hidden(train.subarray(row * 784, (row + 1) * 784)).map((value, i) => value - own[i]!),
        ),
      }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 5);
    expect([...found.rows]).toEqual(nearest.map(({ row }) => row));
    for (const [i, { distance }] of nearest.entries()) expect(found.distances[i]).toBeCloseTo(distance, 4);
    expect([...found.labels]).toEqual(nearest.map(({ row }) => labels.train[row]));
    expect(found.images.slice(0, 784)).toEqual(
      train.slice(nearest[0]!.row * 784, (nearest[0]!.row + 1) * 784),
    );
  });

  test("of a training image are others than itself", async () => {
    const { lens } = await opened();
    const row = 500;
    const { rows, distances } = await lens.ask("neighbours", { split: "train", row, count: 3 });
    expect([...rows]).not.toContain(row);
    expect(distances[0]).toBeGreaterThan(0);
  });

  test("are by the pixels where there is no hidden layer", async () => {
    const flat = parseExperiment({
      ...spec,
      layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }],
    });
    const { lens } = createLens();
    await lens.open(flat, untrained(flat), false);
    const found = await lens.ask("neighbours", { split: "validation", row: 0, count: 1 });
    expect(found).toMatchObject({ width: 784, hidden: false });
    expect(hiddenSteps(buildProgram(flat))).toBe(1);
  });

  test("are refused for what is no row, and for more than anybody looks at", async () => {
    const { lens } = await opened();
    await expect(lens.ask("neighbours", { split: "test", row: -1, count: 1 })).rejects.toThrow("row is -1");
    await expect(lens.ask("neighbours", { split: "test", row: 0, count: 51 })).rejects.toThrow("1 to 50");
  });
});

describe("a duel", () => {
  test("says what both take each image for, and leaves the lens with its own network", async () => {
    const other = { ...spec, seed: 2, training: { ...spec.training, epochs: 1 } };
    const rival = await train(other);
    const { lens } = await opened();
    const { rows, total, labels, mine, theirs } = await lens.ask("duel", {
      spec: other,
      weights: rival.weights,
      most: 1e9,
    });
    expect([rows.length, total]).toEqual([10_000, 10_000]);
    const right = (guesses: Uint8Array) => guesses.filter((guess, image) => guess === labels[image]).length;
    expect(right(mine) / 10_000).toBeCloseTo(tested.accuracy, 10);
    expect(right(theirs) / 10_000).toBeCloseTo(rival.test.accuracy, 10);
    const { guesses } = await lens.ask("verdicts", { split: "test", most: 1e9 });
    expect(guesses).toEqual(mine);
  });

  test("is about the classes that both tell apart, by the data set's own numbers", async () => {
    const some = parseExperiment({
      ...spec,
      dataset: { ...spec.dataset, classes: [7, 4] },
      layers: [{ kind: "flatten" }, { kind: "dense", units: 2, activation: "softmax" }],
    });
    const { lens } = await opened();
    const found = await lens.ask("duel", { spec: some, weights: untrained(some), most: 1e9 });
    expect(found.total).toBe(1028 + 982);
    expect(new Set(found.labels)).toEqual(new Set([4, 7]));
    for (const guess of found.theirs) expect([4, 7]).toContain(guess);
  });

  test("is refused with another data set, other weights, and while the test images are locked", async () => {
    const { lens } = await opened();
    const digits = parseExperiment({ ...small, dataset: { id: "digits", classes: null, trainLimit: null } });
    const ask = (experiment: ExperimentSpec, own: Float32Array[]) =>
      lens.ask("duel", { spec: experiment, weights: own, most: 10 });
    await expect(ask(digits, untrained(digits))).rejects.toThrow("reads");
    await expect(ask(spec, [new Float32Array(1)])).rejects.toThrow("not this network's");
    const locked = (await opened(true)).lens;
    await expect(locked.ask("duel", { spec, weights, most: 10 })).rejects.toThrow("locked");
  });
});
