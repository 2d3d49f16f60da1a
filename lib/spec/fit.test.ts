import { describe, expect, test } from "vitest";
import { createLayer, type ExperimentSpec, parseExperiment } from "./experiment";
import { nearestThatFits, trainingBytes } from "./fit";
import { firstRun } from "./presets/first-run";
import * as presets from "./presets/registry";
import { buildProgram } from "./program";

const withLayers = (layers: readonly object[], batchSize = 32): ExperimentSpec =>
  parseExperiment({ ...firstRun, layers, training: { batchSize } });
const dense = (units: number) => ({ kind: "dense", units });
const conv = (filters: number, more: object = {}) => ({ kind: "conv2d", filters, padding: "same", ...more });
const answer = { kind: "dense", units: 10, activation: "softmax" };
const repeated = (count: number, layer: object) => Array.from({ length: count }, () => layer);

const isTooLarge = (spec: ExperimentSpec) =>
  buildProgram(spec).problems.some(({ message }) => message.includes("GB to train"));
const unitsOf = ({ layers }: ExperimentSpec) =>
  layers.flatMap((layer) => (layer.kind === "dense" ? [layer.units] : []));

const wide = withLayers([{ kind: "flatten" }, ...repeated(5, dense(4096)), answer]);
const images = withLayers([conv(64), conv(64), { kind: "globalAveragePooling2d" }, answer], 4096);

test.each(Object.entries(presets))("nothing is offered for %s, which fits", (_, { experiment }) => {
  expect(nearestThatFits(parseExperiment(experiment))).toBeNull();
});

test("a device's own budget may be smaller than the page's", () => {
  const budget = 64 * 1024 ** 2;
  const spec = withLayers([{ kind: "flatten" }, dense(4096), dense(1024), answer]);
  expect(nearestThatFits(spec)).toBeNull();
  expect(trainingBytes(spec)).toBeGreaterThan(budget);
  const nearest = nearestThatFits(spec, budget)!;
  expect(trainingBytes(nearest)).toBeLessThanOrEqual(budget);
  expect(nearest.training).toEqual(spec.training);
  expect(unitsOf(nearest)[0]).toBeGreaterThan(1000);
});

describe("where a smaller batch is enough", () => {
  test("it is the largest power of two that fits, and nothing else changes", () => {
    expect(isTooLarge(images)).toBe(true);
    const nearest = nearestThatFits(images)!;
    const { batchSize } = nearest.training;
    expect(nearest).toEqual({ ...images, training: { ...images.training, batchSize } });
    expect(Math.log2(batchSize) % 1).toBe(0);
    expect(buildProgram(nearest).problems).toEqual([]);
    const twice = { ...images, training: { ...images.training, batchSize: 2 * batchSize } };
    expect(isTooLarge(twice)).toBe(true);
  });
});

describe("where the layers are too wide", () => {
  const nearest = nearestThatFits(wide)!;

  test("they become narrower by one factor, and nothing else changes", () => {
    const [first, ...others] = unitsOf(nearest);
    expect(others).toEqual([first, first, first, first, 10]);
    expect(first).toBeLessThan(4096);
    const layers = wide.layers.map((layer) =>
      layer === wide.layers.at(-1) ? layer : { ...layer, units: first },
    );
    expect(nearest).toEqual(parseExperiment({ ...wide, layers: [wide.layers[0], ...layers.slice(1)] }));
    expect(buildProgram(nearest).problems).toEqual([]);
  });

  test("one unit more would not fit", () => {
    const [units] = unitsOf(nearest);
    const more = withLayers([{ kind: "flatten" }, ...repeated(5, dense(units! + 1)), answer]);
    expect([isTooLarge(nearest), isTooLarge(more)]).toEqual([false, true]);
  });

  test("the deepest network of the widest layers keeps its batch", () => {
    const deepest = withLayers([{ kind: "flatten" }, ...repeated(30, dense(4096)), answer], 4096);
    const narrow = nearestThatFits(deepest)!;
    expect([narrow.training.batchSize, isTooLarge(narrow)]).toEqual([4096, false]);
    expect(unitsOf(narrow)).toEqual([...Array.from({ length: 30 }, () => 476), 10]);
  });

  test("layers of different widths keep their ratio, and none goes below one", () => {
    const spec = withLayers([
      { kind: "flatten" },
      ...repeated(7, dense(4096)),
      dense(1024),
      dense(1),
      answer,
    ]);
    const units = unitsOf(nearestThatFits(spec)!);
    expect(units[7]).toBe(Math.floor(units[0]! / 4));
    expect(units.slice(-2)).toEqual([1, 10]);
  });

  test.each(["residual", "denseBlock"])("those within a %s do, too", (kind) => {
    const block = { kind, layers: [dense(4096), { kind: "dropout" }, dense(4096)] };
    const spec = withLayers([{ kind: "flatten" }, ...repeated(4, block), answer]);
    const narrow = nearestThatFits(spec)!;
    const inner = narrow.layers.flatMap((layer) => ("layers" in layer ? layer.layers : []));
    const widths = new Set(inner.flatMap(({ units }) => units ?? []));
    expect(widths.size).toBe(1);
    expect(unitsOf(narrow)).toEqual([10]);
    expect([isTooLarge(spec), isTooLarge(narrow)]).toEqual([true, false]);
  });

  test("filters that give the answer stay as many", () => {
    const spec = withLayers([
      ...repeated(20, conv(512, { kernelSize: 11 })),
      conv(10),
      { kind: "globalAveragePooling2d" },
    ]);
    const narrow = nearestThatFits(spec)!;
    expect(narrow.layers.at(-2)).toEqual(spec.layers.at(-2));
    expect(isTooLarge(narrow)).toBe(false);
    expect(buildProgram(narrow).outputs).toBe(10);
  });
});

test("the largest network that the fields allow becomes one that can be trained, with layers of some width", () => {
  const widest = conv(512, { kernelSize: 11 });
  const spec = withLayers([...repeated(30, widest), { kind: "flatten" }, answer], 4096);
  const nearest = nearestThatFits(spec)!;
  expect(buildProgram(nearest).problems).toEqual([]);
  expect(nearest.training.batchSize).toBe(32);
  expect(nearest.layers[0]).toMatchObject({ kind: "conv2d", filters: 66 });
});

test("a batch below 8 is the last resort of a network whose only width is the answer's", () => {
  const normalized = repeated(7, { kind: "batchNormalization" });
  const blocks = repeated(29, { kind: "residual", layers: normalized });
  const spec = withLayers([{ kind: "residual", layers: [conv(512), ...normalized] }, ...blocks]);
  const nearest = nearestThatFits(spec)!;
  expect(nearest).toEqual({ ...spec, training: { ...spec.training, batchSize: 1 } });
  expect([isTooLarge(spec), isTooLarge(nearest)]).toEqual([true, false]);
});

test("a network that cannot be trained for another reason does not throw", () => {
  const broken = withLayers([...repeated(10, conv(512)), dense(10)], 4096);
  expect(buildProgram(broken).problems.length).toBeGreaterThan(1);
  expect(isTooLarge(nearestThatFits(broken)!)).toBe(false);
  expect(nearestThatFits({ ...broken, layers: [createLayer("dense")] })).toBeNull();
});
