import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { datasetOf } from "../spec/samples";
import { small } from "../training/testing";
import { Outputs } from "./outputs";
import { createLens, untrained } from "./testing";

const layersOf = (...layers: object[]): ExperimentSpec => parseExperiment({ ...small, layers });
const softmax = { kind: "dense", units: 10, activation: "softmax" };
const smooth = layersOf({ kind: "flatten" }, { kind: "dense", units: 12, activation: "tanh" }, softmax);
const convolutional = layersOf(
  { kind: "conv2d", filters: 4, kernelSize: 5, strides: 2, activation: "tanh" },
  { kind: "batchNormalization" },
  { kind: "averagePooling2d", poolSize: 2 },
  {
    kind: "residual",
    layers: [{ kind: "conv2d", filters: 4, kernelSize: 3, padding: "same", activation: "tanh" }],
  },
  { kind: "flatten" },
  { kind: "dropout", rate: 0.5 },
  softmax,
);
const binary: ExperimentSpec = parseExperiment({
  ...small,
  dataset: { id: "mnist", classes: [3, 8], trainLimit: 400 },
  loss: "binaryCrossentropy",
  layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
});

async function trainImages(count: number, first = 0): Promise<Uint8Array> {
  return Uint8Array.from(
    (await mnistFromDisk().images("train", 0)).subarray(784 * first, 784 * (first + count)),
  );
}

async function open(spec: ExperimentSpec, weights = untrained(spec)) {
  const { lens, fetched } = createLens();
  await lens.open(spec, weights, true);
  return { lens, fetched, weights };
}

/** The engine's own outputs of the first steps: another implementation, in float32. */
async function outputs(spec: ExperimentSpec, images: Uint8Array, steps: number): Promise<Float32Array> {
  const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });
  const network = { program: buildProgram(spec), weights: untrained(spec), dataset: datasetOf(spec) };
  return new Outputs(selectEngine).of(network, images, steps);
}

describe("the saliency", () => {
  test.each([
    ["dense", smooth, 7],
    ["convolutional", convolutional, 2],
    ["binary", binary, 0],
    ["binary, of its other class,", binary, 1],
  ] as const)(
    "of a %s network equals finite differences of the engine's scores to 1e-3 of its peak",
    async (_, spec, target) => {
      const image = await trainImages(1, 5);
      const { lens } = await open(spec);
      const { gradient, score } = await lens.ask("saliency", { image, target });
      const peak = gradient.reduce((max, slope) => Math.max(max, Math.abs(slope)), 0);
      const steps = buildProgram(spec).steps.length - 1;
      const { outputs: width } = buildProgram(spec);
      const scoreOf = (all: Float32Array, i: number) =>
        width === 1 ? (target === 1 ? 1 : -1) * all[i]! : all[width * i + target]!;
      // Every seventh pixel some grey levels up and down, as far as a byte reaches.
      const pixels = Array.from({ length: 112 }, (_, i) => 7 * i);
      const changed = new Uint8Array(784 * 2 * pixels.length);
      const spans = pixels.map((pixel, i) => {
        const [up, down] = [Math.min(255, image[pixel]! + 4), Math.max(0, image[pixel]! - 4)];
        for (const [k, byte] of [up, down].entries()) {
          changed.set(image, 784 * (2 * i + k));
          changed[784 * (2 * i + k) + pixel] = byte;
        }
        return (up - down) / 255;
      });
      const scores = await outputs(spec, changed, steps);
      expect(scoreOf(await outputs(spec, image, steps), 0)).toBeCloseTo(score, 4);
      const differences = pixels.map(
        (_, i) => (scoreOf(scores, 2 * i) - scoreOf(scores, 2 * i + 1)) / spans[i]!,
      );
      expect(peak).toBeGreaterThan(0);
      for (const [i, pixel] of pixels.entries())
        expect(Math.abs(differences[i]! - gradient[pixel]!)).toBeLessThan(1e-3 * peak);
    },
  );
});

describe("the activations", () => {
  test("of each layer are what the engine has there, channel by channel, and end in the network's answer", async () => {
    const image = await trainImages(1, 3);
    const { lens } = await open(convolutional);
    const { stations, probabilities } = await lens.ask("activations", { image });
    expect(stations.map(({ name }) => name)).toEqual([
      "1 Convolution",
      "2 Batch normalization",
      "3 Average pooling",
      "4 Residual block: convolution",
      "4 Residual block: sum",
      "7 Dense",
    ]);
    for (const { steps, shape, shown, values } of stations) {
      const all = await outputs(convolutional, image, steps);
      const channels = shape.at(-1)!;
      const pixels = all.length / channels;
      expect(shown).toBe(channels);
      const byChannel = Float32Array.from(
        all,
        (_, i) => all[(i % pixels) * channels + Math.floor(i / pixels)]!,
      );
      expect(values).toEqual(byChannel);
    }
    expect(stations.at(-1)!.values).toEqual(probabilities);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });

  test("tell how many units are silent, and which is the strongest, beyond those that are shown", async () => {
    const wide = layersOf({ kind: "flatten" }, { kind: "dense", units: 600, activation: "relu" }, softmax);
    const image = await trainImages(1);
    const { lens } = await open(wide);
    const [first] = (await lens.ask("activations", { image })).stations;
    const all = await outputs(wide, image, 3);
    expect(first).toMatchObject({
      shape: [600],
      shown: 512,
      silent: all.filter((value) => value === 0).length,
      strongest: all.indexOf(Math.max(...all)),
      peak: Math.max(...all),
    });
    expect(first!.silent).toBeGreaterThan(0);
  });

  test("are of one image of the network's shape", async () => {
    const { lens } = await open(smooth);
    await expect(lens.ask("activations", { image: new Uint8Array(100) })).rejects.toThrow("784 bytes");
  });
});

describe("the first weights", () => {
  test("of dense units are the kernel's columns as images", async () => {
    const { lens, weights } = await open(smooth);
    const answer = await lens.ask("firstWeights", {});
    expect(answer).toMatchObject({ kind: "unit", height: 28, width: 28, count: 12, shown: 12 });
    const unit = Float32Array.from({ length: 784 }, (_, pixel) => weights[0]![12 * pixel + 7]!);
    expect(answer!.pictures.subarray(7 * 784, 8 * 784)).toEqual(unit);
  });

  test("of a convolution are its filters", async () => {
    const { lens, weights } = await open(convolutional);
    const answer = await lens.ask("firstWeights", {});
    expect(answer).toMatchObject({ kind: "filter", height: 5, width: 5, count: 4, shown: 4 });
    const filter = Float32Array.from({ length: 25 }, (_, pixel) => weights[0]![4 * pixel + 2]!);
    expect(answer!.pictures.subarray(50, 75)).toEqual(filter);
  });

  test("are no picture where the first dense layer reads averages", async () => {
    const { lens } = await open(layersOf({ kind: "globalAveragePooling2d" }, softmax));
    expect(await lens.ask("firstWeights", {})).toBeNull();
  });
});

describe("the covered image", () => {
  test("is asked about for every place of the square", async () => {
    const image = await trainImages(1, 2);
    const { lens } = await open(smooth);
    const answer = await lens.ask("occlusion", { image, size: 7 });
    expect(answer).toMatchObject({ size: 7, stride: 1, rows: 22, columns: 22 });
    const covered = image.slice();
    for (let y = 5; y < 12; y++) covered.fill(0, 28 * y + 9, 28 * y + 16);
    const steps = buildProgram(smooth).steps.length;
    const place = 5 * 22 + 9;
    expect(answer.probabilities.subarray(10 * place, 10 * place + 10)).toEqual(
      await outputs(smooth, covered, steps),
    );
    expect(answer.uncovered).toEqual(await outputs(smooth, image, steps));
  });

  test("is covered at fewer places where the network is large, and never by more than the image", async () => {
    const image = await trainImages(1);
    const large = layersOf({ kind: "flatten" }, { kind: "dense", units: 4096, activation: "relu" }, softmax);
    const { lens } = await open(large);
    const { stride, rows, probabilities } = await lens.ask("occlusion", { image, size: 7 });
    expect(stride).toBeGreaterThan(1);
    expect(rows).toBe(Math.floor(21 / stride) + 1);
    expect(probabilities).toHaveLength(10 * rows * rows);
    await expect(lens.ask("occlusion", { image, size: 28 })).rejects.toThrow("from 1 to 27");
  });
});

describe("the strongest images", () => {
  test.each([
    ["unit", smooth, 3, 5],
    ["channel", convolutional, 2, 1],
  ] as const)("of a %s are those of all images that were looked through", async (_, spec, steps, unit) => {
    const { lens } = await open(spec);
    const found = await lens.ask("strongest", { steps, unit, count: 4 });
    // 80 of 400 images are for validation, the first ones.
    expect(found).toMatchObject({ split: "validation", searched: 80 });
    const all = await outputs(spec, await trainImages(80), steps);
    const channels = buildProgram(spec).steps[steps - 1]!.output.at(-1)!;
    const width = all.length / 80;
    const peaks = Array.from({ length: 80 }, (_, image) => {
      const own = all.subarray(image * width, (image + 1) * width).filter((_, i) => i % channels === unit);
      return { image, peak: Math.max(...own), place: own.indexOf(Math.max(...own)) };
    }).sort((a, b) => b.peak - a.peak);
    expect([...found.rows]).toEqual(peaks.slice(0, 4).map(({ image }) => image));
    expect([...found.values]).toEqual(peaks.slice(0, 4).map(({ peak }) => peak));
    expect([...found.places]).toEqual(peaks.slice(0, 4).map(({ place }) => place));
    const labels = await mnistFromDisk().labels("train");
    expect([...found.labels]).toEqual([...found.rows].map((row) => labels[row]));
  });

  test("are training images where none are kept for validation", async () => {
    const { lens } = await open({ ...smooth, validation: { split: 0, from: "first" } });
    expect(await lens.ask("strongest", { steps: 3, unit: 0, count: 2 })).toMatchObject({
      split: "train",
      searched: 400,
    });
    await expect(lens.ask("strongest", { steps: 3, unit: 12, count: 2 })).rejects.toThrow("from 0 to 11");
  });
});

test("the images to choose from are those of the validation, and begin again at its end", async () => {
  const { lens } = await open(smooth);
  const { split, rows, images, probabilities } = await lens.ask("examples", { from: 78, count: 4 });
  expect(split).toBe("validation");
  expect([...rows]).toEqual([78, 79, 0, 1]);
  expect(images.subarray(0, 784)).toEqual(await trainImages(1, 78));
  expect(probabilities).toHaveLength(40);
});
