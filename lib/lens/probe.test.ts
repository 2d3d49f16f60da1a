import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { ReferenceEngine } from "../engines/reference/engine";
import { wasmFromDisk } from "../engines/wasm/testing";
import { gradientLength } from "../metrics/gradients";
import { parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { Lab } from "../training/lab";
import { small } from "../training/testing";
import { probeBatch } from "./probe-batch";
import { createLens, untrained } from "./testing";

describe("a probe", () => {
  test("has the gradients that another engine has on the same batch, layer by layer", async () => {
    const spec = parseExperiment({
      ...small,
      layers: small.layers.filter(({ kind }) => kind !== "dropout"),
      training: { ...small.training, batchSize: 64 },
    });
    const lab = new Lab({
      openDataset: () => mnistFromDisk(),
      selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
      createReference: async () => new ReferenceEngine(),
    });
    const weights = untrained({ ...spec, seed: 5 });
    const expected = await lab.gradients({ spec, weights });
    const { lens } = createLens();
    await lens.open(
      spec,
      weights.map((array) => array.slice()),
      false,
    );
    const { now } = await lens.ask("probe", {});
    expect(now.images).toBe(64);
    expect(now.loss).toBeCloseTo(expected.loss, 5);
    expect(now.arrays.map(({ name, layer, size }) => ({ name, layer, size }))).toEqual(
      expected.arrays.map(({ name, layer, size }) => ({ name, layer, size })),
    );
    for (const [i, { gradient, weight }] of now.arrays.entries()) {
      expect(gradient / expected.arrays[i]!.gradient).toBeCloseTo(1, 3);
      expect(weight).toBeCloseTo(expected.arrays[i]!.weight, 6);
    }
  });

  test("sets the present weights beside the experiment's first ones, and says what the images are like", async () => {
    const { lens, fetched } = createLens();
    await lens.open(small, untrained(small), true);
    const { first, now, data } = await lens.ask("probe", {});
    expect(now).toEqual(first);
    expect(gradientLength(first.arrays)).toBeGreaterThan(0.5);
    expect(data.images).toBe(320);
    expect(data.counts.reduce((sum, count) => sum + count, 0)).toBe(320);
    expect(data.mean).toBeCloseTo(0.13, 1);
    expect(data.deviation).toBeCloseTo(0.31, 1);
    const before = [...fetched];
    await lens.look(untrained({ ...small, seed: 9 }));
    const other = await lens.ask("probe", {});
    expect(other.first).toEqual(first);
    expect(other.now.loss).not.toBe(first.loss);
    // What does not change is looked at once, and never a test image.
    expect(fetched).toEqual(before);
    expect(fetched.filter((what) => what.startsWith("test") && what !== "test labels")).toEqual([]);
  });

  test("counts the units that are flat for every image", () => {
    const spec = parseExperiment({
      ...small,
      layers: [
        { kind: "flatten" },
        { kind: "dense", units: 4, activation: "relu" },
        { kind: "dense", units: 5, activation: "sigmoid" },
        { kind: "dense", units: 10, activation: "linear" },
      ],
    });
    const weights = untrained(spec);
    // Below 0 whatever comes, and at the upper end.
    weights[1]![2] = -1e3;
    for (const unit of [0, 4]) weights[3]![unit] = 100;
    const images = Uint8Array.from({ length: 784 * 3 }, (_, i) => (i * 7919) % 256);
    const labels = Uint8Array.of(3, 1, 4);
    const { units, outputs } = probeBatch(buildProgram(spec), weights, {
      images,
      labels,
      scale: 255,
      seed: 1,
    });
    expect(units.map(({ layer, activation, silent }) => [layer, activation, silent >= 0.25])).toEqual([
      [1, "relu", true],
      [2, "sigmoid", true],
    ]);
    expect(units[1]!.silent).toBe(0.4);
    expect(outputs!.least).toBeLessThan(outputs!.most);
    expect(10 * outputs!.least).toBeLessThan(outputs!.meanSum);
  });
});
