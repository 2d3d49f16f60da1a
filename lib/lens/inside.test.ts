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
  return (await mnistFromDisk().images("train", 0)).slice(784 * first, 784 * (first + count));
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
